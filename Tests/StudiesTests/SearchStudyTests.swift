import Agents
import Foundation
import LanguageModels
import Reports
@testable import Studies
import Surveys
import Testing

@Suite struct SearchStudyTests {
    private func find(_ planted: PlantedStudy, _ model: CachedModel, jobs: Int = 2) async throws -> SearchStudy.Found {
        let study = SearchStudy(environment: planted.environment(jobs: jobs))
        let request = SearchStudy.Request(panel: planted.panel, group: "side=Right", method: "words", budget: 20, personas: 3)
        return try await study.find(request, try study.prepare(request), planted.recorder, model)
    }

    /// Answers as the side told, unless it is also told a mood, which misleads it.
    private static func misled(_ text: String, _ question: Int) -> [Double] {
        if text.contains("I feel") { return PlantedStudy.noise("mood", question, sharp: 3) }
        return text.contains("I stand Right") ? PlantedStudy.truth(1, question) : [1, 1, 1].map { $0 / 3 }
    }

    @Test func `the sentence that misleads is dropped, and the answers of others become likelier`() async throws {
        let planted = try await PlantedStudy(people: 600, size: 60)
        let found = try await find(planted, planted.model("misled", Self.misled))
        #expect(found.facts.map(\.variable) == ["side"])
        #expect(found.one.improvement && found.mixed.improvement)
        #expect(found.ablation.rows.count == 1 && found.ablation.rows[0].meanMoved > 0.05)
        #expect(Set(found.one.heldOutQuestions).isDisjoint(with: found.plan.split.calibrationQuestions))
        #expect(abs(found.mixture.weights.reduce(0, +) - 1) < 1e-9)
        let text = SearchStudy.text(found)
        #expect(text.contains("do not tell mood") && text.contains("Improvement: the searched persona"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a model without signal yields no improvement`(seed: UInt64) async throws {
        let planted = try await PlantedStudy(seed: seed)
        let found = try await find(
            planted, planted.model("noise") { text, question in
                PlantedStudy.noise("\(seed) \(text.contains("I feel")) \(text.contains("I stand"))", question, sharp: 2)
            })
        #expect(!found.one.improvement && !found.mixed.improvement)
        #expect(SearchStudy.text(found).contains("No improvement found"))
    }

    @Test func `a second search asks nothing anew, and any number of jobs gives the same bytes`() async throws {
        let planted = try await PlantedStudy()
        let first = try await find(planted, planted.model("misled", Self.misled), jobs: 1)
        let second = try await find(planted, planted.model("misled", Self.misled), jobs: 8)
        #expect(first.meter.calls > 0 && second.meter.calls == 0)
        func bytes(_ found: SearchStudy.Found) -> String {
            var found = found
            (found.run, found.meter) = ("", CachedModel.Meter())
            return SearchStudy.json(found).written() + SearchStudy.text(found)
        }
        #expect(bytes(first) == bytes(second))
    }
}
