import Foundation
import Testing

@testable import Surveys

@Suite struct StatisticsTests {
    @Test func `distances agree with the independent cases`() throws {
        let cases = try #require(try Reference.json("metrics_cases")["cases"] as? [[String: Any]])
        var checked = 0
        for item in cases where item["kind"] as? String == "distance" {
            let (input, expected) = (item.object("input"), item.object("expected"))
            let (p, q, x) = (input.numbers("p"), input.numbers("q"), input.numbers("positions"))
            let id = item["id"] as? String ?? ""
            #expect(near(wassersteinDistance(p, q, positions: x), expected.number("emd")), "\(id) emd")
            #expect(near(representativeness(p, q, positions: x), expected.number("representativeness")), "\(id) rep")
            #expect(near(totalVariation(p, q), expected.number("total_variation")), "\(id) tv")
            #expect(near(jensenShannonDivergence(p, q), expected.number("js_divergence_bits")), "\(id) jsd")
            #expect(near(entropy(p), expected.number("entropy_p_bits")), "\(id) entropy")
            checked += 1
        }
        #expect(checked == 17)
    }

    @Test func `weighted shares, their errors and Kish's size agree with the independent cases`() throws {
        let cases = try #require(try Reference.json("metrics_cases")["cases"] as? [[String: Any]])
        var checked = 0
        for item in cases where item["kind"] as? String == "weighted" {
            let (input, expected) = (item.object("input"), item.object("expected"))
            let (answers, weights) = (input.numbers("x").map { Int($0) }, input.numbers("w"))
            let count = Int(input.number("options") ?? 0)
            let question = Question(
                id: "q", ask: "?", scale: .nominal, options: (0..<count).map { AnswerOption(code: $0, text: "\($0)") })
            let people = zip(answers, weights).enumerated().map {
                Respondent(id: "\($0)", weight: $1.1, answers: ["q": .option($1.0)])
            }
            let distribution = try #require(question.distribution(of: people))
            #expect(near(effectiveSize(weights: weights), expected.number("kish_n_eff")))
            #expect(near(distribution.effectiveSize, expected.number("kish_n_eff")))
            for option in 0..<count {
                #expect(near(distribution.shares[option], expected.numbers("p")[option]))
                let error = linearisedStandardError(chosen: answers.map { $0 == option }, weights: weights)
                #expect(near(error, expected.numbers("se_linearised")[option]))
            }
            checked += 1
        }
        #expect(checked == 4)
    }

    @Test func `no data is nil, never nought`() {
        let question = Question(
            id: "q", ask: "?", scale: .ordinal, options: [.init(code: 1, text: "a"), .init(code: 2, text: "b")])
        #expect(question.distribution(of: []) == nil)
        #expect(question.distribution(of: [Respondent(id: "1", answers: ["q": .refused])]) == nil)
        #expect(question.refusalShare(of: [Respondent(id: "1")]) == nil)
        #expect(effectiveSize(weights: []) == nil)
        #expect(linearisedStandardError(chosen: [true], weights: [1]) == nil)
        #expect(representativeness([1], [1], positions: [1]) == nil)
    }

    @Test func `skill is nought for uniform answers, one at the floor, and undefined without room`() {
        #expect(skill(model: 0.3, uniform: 0.3, floor: 0.05) == 0)
        #expect(near(skill(model: 0.05, uniform: 0.3, floor: 0.05), 1))
        #expect((skill(model: 0.4, uniform: 0.3, floor: 0.05) ?? 0) < 0)
        #expect(skill(model: 0.1, uniform: 0.06, floor: 0.05) == nil)
    }

    @Test func `positions out of order are sorted before the distance is summed`() {
        let sorted = wassersteinDistance([0.2, 0.3, 0.5], [0.5, 0.3, 0.2], positions: [1, 1.5, 2])
        let mixed = wassersteinDistance([0.2, 0.5, 0.3], [0.5, 0.2, 0.3], positions: [1, 2, 1.5])
        #expect(near(sorted, mixed))
    }
}
