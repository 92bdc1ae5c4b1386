import Agents
import Foundation
import Kernel
import Testing
import Worlds

/// The village with a paper that two residents read; day 1 is 2 March 2026.
func readingVillage(without: [World.Ablation] = []) -> World {
    var world = village(stop: [.at(SimulationTime(day: 3, hour: 8))])
    let articles = (25...28).map { (2, $0) } + (1...5).map { (3, $0) }
    let paper = MediaSource(
        path: "Worlds/media/herald",
        articles: articles.map { month, day in
            Article(
                path: "Worlds/media/herald/\(month)-\(day).md", date: CivilDate(year: 2026, month: month, day: day),
                title: "News of \(day)", text: "It was so.")
        })
    for index in 0..<2 { world.residents[index].persona.reads = Diet([.init(paper, share: 1)], habit: .init(articles: 20, within: .hours(120))) }
    world.without = without
    return world
}

@Suite struct ReadingTests {
    private func read(_ records: [StepRecord], _ resident: String) -> [(time: SimulationTime, text: String)] {
        records.flatMap(\.memories).filter { $0.resident == resident && $0.memory.text.hasPrefix("Read in the Herald, ") }
            .map { ($0.memory.time, $0.memory.text) }
    }

    @Test func `an article becomes an observation on the morning it appears, once`() async throws {
        let records = try await run(readingVillage()).records
        for resident in ["anna-berg", "bo-dahl"] {
            let found = read(records, resident)
            #expect(found.map(\.text) == ["26 February", "27 February", "28 February", "1 March", "2 March", "3 March", "4 March"].map {
                "Read in the Herald, \($0) 2026: News of \($0.prefix { $0 != " " }). It was so."
            })
            let mornings = [Int](repeating: 1, count: 5) + [2, 3]
            #expect(found.map(\.time) == mornings.map { SimulationTime(day: $0, hour: 6) })
        }
        #expect(read(records, "cleo-eck").isEmpty && read(records, "dan-fox").isEmpty)
        let memories = records.flatMap(\.memories).map(\.memory).filter { $0.text.hasPrefix("Read in") }
        #expect(memories.allSatisfy { $0.kind == .observation && $0.importance > 1 && $0.completion != nil && !$0.embedding.isEmpty })
    }

    @Test func `reading takes the same course with one job and eight`() async throws {
        let alone = try await run(readingVillage(), jobs: 1).records
        #expect(try bytes(alone) == bytes(try await run(readingVillage(), script: Script(latency: 1), jobs: 8).records))
    }

    @Test func `a diet of nothing that has appeared leaves a run as it was`() async throws {
        var world = village()
        let plain = try bytes(try await run(world).records)
        let late = MediaSource(path: "m/x", articles: [
            Article(path: "m/x/a.md", date: CivilDate(year: 2026, month: 4, day: 1), title: "T", text: "T")
        ])
        for index in world.residents.indices { world.residents[index].persona.reads = Diet([.init(late, share: 1)]) }
        #expect(try bytes(try await run(world).records) == plain)
    }

    @Test func `without observation nobody reads`() async throws {
        let records = try await run(readingVillage(without: [.observation])).records
        #expect(read(records, "anna-berg").isEmpty)
    }
}
