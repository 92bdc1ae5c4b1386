import Surveys
import Testing

struct ProbeStatisticsTests {
    @Test func `the order effect is the largest change between two orders`() throws {
        #expect(orderEffect([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]) == 0)
        let effect = try #require(orderEffect([[0.5, 0.3, 0.2], [0.4, 0.4, 0.2], [0.2, 0.3, 0.5]]))
        #expect(abs(effect - 0.3) < 1e-12)
        #expect(orderEffect([[1, 0], [0, 1]]) == 1)
        #expect(orderEffect([[1, 0]]) == nil && orderEffect([]) == nil)
    }

    @Test func `who answers by content shows no acquiescence, who always agrees shows 1`() throws {
        for statement in [[0.7, 0.2, 0.1], [1, 0, 0], [0.25, 0.25, 0.5]] {
            let found = try #require(acquiescence(statement: statement, opposite: statement.reversed()))
            #expect(abs(found) < 1e-12)
        }
        #expect(acquiescence(statement: [1, 0, 0], opposite: [1, 0, 0]) == 1)
        #expect(acquiescence(statement: [0, 0, 1], opposite: [0, 0, 1]) == -1)
        // .6 of people answer by content, .4 say yes to anything.
        let mixed = try #require(
            acquiescence(statement: [0.6 * 0.3 + 0.4, 0.6 * 0.7], opposite: [0.6 * 0.7 + 0.4, 0.6 * 0.3]))
        #expect(abs(mixed - 0.4) < 1e-12)
        #expect(acquiescence(statement: [1], opposite: [1]) == nil)
    }

    @Test func `consistency is one less the mean change between two wordings`() throws {
        #expect(paraphraseConsistency([[0.2, 0.8], [0.2, 0.8]]) == 1)
        #expect(paraphraseConsistency([[1, 0], [0, 1]]) == 0)
        let three = try #require(paraphraseConsistency([[1, 0], [0.5, 0.5], [1, 0]]))
        #expect(abs(three - 2.0 / 3) < 1e-12)
        #expect(paraphraseConsistency([[1, 0]]) == nil)
    }
}
