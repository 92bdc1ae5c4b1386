import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

/// The paper's end-to-end study with a model that passes on what it remembers: a town in which nothing happens fails.
@Suite struct `the town of the paper` {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func valentine() throws -> World {
        try StudyFiles().loadWorld(Self.root.appending(path: "Worlds/valentine.yaml").path).value
    }

    /// Talks gladly, and says the news where it is in the prompt.
    private var gossip: Script {
        var script = Script(likes: ["talk with": 4, "go on talking": 3, "change the plan": 3])
        script.words["speak"] = { request in
            var stream = RandomStream(seed: request.seed)
            let opening = ["Listen", "Oh my", "Good day", "Well now", "You know", "By the way"][Int(stream.next() % 6)]
            let more = ["truly", "my dear", "this week", "as I said", "for sure", "would you believe"][Int(stream.next() % 6)]
            let text = request.prompt.text
            if text.contains("Valentine"), stream.next() % 2 == 0 { return "\(opening), come to the Valentine party at Hobbs Cafe, \(more)." }
            if text.contains("mayor") { return "\(opening), Sam Moore will run for mayor, \(more)." }
            return Script.words(request)
        }
        script.words["plan"] = { request in
            guard case .text(let text, _)? = try? ScriptedModel.plausible(.text(request)) else { return "" }
            return text
        }
        script.words["reflect"] = script.words["plan"]
        return script
    }

    @Test func `lives two days: people talk, reflect, plan anew, and pass on what they were told`() async throws {
        let world = try valentine()
        #expect(world.residents.count == 25)
        let (records, simulation) = try await run(world, seed: world.seed, script: gossip)
        #expect(simulation.time >= SimulationTime(day: 2, hour: 22))
        let recorded = RecordedRun(world: world, steps: records)
        let conduct = Conduct(recorded)
        #expect(conduct.conversations >= 40, "\(conduct.conversations) conversations")
        #expect(conduct.reflections >= 100, "\(conduct.reflections) reflections")
        #expect(conduct.replans >= 40, "\(conduct.replans) new plans")
        for news in world.news {
            let diffusion = Diffusion(of: news, in: recorded)
            #expect(diffusion.started.count == 1)
            #expect(diffusion.hops.count >= 5, "\(news.name): \(diffusion.hops.count)")
            #expect(diffusion.hops.contains { $0.way == .traced }, "\(news.name)")
        }
        let network = AcquaintanceNetwork(recorded, every: .hours(24))
        let densities = network.points.compactMap(\.density.value)
        #expect(abs(densities[0] - 50.0 / 300) < 1e-12)
        #expect(try #require(densities.last) > densities[0])
        #expect(records.flatMap(\.memories).allSatisfy { $0.memory.kind != .reflection || !$0.memory.evidence.isEmpty })
    }
}
