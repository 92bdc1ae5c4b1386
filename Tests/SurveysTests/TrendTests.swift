import Testing

@testable import Surveys

/// Reference values: scipy's kendalltau and page_trend_test; every allocation and order counted in Python; the error
/// of tau by the numerical derivative of tau in the weights of the pairs.
@Suite struct TrendTests {
    @Test func `tau with ties has scipy's p and the interval of its influence function`() throws {
        let price: [Double] = [16, 16, 20, 20, 40, 40, 100, 100, 16, 20, 40, 100]
        let rating: [Double] = [1, 2, 1, 2, 3, 3, 4, 3, 1, 2, 4, 4]
        let found = try #require(kendallTrend(price, rating))
        #expect(near(found.tau, 0.7777777777777777, 1e-12) && near(found.p, 0.0020478182637002746, 1e-12) && !found.isExact)
        let reach = 1.959963984540054 * 0.09072184231721
        #expect(near(found.low, found.tau - reach, 1e-6) && near(found.high, min(1, found.tau + reach), 1e-6))
    }

    @Test func `tau without ties counts every order`() throws {
        let found = try #require(kendallTrend([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 8, 5, 7]))
        #expect(near(found.tau, 0.6428571428571428, 1e-12) && near(found.p, 0.03115079365079365, 1e-12) && found.isExact)
        #expect(near(found.low, found.tau - 1.959963984540054 * 0.08748177655557668, 1e-6))
        let down = try #require(kendallTrend([1, 2, 3, 4], [4, 3, 2, 1]))
        #expect(down.tau == -1 && near(down.p, 2.0 / 24, 1e-15) && down.low == nil && down.high == nil)
        let many = try #require(kendallTrend((0..<60).map(Double.init), (0..<60).map { Double($0 * 37 % 61) }))
        #expect(near(many.tau, 0.09491525423728814, 1e-12) && near(many.p, 0.28394830591074505, 1e-12) && !many.isExact)
        #expect(kendallTrend([1, 1], [1, 2]) == nil && kendallTrend([1], [1]) == nil)
    }

    @Test func `Jonckheere's test counts every allocation, ties included`() throws {
        let cases: [([[Double]], [Double])] = [
            ([[1, 2], [3, 4]], [4.0, 0.16666666666666666, 1.0]),
            ([[1, 2, 2], [2, 3, 3], [3, 4, 4]], [25.0, 0.005357142857142857, 1.0]),
            ([[3, 1, 4], [1, 5], [9, 2, 6]], [15.5, 0.11071428571428571, 0.9178571428571428]),
        ]
        for (groups, expected) in cases {
            let found = try #require(jonckheereTrend(groups))
            #expect(found.isExact && near(found.statistic, expected[0], 0))
            #expect(near(found.pUp, expected[1], 1e-12) && near(found.pDown, expected[2], 1e-12), "\(groups)")
        }
        #expect(jonckheereTrend([[1, 2], [3, 4]])?.strength == 1 && jonckheereTrend([[2, 2], [2]]) == nil)
        #expect(jonckheereTrend([[1], []]) == nil && jonckheereTrend([[1, 2]]) == nil)
    }

    @Test func `Jonckheere's normal approximation is near the exact p and has the variance of allocations`() throws {
        let groups: [[Double]] = [[1, 3, 2, 2, 4], [2, 3, 5, 4, 4], [3, 5, 5, 6, 4]]
        let exact = try #require(jonckheereTrend(groups))
        let normal = try #require(jonckheereTrend(groups, limit: 0))
        #expect(exact.isExact && !normal.isExact && exact.statistic == normal.statistic)
        #expect(abs(exact.pUp - normal.pUp) < 0.005, "\(exact.pUp) \(normal.pUp)")
        let big = try #require(jonckheereTrend(Self.big, limit: 0))
        #expect(near(big.statistic, 722.5, 0) && near(big.pUp, 0.045093340159929045, 1e-12))
    }

    @Test func `Page's test is scipy's where exact without ties, and counts every order with them`() throws {
        let found = try #require(pageTrend([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4], [4, 1, 2, 3], [1, 2, 4, 3]]))
        #expect(near(found.statistic, 141.0, 0) && near(found.pUp, 0.006471987123842592, 1e-12) && found.isExact)
        let tied = try #require(pageTrend([[1, 1, 2], [2, 2, 2], [1, 3, 3], [2, 1, 3]]))
        #expect(near(tied.statistic, 52.0, 0))
        #expect(near(tied.pUp, 0.05555555555555555, 1e-12) && near(tied.pDown, 0.9814814814814815, 1e-12))
        #expect(near(pageTrend([[1, 2, 3], [1, 3, 2]])?.pUp, 5.0 / 36, 1e-15))
        #expect(pageTrend([[1, 1], [2, 2]]) == nil && pageTrend([]) == nil && pageTrend([[1, .nan]]) == nil)
    }

    @Test func `Page's normal approximation is scipy's without ties`() throws {
        func value(_ i: Int, _ j: Int) -> Double {
            let whole = (i * 7 + j * 3 + i * j % 5) % 11
            return Double(whole) + 0.1 * Double(j)
        }
        let rows = (0..<60).map { i in (0..<4).map { value(i, $0) } }
        let found = try #require(pageTrend(rows))
        #expect(near(found.statistic, 1516.0, 1e-9) && near(found.pUp, 0.23713717538366474, 1e-9) && !found.isExact)
        #expect(near(found.strength, 0.05333333333333331, 1e-9))
    }

    private static let big: [[Double]] = [[1.0, 2.0, 1.0, -3.0, 2.0, 1.0, -1.0, 1.0, 1.0, 1.0, 0.0, 1.0, -1.0, -0.0, -1.0, 1.0, 0.0, -1.0, -2.0, -1.0], [1.0, -0.0, 3.0, 3.0, -5.0, -3.0, 0.0, -0.0, 1.0, 1.0, 5.0, -2.0, -0.0, 5.0, 2.0, 2.0, -1.0, -3.0, 1.0, 1.0], [-1.0, 0.0, 1.0, -0.0, 1.0, 2.0, 2.0, 0.0, 3.0, 3.0, 2.0, -0.0, 3.0, 0.0, 3.0, -1.0, 3.0, 1.0, -1.0, 1.0]]
}
