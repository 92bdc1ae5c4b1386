import Agents
import Foundation
import Kernel
import Testing
import Worlds

/// What must not change what people do.
@Suite struct `the course of a world` {
    @Test(arguments: [1, 2, 8, 64]) func `is the same to the byte for any jobs and latencies`(_ jobs: Int) async throws {
        let expected = try bytes(try await run(village(), jobs: 1).records)
        #expect(try bytes(try await run(village(), script: Script(latency: 2), jobs: jobs).records) == expected)
    }

    @Test func `is not changed by somebody far away whom nobody meets`() async throws {
        func course(_ world: World) async throws -> [[String]] {
            let records = try await run(world).records
            let occurrences = records.flatMap(\.occurrences).filter { $0.actor != "zed" }
            let memories = records.flatMap(\.memories).filter { $0.resident != "zed" }
            return [
                occurrences.map { "\($0.time) \($0.place) \($0.actor ?? "-") \($0.kind) \($0.text) \($0.completion ?? "")" },
                memories.map { "\($0.resident) \($0.memory.sequence) \($0.memory.text) \($0.memory.importance)" },
            ]
        }
        var world = village()
        // A place that is there in both worlds, so that the same places are known.
        world.places.append(.init(name: "Island", about: "Far."))
        let without = try await course(world)
        world.residents.append(.init(persona: Persona(id: "zed", name: "Zed Zorn", habits: ["fish"]), lives: "Island"))
        let with = try await course(world)
        #expect(with == without)
        #expect(without[0].count > 50)
    }

    @Test func `asks for the rating of a text once, however many perceive it`() async throws {
        let records = try await run(village()).records
        // A key stands for the request: those who perceive the same are given the same rating by the same call.
        var ratings: [String: Set<Double>] = [:]
        var keys: [String: Set<String>] = [:]
        for entry in records.flatMap(\.memories) where entry.memory.kind == .observation && entry.memory.importance != 1 {
            ratings[entry.memory.text, default: []].insert(entry.memory.importance)
            if let key = entry.memory.completion { keys[entry.memory.text, default: []].insert(key) }
        }
        #expect(ratings.count > 10)
        #expect(ratings.values.allSatisfy { $0.count == 1 } && keys.values.allSatisfy { $0.count == 1 })
    }
}
