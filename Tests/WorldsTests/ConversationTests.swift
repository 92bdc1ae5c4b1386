import Agents
import Kernel
import LanguageModels
import Testing
import Worlds

@Suite struct `a conversation` {
    /// All stay where they are and talk whenever they can.
    private var talkative: Script { Script(words: ["plan": { _ in "no plan" }], likes: ["talk": 50]) }

    private func talks(_ records: [StepRecord]) -> [[Occurrence]] {
        var talks: [[Occurrence]] = []
        for said in records.flatMap(\.occurrences) where said.kind == .say {
            let open = talks.lastIndex { talk in
                talk.last.map { $0.actor == said.addressee && $0.addressee == said.actor && said.time - $0.time <= .minutes(1) } ?? false
            }
            if let open { talks[open].append(said) } else { talks.append([said]) }
        }
        return talks
    }

    @Test func `alternates, a minute apart, and ends at the limit of turns`() async throws {
        let talks = talks(try await run(village(), script: talkative).records)
        #expect(talks.map(\.count).max() == 8)
        for talk in talks {
            for (one, next) in zip(talk, talk.dropFirst()) {
                #expect(next.actor == one.addressee && next.addressee == one.actor)
            }
        }
    }

    @Test func `does not begin again before the cooldown is over`() async throws {
        let talks = talks(try await run(village(), script: talkative).records)
        var ended: [Set<String>: SimulationTime] = [:]
        var pairs = 0
        for talk in talks {
            guard let first = talk.first, let last = talk.last else { continue }
            let pair = Set([first.actor, first.addressee].compactMap(\.self))
            if let before = ended[pair] {
                pairs += 1
                #expect(first.time - before >= .hours(2))
            }
            ended[pair] = last.time
        }
        #expect(pairs > 0)
    }

    @Test func `ends when somebody repeats what was said`() async throws {
        var parrot = talkative
        parrot.words["speak"] = { _ in "Bread is dear this year." }
        let talks = talks(try await run(village(), script: parrot).records)
        #expect(!talks.isEmpty)
        #expect(talks.allSatisfy { $0.count == 1 })
    }

    @Test func `can be declined`() async throws {
        var shy = talkative
        shy.likes["without a word"] = 200
        let records = try await run(village(), script: shy).records
        // Two who address each other at the same moment have both spoken already.
        #expect(talks(records).allSatisfy { $0.count == 1 || $0[0].time == $0[1].time })
        #expect(records.flatMap(\.occurrences).contains { $0.text.contains("does not stop to talk") })
    }

    @Test func `both remember it, and who begins is bounded by the day`() async throws {
        let records = try await run(village(), script: talkative).records
        for record in records {
            for said in record.occurrences where said.kind == .say {
                let heard = record.memories.filter { $0.memory.kind == .utterance && $0.memory.text.hasSuffix("\"\(said.text)\"") }
                #expect(heard.contains { $0.resident == said.actor } && heard.contains { $0.resident == said.addressee })
            }
        }
        let begun = talks(records).compactMap { $0.first?.actor }
        for id in begun { #expect(begun.filter { $0 == id }.count <= 2) }
    }

    @Test func `of a day costs a bounded number of generated texts`() async throws {
        let texts = try await run(village(), script: talkative).records.flatMap(\.uses).filter { ["speak", "recap"].contains($0.purpose) }
        // 2 conversations of 8 utterances each begun by each of 4, which both put into words, asked twice at most.
        #expect(texts.count <= 64 + 2 * 2 * 8)
    }
}
