import Surveys
import Testing

/// Worked by hand with t(0.975, 4) = 2.7764451051977987 and t(0.975, 2) = 4.302652729911275, as tables have them.
@Suite struct SeedSpreadTests {
    private func close(_ a: Double?, _ b: Double, _ width: Double = 1e-9) -> Bool { a.map { abs($0 - b) < width } ?? false }

    @Test func `one condition is the mean, deviation and interval of a sample`() throws {
        let spread = try #require(seedSpread([[2, 4, 4, 5, 7]]))
        #expect(close(spread.mean, 4.4) && close(spread.deviation, 1.816590212458495) && spread.count == 5)
        #expect(close(spread.interval?.lowerBound, 2.144_405_333_700_956) && close(spread.interval?.upperBound, 6.655_594_666_299_045))
    }

    @Test func `what differs between conditions is no chance between seeds`() throws {
        let spread = try #require(seedSpread([[1, 3], [101, 103]]))
        #expect(close(spread.mean, 52) && close(spread.deviation, 2.0.squareRoot()))
        #expect(close(spread.interval?.upperBound, 52 + 3.042_434_922_411_073_4))
    }

    @Test func `conditions count alike however many runs of them failed`() throws {
        let spread = try #require(seedSpread([[0, 0, 0, 0], [10], []]))
        #expect(spread.mean == 5 && spread.deviation == 0 && spread.count == 5 && spread.interval == 5...5)
    }

    @Test func `one run a condition knows no chance, and no run no mean`() {
        let spread = seedSpread([[1], [2]])
        #expect(spread?.mean == 1.5 && spread?.deviation == nil && spread?.interval == nil && spread?.count == 2)
        #expect(seedSpread([]) == nil && seedSpread([[], []]) == nil)
    }
}
