import Agents
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

@Suite struct `a simulation` {
    @Test func `takes the same course with one job and eight, whatever the latencies`() async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let alone = try await run(village(), seed: seed, jobs: 1)
            let together = try await run(village(), seed: seed, script: Script(latency: 1), jobs: 8)
            #expect(try bytes(alone.records) == bytes(together.records), "seed \(seed)")
            #expect(alone.records.count > 20)
        }
    }

    @Test func `takes another course with another seed`() async throws {
        let first = try await run(village(), seed: 1).records
        let second = try await run(village(), seed: 2).records
        #expect(first.flatMap(\.occurrences) != second.flatMap(\.occurrences))
    }

    @Test func `does not care in which order the residents are listed`() async throws {
        let first = try bytes(try await run(village()).records)
        for order in [[3, 2, 1, 0], [2, 0, 3, 1]] {
            #expect(try bytes(try await run(village(order: order)).records) == first)
        }
    }

    @Test func `numbers what occurs from 1 without gaps, and memories too`() async throws {
        let records = try await run(village()).records
        let occurrences = records.flatMap(\.occurrences)
        #expect(occurrences.map(\.sequence) == Array(1...occurrences.count))
        for id in ["anna-berg", "bo-dahl", "cleo-eck", "dan-fox"] {
            let own = records.flatMap(\.memories).filter { $0.resident == id }.map(\.memory.sequence)
            #expect(own == Array(1...own.count))
        }
    }

    @Test func `lets people live: they move, do, talk and reflect`() async throws {
        let kinds = Set(try await run(village()).records.flatMap(\.occurrences).map(\.kind))
        for kind in [Occurrence.Kind.move, .act, .say, .plan, .wake, .reflect, .event] { #expect(kinds.contains(kind), "\(kind)") }
    }

    @Test func `a resident never perceives another room`() async throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            var simulation = Simulation(world: village(), seed: seed)
            var perceived = 0
            while true {
                let before = simulation
                guard let record = try await simulation.step(minds: Script().minds, jobs: 4) else { break }
                for entry in record.memories where entry.memory.kind == .observation || entry.memory.kind == .utterance {
                    // A step moves somebody at most once: they were where they began it, or where they ended it.
                    let places = [before, simulation].compactMap { $0.place(of: entry.resident) }
                    // What was said, in one's own words afterwards, may be remembered anywhere.
                    if !entry.memory.evidence.isEmpty { continue }
                    if let thing = entry.memory.text.firstMatch(of: #/^The .* at (.*?): /#) {
                        #expect(places.contains(String(thing.output.1)), "\(entry.resident): \(entry.memory.text)")
                        continue
                    }
                    let sources = record.occurrences.filter {
                        entry.memory.text == $0.text || ($0.kind == .say && entry.memory.text.hasSuffix(": \"\($0.text)\""))
                    }
                    #expect(sources.contains { places.contains($0.place) }, "\(entry.resident): \(entry.memory.text)")
                    perceived += 1
                }
            }
            #expect(perceived > 30)
        }
    }

    @Test func `a failing call commits nothing and the step can be tried again`() async throws {
        let whole = try await run(village()).records
        var simulation = Simulation(world: village(), seed: 7)
        var records: [StepRecord] = []
        var failures = 0
        let broken = Script(purposesThatFail: ["speak", "importance", "plan"])
        while simulation.stopped == nil {
            let before = (simulation.time, simulation.tokens, simulation.nextTime, simulation.who)
            do {
                guard let record = try await simulation.step(minds: broken.minds, jobs: 4) else { break }
                records.append(record)
            } catch is Script.Failure {
                failures += 1
                #expect(before == (simulation.time, simulation.tokens, simulation.nextTime, simulation.who))
                guard let record = try await simulation.step(minds: Script().minds, jobs: 4) else { break }
                records.append(record)
            }
        }
        #expect(failures > 5)
        #expect(try bytes(records) == bytes(whole))
    }

    @Test func `what cannot be read falls back to habits, and never becomes a memory`() async throws {
        let script = Script(words: ["plan": { _ in "TOKEN LIMIT EXCEEDED" }, "reflect": { _ in "error 500" }])
        let outcome = try await run(village(), script: script)
        let first = outcome.records[0]
        #expect(first.unparsed == 4)
        #expect(first.uses.filter { $0.purpose == "plan" }.count == 8)
        #expect(outcome.simulation.mind(of: "bo-dahl")?.plan.strokes.map(\.what) == ["walk at noon", "sleep early"])
        let texts = outcome.records.flatMap(\.memories).map(\.memory.text) + outcome.records.flatMap(\.occurrences).map(\.text)
        #expect(!texts.contains { $0.contains("LIMIT") || $0.contains("500") })
    }

    @Test func `day 2 is planned for day 2`() async throws {
        let outcome = try await run(village(stop: [.at(SimulationTime(day: 2, hour: 9))]))
        let plan = try #require(outcome.simulation.mind(of: "anna-berg")?.plan)
        #expect(plan.strokes.allSatisfy { $0.from.day == 2 })
        let occurrences = outcome.records.flatMap(\.occurrences)
        #expect(occurrences.filter { $0.kind == .plan && $0.time.timeOfDay == "06:00" }.count == 8)
        let night = occurrences.filter {
            // Who was out walks home first.
            $0.time > SimulationTime(day: 1, hour: 22, minute: 30) && $0.time < SimulationTime(day: 2, hour: 6)
        }
        #expect(night.isEmpty)
    }

    @Test func `a poll leaves no memory, and comes after everything else of its moment`() async throws {
        var simulation = Simulation(world: village(), seed: 7)
        var polled = 0
        while let record = try await simulation.step(minds: Script().minds, jobs: 4) {
            guard !record.pollsDue.isEmpty else { continue }
            polled += 1
            #expect(record.time == SimulationTime(day: 1, hour: 12))
            #expect(record.occurrences.contains { $0.kind == .event })
            var copy = Thinking(
                try #require(simulation.mind(of: "bo-dahl")), minds: Script().minds, settings: MemorySettings(), seed: 7,
                time: record.time)
            try await copy.perceive([.init(text: "Somebody asks a question.", kind: .observation, plain: true)], retention: 5)
            #expect(copy.mind.memories.count == simulation.mind(of: "bo-dahl").map { $0.memories.count + 1 })
        }
        #expect(polled == 1)
        #expect(try bytes(try await run(village()).records).range(of: Data("asks a question".utf8)) == nil)
    }

    @Test func `stops at a time, at a number of tokens, and when all is quiet`() async throws {
        let timed = try await run(village(stop: [.at(SimulationTime(day: 1, hour: 12))]))
        #expect(timed.records.last?.time == SimulationTime(day: 1, hour: 12))
        let metered = try await run(village(stop: [.tokens(20_000)]))
        #expect(metered.simulation.tokens >= 20_000)
        #expect(metered.records.dropLast().reduce(0) { $0 + $1.tokens } < 20_000)
        let quiet = try await run(village(stop: [.quiet(.hours(1))]))
        #expect(quiet.simulation.stopped == .quiet(.hours(1)))
        #expect(quiet.records.count > 2)
    }

    @Test func `what one is told is remembered now, and moves one to decide`() async throws {
        var simulation = Simulation(world: village(), seed: 7)
        for _ in 0..<3 { _ = try await simulation.step(minds: Script().minds, jobs: 4) }
        let now = simulation.time
        let known = [simulation.tell("dan-fox", "The mayor is coming."), simulation.inject("Bakery", "The oven smokes.")]
        let unknown = [simulation.tell("nobody", "x"), simulation.inject("Moon", "x")]
        #expect(known == [true, true] && unknown == [false, false])
        let record = try #require(try await simulation.step(minds: Script().minds, jobs: 4))
        #expect(record.time == now)
        #expect(record.memories.filter { $0.memory.text == "The mayor is coming." }.map(\.resident) == ["dan-fox"])
        #expect(record.occurrences.map(\.text).contains("The oven smokes."))
        let bakers = simulation.look("Bakery").map(\.id)
        #expect(record.memories.filter { $0.memory.text == "The oven smokes." }.map(\.resident) == bakers)
    }
}
