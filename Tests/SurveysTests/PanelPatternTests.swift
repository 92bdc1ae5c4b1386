import Kernel
@testable import Surveys
import Testing

@Suite struct PanelPatternTests {
    private static let questions = ["a", "b", "c"].map { id in
        Question(id: id, ask: id, scale: .nominal, options: (0..<2).map { AnswerOption(code: $0, text: String($0)) })
    }

    /// `b` follows `a` in 9 of 10, `c` nothing.
    private static func answers(_ index: Int) -> [Int] {
        let a = index % 2
        return [a, index % 10 == 9 ? 1 - a : a, index / 2 % 2]
    }

    private func comparer(_ people: [PersonAnswer], humans: Int = 200, questions: [Question] = Self.questions) -> Comparer {
        Comparer(
            codebook: Codebook(id: "s", title: "S", variables: [], questions: Self.questions), questions: questions,
            humans: (0..<humans).map { index in
                Respondent(
                    id: String(index),
                    answers: Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], Self.answers(index).map { HumanAnswer.option($0) })))
            }, people: people, correction: "none", repeats: 0)
    }

    private func persona(_ index: Int, _ shares: [[Double]], respondent: String? = nil) -> PersonAnswer {
        PersonAnswer(
            persona: String(index), respondent: respondent, attributes: [:],
            shares: Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], shares)))
    }

    @Test func `certain answers as people's have people's pattern`() throws {
        var stream = RandomStream(seed: 1, "pattern")
        let people = (0..<200).map { index in
            persona(index, Self.answers(index).map { $0 == 0 ? [1, 0] : [0, 1] }, respondent: String(index))
        }
        let found = try #require(comparer(people).pattern(using: &stream))
        #expect(found.pairs.map { [$0.first, $0.second] } == [["a", "b"], ["a", "c"], ["b", "c"]])
        #expect(found.model.meanAbsoluteDifference == 0 && found.drawnPeople == found.model)
        // phi of the table 100, 0, 20, 80.
        #expect(abs(found.pairs[0].human! - 0.816) < 0.01, "\(found.pairs[0])")
        #expect(found.pairs[1].human! < 0.1)
        #expect(found.humanCount == 200 && found.modelCount == 200)
        #expect(try #require(found.halves).meanAbsoluteDifference > 0)
    }

    @Test func `answers at random have less pattern than people's`() throws {
        var stream = RandomStream(seed: 2, "pattern")
        let people = (0..<200).map { persona($0, [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]) }
        let found = try #require(comparer(people).pattern(using: &stream))
        #expect(found.model.meanDifference < -0.1 && found.pairs[0].model! < 0.3)
        #expect(found.drawnPeople == nil && found.pairs.allSatisfy { $0.drawn == nil })
        var again = RandomStream(seed: 2, "pattern")
        #expect(comparer(people).pattern(using: &again) == found)
    }

    @Test func `an option is drawn as often as its share, and none of nothing`() {
        var stream = RandomStream(seed: 4, "drawn")
        let drawn = (0..<4000).map { _ in drawnOption([0.25, 0, 0.75], using: &stream) }
        #expect(drawn.allSatisfy { $0 == 0 || $0 == 2 })
        #expect(abs(drawn.count { $0 == 0 } - 1000) < 120)
        #expect(drawnOption([], using: &stream) == nil && drawnOption([0, 0], using: &stream) == nil)
    }

    @Test func `two questions, or answers that never vary, have no pattern`() {
        var stream = RandomStream(seed: 3, "pattern")
        let people = (0..<50).map { persona($0, [[1, 0], [1, 0], [1, 0]]) }
        #expect(comparer(people).pattern(using: &stream) == nil)
        let varied = (0..<50).map { persona($0, [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]) }
        #expect(comparer(varied, questions: Array(Self.questions.prefix(2))).pattern(using: &stream) == nil)
        #expect(comparer([]).pattern(using: &stream) == nil)
    }
}
