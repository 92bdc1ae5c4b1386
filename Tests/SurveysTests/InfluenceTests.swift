import Surveys
import Testing

@Suite struct InfluenceTests {
    @Test func `parts that add up leave no interaction`() {
        let influence = AnswerInfluence(whole: [0.75, 0.25], bare: [0.25, 0.75], without: [[0.5, 0.5], [0.5, 0.5]])
        #expect(influence.effects == [[0.25, -0.25], [0.25, -0.25]])
        #expect(influence.moved == [0.25, 0.25])
        #expect(influence.together == [0.5, -0.5] && influence.sum == [0.5, -0.5])
        #expect(influence.interaction == [0, 0])
    }

    @Test func `parts that say the same hide each other and stand under interaction`() {
        let influence = AnswerInfluence(whole: [0.9, 0.1], bare: [0.5, 0.5], without: [[0.9, 0.1], [0.9, 0.1]])
        #expect(influence.moved == [0, 0])
        #expect(influence.interaction == influence.together)
        #expect(abs(AnswerInfluence.size(influence.interaction) - 0.4) < 1e-12)
    }

    @Test func `nothing told is nothing moved`() {
        let influence = AnswerInfluence(whole: [0.3, 0.7], bare: [0.3, 0.7], without: [])
        #expect(influence.sum == [0, 0] && influence.interaction == [0, 0] && influence.moved.isEmpty)
    }

    @Test func `a summary weighs people and counts only those who were told`() {
        func answer(_ moved: Double, _ kinds: [String], weight: Double) -> InfluenceSummary.Answer {
            .init(
                influence: AnswerInfluence(
                    whole: [0.5, 0.5], bare: [0.5, 0.5], without: kinds.map { _ in [0.5 - moved, 0.5 + moved] }),
                kinds: kinds, weight: weight)
        }
        var generator = Seeded(state: 1)
        let summary = InfluenceSummary(
            question: "q",
            answers: [answer(0.1, ["party"], weight: 3), answer(0.3, ["party"], weight: 1), answer(0.2, ["age", "age"], weight: 1)],
            using: &generator)
        #expect(abs((summary.moved["party"]?.mean ?? 0) - 0.15) < 1e-12)
        #expect(summary.moved["party"]?.people == 2)
        // Two of a kind are added up; of one person there is no interval.
        #expect(abs((summary.moved["age"]?.mean ?? 0) - 0.4) < 1e-12)
        #expect(summary.moved["age"]?.low == nil)
        #expect((summary.moved["party"]?.low ?? 1) >= 0.1 - 1e-12 && (summary.moved["party"]?.high ?? 0) <= 0.3 + 1e-12)
        #expect(summary.people == 3)
    }
}
