import Foundation
import Testing

@testable import Surveys

@Suite struct SearchTests {
    /// Facts 0..<8; facts 1, 4 and 6 move answers, each its own way, and the rest say nothing.
    private struct Model {
        let options = 3
        let questions: Int
        var effects: [[[Double]]]

        init(questions: Int, seed: UInt64) {
            var draws = Seeded(state: seed)
            self.questions = questions
            effects = (0..<8).map { fact in
                (0..<questions).map { _ in
                    (0..<3).map { _ in [1, 4, 6].contains(fact) ? Double.random(in: -2...2, using: &draws) : 0 }
                }
            }
        }

        func answers(_ facts: [Int]) -> [[Double]] {
            (0..<questions).map { question in
                let powers = (0..<options).map { option in exp(facts.reduce(0) { $0 + effects[$1][question][option] }) }
                return powers.map { $0 / powers.reduce(0, +) }
            }
        }
    }

    private func questions(_ count: Int, _ options: Int = 3) -> [Question] {
        (0..<count).map { index in
            Question(id: "q\(index)", ask: "?", scale: .nominal, options: (0..<options).map { AnswerOption(code: $0, text: "\($0)") })
        }
    }

    private func people(_ count: Int, _ seed: UInt64, _ shares: (Int) -> [[Double]]) -> [Respondent] {
        var draws = Seeded(state: seed)
        return (0..<count).map { person in
            var respondent = Respondent(id: "r\(person)")
            for (index, answer) in shares(person).enumerated() {
                respondent.answers["q\(index)"] = .option(PlantedSurvey.draw(answer, &draws))
            }
            return respondent
        }
    }

    @Test func `the facts behind a group's answers are found, and hold on held-out questions and people`() async throws {
        let model = Model(questions: 24, seed: 3)
        let asked = questions(24)
        let group = people(200, 5) { _ in model.answers([1, 4, 6]) }
        var draws = Seeded(state: 7)
        let split = try CalibrationSplit(questions: asked, respondents: group, using: &draws)
        let (calibration, heldOut) = split.answers(to: asked, of: group)
        let outcome = try await FactSearch(count: 8, budget: 200, minimumGain: 0.002).run(from: [2]) { facts in
            calibration.logLikelihood(of: model.answers(facts)) ?? -.infinity
        }
        #expect(outcome.facts.sorted() == [1, 4, 6])
        #expect(zip(outcome.steps, outcome.steps.dropFirst()).allSatisfy { $0.score <= $1.score })
        let report = try heldOut.report(
            searched: model.answers(outcome.facts), unsearched: model.answers([2]), tuned: calibration, tried: outcome.tried,
            using: &draws)
        #expect(report.improvement)
        #expect((report.overUnsearched?.low ?? 0) > 0.1)
        let ablation = try await FactAblation(facts: outcome.facts + [0]) { model.answers($0) }
        #expect(ablation.ranked.last?.fact == 0)
        #expect(ablation.rows.allSatisfy { row in row.effects.allSatisfy { abs($0.reduce(0, +)) < 1e-9 } })
        #expect(ablation.rows.last?.meanMoved ?? 1 < 1e-12)
        #expect(ablation.ranked[0].meanMoved > 0.1)
    }

    @Test func `facts that say nothing about the group yield no improvement, at most 7.5% of 200 seeds`() async throws {
        var found = 0
        let asked = questions(16)
        for seed in 0..<200 as Range<UInt64> {
            let (model, other) = (Model(questions: 16, seed: seed), Model(questions: 16, seed: seed &+ 5000))
            let group = people(60, seed &+ 900) { _ in other.answers([1, 4, 6]) }
            var draws = Seeded(state: seed)
            let (calibration, heldOut) = try CalibrationSplit(questions: asked, respondents: group, using: &draws)
                .answers(to: asked, of: group)
            let outcome = try await FactSearch(count: 8, budget: 60).run(from: [2]) { facts in
                calibration.logLikelihood(of: model.answers(facts)) ?? -.infinity
            }
            let report = try heldOut.report(
                searched: model.answers(outcome.facts), unsearched: model.answers([2]), tuned: calibration,
                tried: outcome.tried, repeats: 120, using: &draws)
            if report.improvement { found += 1 }
        }
        #expect(found <= 15)
    }

    @Test func `a search keeps its budget, scores no list twice and may reorder`() async throws {
        var seen: [[Int]] = []
        // Longer is better; each pair in ascending order is worth a little.
        let score = { (facts: [Int]) -> Double in
            var pairs = 0
            for place in facts.indices { pairs += facts[..<place].count { $0 < facts[place] } }
            return Double(facts.count) + 0.1 * Double(pairs)
        }
        let outcome = try await FactSearch(count: 3, budget: 100).run(from: [2, 1]) { facts in
            seen.append(facts)
            return score(facts)
        }
        #expect(Set(seen).count == seen.count && seen.count == outcome.tried)
        #expect(outcome.facts == [0, 1, 2])
        #expect(outcome.steps.contains { if case .moveForward = $0.edit { true } else { false } })
        #expect(!outcome.budgetSpent)
        let short = try await FactSearch(count: 3, budget: 2).run(from: [2, 1]) { score($0) }
        #expect(short.tried == 2 && short.budgetSpent)
        struct Broken: Error {}
        await #expect(throws: Broken.self) { try await FactSearch(count: 3, budget: 9).run(from: []) { _ in throw Broken() } }
    }

    @Test func `mixture weights are recovered, and the likelihood never falls`() throws {
        var draws = Seeded(state: 21)
        let asked = questions(12)
        let personas = (0..<4).map { _ in asked.map { _ in PlantedSurvey.shares(3, &draws) } }
        let truth = [0.5, 0.3, 0.2, 0]
        let group = people(3000, 4) { person in personas[person % 10 < 5 ? 0 : person % 10 < 8 ? 1 : 2] }
        let split = try CalibrationSplit(questions: asked, respondents: group, using: &draws)
        let (calibration, heldOut) = split.answers(to: asked, of: group)
        let mixture = try PersonaMixture(of: personas, on: calibration)
        #expect(abs(mixture.weights.reduce(0, +) - 1) < 1e-12 && mixture.weights.allSatisfy { $0 >= 0 })
        #expect(zip(mixture.weights, truth).allSatisfy { abs($0 - $1) < 0.05 })
        #expect(zip(mixture.path, mixture.path.dropFirst()).allSatisfy { $1 >= $0 - 1e-9 * abs($0) })
        #expect(mixture.bound < 1e-3 * 1500)
        let equal = (0..<12).map { question in (0..<3).map { option in personas.reduce(0) { $0 + $1[question][option] } / 4 } }
        let report = try heldOut.report(
            searched: mixture.shares(of: personas), unsearched: equal, tuned: calibration, tried: 1, using: &draws)
        #expect((report.overUnsearched?.value ?? -1) > 0)
        #expect(try #require(heldOut.logLikelihood(of: mixture, personas)) > mixture.logLikelihood / 1500 - 1)
    }

    @Test func `an answer no persona gives is left out and counted, and nothing is smoothed`() throws {
        let asked = questions(4, 2)
        var group = people(20, 1) { _ in [[1, 0], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]] }
        group[0].answers["q0"] = .option(1)
        let split = try CalibrationSplit(
            calibrationQuestions: ["q0", "q1"], heldOutQuestions: ["q2", "q3"],
            calibrationRespondents: (0..<10).map { "r\($0)" }, heldOutRespondents: (10..<20).map { "r\($0)" })
        let (calibration, heldOut) = split.answers(to: asked, of: group)
        let persona = [[1.0, 0], [0.5, 0.5], [1, 0], [0.5, 0.5]]
        #expect(try PersonaMixture(of: [persona], on: calibration).impossible == 1)
        #expect(calibration.logLikelihood(of: persona) == -.infinity)
        var draws = Seeded(state: 1)
        let report = try heldOut.report(searched: persona, unsearched: persona, tuned: calibration, tried: 1, using: &draws)
        #expect(report.searched == nil && report.overUniform == nil && !report.improvement)
        #expect(throws: AdjustmentError.self) {
            try heldOut.report(
                searched: persona, unsearched: persona, tuned: CalibrationAnswers(matrix: heldOut.matrix), tried: 1, using: &draws)
        }
    }
}
