import Agents
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

/// Defects that other systems were found to have, named by what holds here instead.
///
/// Those of retrieval are in `RetrievalTests`, of storage in `ResultsTests`.
@Suite struct `unlike its peers, a world` {
    /// Prompts of a run by purpose.
    private func prompts(_ world: World, script: Script = Script()) async throws -> [(purpose: String, text: String)] {
        let log = Log()
        var minds = script.minds
        let complete: Complete = { request in
            switch request {
            case .text(let text): await log.add((text.purpose, text.prompt.text))
            case .score(let score): await log.add((score.purpose, score.prompt.text))
            case .embed: break
            }
            return try await script.complete(request)
        }
        (minds.speaker, minds.scribe) = (complete, complete)
        var simulation = Simulation(world: world, seed: world.seed)
        while try await simulation.step(minds: minds, jobs: 1) != nil {}
        return await log.entries
    }

    private actor Log {
        var entries: [(purpose: String, text: String)] = []
        func add(_ entry: (String, String)) { entries.append((entry.0, entry.1)) }
    }

    @Test func `names nobody in a prompt whom the resident cannot know: no name is written into the program`() async throws {
        var world = village(stop: [.at(SimulationTime(day: 2, hour: 12))])
        world.residents = [World.Resident(persona: Persona(id: "q", name: "Qua Xylo", habits: ["rest"]), lives: "Hall")]
        var script = Script()
        script.words["questions"] = { _ in #"["What comes next?","How does bread rise?"]"# }
        let prompts = try await prompts(world, script: script)
        #expect(prompts.count > 20)
        let known: Set<String> = [
            "Qua", "Xylo", "Bakery", "Café", "Hall", "Habits", "Monday", "Tuesday", "March", "JSON", "What", "Who", "How", "Why",
            "Which", "It", "Place", "Here", "Others", "Just", "Write", "The", "Places", "Home", "Given", "Rating", "You", "If", "From",
            "Statements", "Questions", "Until", "N", "A", "Happened", "Somebody", "Warm", "Loud", "Cold", "Nothing", "Things", "Work",
        ]
        // Names come two by two: Isabella Rodriguez. Words of invented insights and memories are lower case after the first.
        for prompt in prompts {
            let words = prompt.text.split { !$0.isLetter }.map(String.init)
            for (one, two) in zip(words, words.dropFirst()) where one.first?.isUppercase == true && two.first?.isUppercase == true {
                if !known.contains(one) || !known.contains(two) { Issue.record("\(prompt.purpose): \(one) \(two)") }
            }
        }
    }

    @Test func `plans day 2 from day 2's date and what was remembered since`() async throws {
        let world = village(stop: [.at(SimulationTime(day: 2, hour: 9))])
        let plans = try await prompts(world).filter { $0.purpose == "plan" }.map(\.text)
        let second = plans.filter { $0.contains("Tuesday 3 March 2026, 06:00") }
        #expect(second.count == 4)
        #expect(second.allSatisfy { !$0.contains("It is Monday") && $0.contains("- day 1 ") })
    }

    @Test func `asks again, once, for what cannot be read, and says how often`() async throws {
        var script = Script()
        script.words["plan"] = { $0.attempt == 0 ? "Sure! Here is a plan:" : Script.words($0) }
        let record = try await run(village(), script: script).records[0]
        #expect(record.uses.filter { $0.purpose == "plan" }.count == 8)
        #expect(record.repaired == 4 && record.unparsed == 0)
    }

    @Test func `never remembers an error as a thought`() async throws {
        for purpose in ["plan", "hours", "minutes", "questions", "reflect", "recap", "do"] {
            var script = Script(likes: ["talk": 50, "do something": 20])
            script.words[purpose] = { _ in "TOKEN LIMIT EXCEEDED" }
            let (records, _) = try await run(village(), script: script)
            let texts = records.flatMap(\.memories).map(\.memory.text) + records.flatMap(\.occurrences).map(\.text)
            #expect(!texts.contains { $0.contains("TOKEN LIMIT") }, "\(purpose)")
            #expect(records.contains { $0.unparsed > 0 }, "\(purpose)")
        }
    }

    @Test func `lets nobody talk in a loop, and records what would have been said again`() async throws {
        var parrot = Script(words: ["plan": { _ in "no plan" }], likes: ["talk": 50])
        parrot.words["speak"] = { _ in "Bread is dear this year." }
        let occurrences = try await run(village(), script: parrot).records.flatMap(\.occurrences)
        #expect(occurrences.contains { $0.kind == .failure && $0.text.contains("would only have said again") && $0.completion != nil })
    }

    @Test func `lets no schema or control token leak into speech`() async throws {
        for hostile in [#"{"say": "hello"}"#, "<|im_end|>", "[INST] speak", "```json"] {
            var script = Script(words: ["plan": { _ in "no plan" }], likes: ["talk": 50])
            script.words["speak"] = { _ in hostile }
            let occurrences = try await run(village(), script: script).records.flatMap(\.occurrences)
            #expect(!occurrences.contains { $0.kind == .say && $0.text.contains(where: { "{[<`".contains($0) }) }, "\(hostile): \(occurrences.filter { $0.kind == .say }.map(\.text).prefix(2))")
        }
    }
}

@Suite struct `after a conversation` {
    @Test func `both put it into their own words, resting on what was said, and it can change their plans`() async throws {
        var script = Script(words: ["plan": { _ in "no plan" }], likes: ["talk": 50, "change the plan": 300])
        script.words["recap"] = { request in
            let name = request.prompt.text.firstRange(of: " talked:").map { request.prompt.text[..<$0.lowerBound] }?.split(separator: "\n").last ?? ""
            return #"{"said":"We spoke of bread: \#(name.split(separator: " ").first ?? "")","plans":"Go and buy bread later"}"#
        }
        script.words["plan"] = { $0.prompt.text.contains("had planned") ? Script.words($0) : "no plan" }
        let records = try await run(village(), script: script).records
        let recaps = records.flatMap(\.memories).filter { $0.memory.text.contains("We spoke of bread") }
        #expect(Set(recaps.map(\.resident)).count >= 2)
        var streams: [String: [Memory]] = [:]
        for entry in records.flatMap(\.memories) { streams[entry.resident, default: []].append(entry.memory) }
        for recap in recaps {
            #expect(recap.memory.kind == .utterance && !recap.memory.evidence.isEmpty)
            for sequence in recap.memory.evidence {
                #expect(streams[recap.resident]?[sequence - 1].text.contains(" said to ") == true)
            }
        }
        let meant = records.flatMap(\.memories).filter { $0.memory.text == "Go and buy bread later" }
        #expect(meant.count == recaps.count && meant.allSatisfy { $0.memory.kind == .plan && !$0.memory.evidence.isEmpty })
        // In the morning each plans once; every plan after that is a new one.
        let plans = records.flatMap(\.occurrences).filter { $0.kind == .plan }
        #expect(plans.count > 4)
    }
}

@Suite struct `a reflection` {
    @Test func `asks questions, recalls for each, and rests on memories down to what was observed`() async throws {
        var world = village(stop: [.at(SimulationTime(day: 2, hour: 9))])
        world.memory.reflectAfter = 40
        // Cites the first and the last of the statements shown.
        var script = Script()
        script.words["reflect"] = { request in
            let count = request.prompt.text.split(separator: "\n").filter { $0.firstMatch(of: #/^[0-9]+\. /#) != nil }.count
            return "[{\"insight\":\"Things go \(request.seed % 97) ways\",\"because\":[1,\(count)]}]"
        }
        let records = try await run(world, script: script).records
        var streams: [String: [Memory]] = [:]
        for entry in records.flatMap(\.memories) { streams[entry.resident, default: []].append(entry.memory) }
        let uses = records.flatMap(\.uses)
        #expect(uses.filter { $0.purpose == "questions" }.count >= 4)
        #expect(uses.filter { $0.purpose == "reflect" }.allSatisfy { !$0.recalled.isEmpty })
        var onReflections = 0
        for (_, stream) in streams {
            for reflection in stream where reflection.kind == .reflection {
                #expect(!reflection.evidence.isEmpty)
                #expect(reflection.evidence.allSatisfy { $0 < reflection.sequence })
                if reflection.evidence.contains(where: { stream[$0 - 1].kind == .reflection }) { onReflections += 1 }
            }
        }
        #expect(onReflections > 0)
    }
}
