@testable import Studies
import Surveys
import Testing

@Suite struct GroupLikenessTests {
    private func cell(_ group: String?, human: [Double], model: [Double]) -> ComparisonCell {
        func distribution(_ shares: [Double]) -> AnswerDistribution { AnswerDistribution(shares: shares, count: 10, effectiveSize: 10) }
        return ComparisonCell(
            question: "q", scale: .nominal, options: ["a", "b", "c"], group: group, correction: "none", human: distribution(human),
            model: distribution(model), humanIntervals: nil, modelIntervals: nil, similarity: .init(value: 1), totalVariation: 0,
            jensenShannonBits: 0, skill: nil, mirrors: .init(noiseFloor: nil, splitHalf: nil, uniform: 0, modal: 0, drawnPeople: nil))
    }

    private func panel(_ cells: [ComparisonCell]) -> ComparedPanel { ComparedPanel(cells: cells, summaries: []) }

    @Test func `a model that knows common answers but no groups follows shares and not distances`() throws {
        let (common, left, right) = ([0.6, 0.3, 0.1], [0.7, 0.2, 0.1], [0.5, 0.4, 0.1])
        let found = try #require(GroupLikeness(panel([
            cell(nil, human: common, model: common), cell("l", human: left, model: common), cell("r", human: right, model: common),
        ])))
        #expect(found.groups == 2 && found.pairs == 6 && found.differences == nil)
        #expect(try #require(found.shares) > 0.8)
        let turned = try #require(GroupLikeness(panel([
            cell(nil, human: common, model: common), cell("l", human: left, model: right), cell("r", human: right, model: left),
        ])))
        #expect(abs(try #require(turned.differences) + 1) < 1e-9)
    }

    @Test func `of one group there is none`() {
        #expect(GroupLikeness(panel([cell(nil, human: [1, 0, 0], model: [1, 0, 0]), cell("l", human: [1, 0, 0], model: [1, 0, 0])])) == nil)
    }
}
