import Testing

@testable import Surveys

/// Reference values: scipy for t, statsmodels for McNemar's exact p, Newcombe's method written out in Python.
@Suite struct ArmDifferenceTests {
    private func values(_ numbers: [Double], _ people: [String]? = nil) -> [ArmValue] {
        numbers.enumerated().map { ArmValue(person: people?[$0.offset] ?? "p\($0.offset)", value: $0.element) }
    }

    private func expect(_ found: [Double?], _ expected: [Double], _ tolerance: Double = 1e-9) {
        for (a, b) in zip(found, expected) { #expect(near(a, b, tolerance), "\(a ?? .nan) for \(b)") }
    }

    @Test func `means of the same people differ by t over their own differences`() throws {
        let found = try #require(
            pairedMeanDifference(values([5, 7, 9, 6, 6.5, 8]), values([4, 7, 6, 6.5, 5, 7.5, 1])))
        expect([found.difference, found.p, found.low, found.high], [0.916666666666667, 0.1303424118771865, -0.3863532392394825, 2.2196865725728157])
        #expect(found.n == 6 && found.unpaired == 1 && found.degreesOfFreedom == 5)
    }

    @Test func `who decided repeatedly counts once`() throws {
        let twice = values([4, 6, 7, 7, 9], ["p0", "p0", "p1", "p1", "p2"])
        let once = values([5, 7, 9])
        let other = values([4, 7, 6])
        #expect(pairedMeanDifference(twice, other) == pairedMeanDifference(once, other))
        #expect(welchDifference(twice, other) == welchDifference(once, other))
    }

    @Test func `means of different people differ by Welch's t`() throws {
        let found = try #require(welchDifference(values([5, 7, 9, 6, 6.5, 8]), values([4, 7, 2, 1.5])))
        expect([found.difference, found.p, found.degreesOfFreedom, found.low, found.high], [3.291666666666667, 0.07030520220909843, 4.330223838669712, -0.4206237787475211, 7.003957112080855])
    }

    @Test func `what does not vary has no p, and one person no interval`() throws {
        let same = try #require(pairedMeanDifference(values([3, 4]), values([1, 2])))
        #expect(same.difference == 2 && same.low == 2 && same.high == 2 && same.p == nil)
        let flat = try #require(welchDifference(values([0.1, 0.1, 0.1]), values([0.3, 0.3])))
        #expect(flat.p == nil && flat.low == flat.difference)
        let one = try #require(pairedMeanDifference(values([3]), values([1])))
        #expect(one.low == nil && one.p == nil && one.n == 1)
        #expect(pairedMeanDifference(values([3]), []) == nil && welchDifference([], values([1])) == nil)
    }

    @Test func `shares of different people have Newcombe's interval and Fisher's test`() throws {
        let cases: [((Int, Int), (Int, Int), [Double])] = [
            ((56, 70), (48, 80), [0.05243147240236498, 0.333872654036906, 0.012521129749209154]),
            ((9, 10), (3, 10), [0.17052272393450307, 0.8090179735354881, 0.019766611097880443]),
            ((10, 10), (0, 20), [0.6790860371419145, 1.0, 3.328339160423118e-08]),
        ]
        for (first, second, expected) in cases {
            let found = try #require(newcombeDifference(yes: (first.0, of: first.1), (second.0, of: second.1)))
            expect([found.low, found.high, found.p], expected)
        }
        // Newcombe 1998, table II, example (a).
        let paper = try #require(newcombeDifference(yes: (56, of: 70), (48, of: 80)))
        expect([paper.low, paper.high], [0.0524, 0.3339], 5e-5)
        let none = try #require(newcombeDifference(yes: (0, of: 5), (0, of: 7)))
        #expect(none.p == nil && none.difference == 0 && (none.low ?? 0) < 0 && (none.high ?? 0) > 0)
        #expect(newcombeDifference(yes: (0, of: 0), (1, of: 2)) == nil)
        #expect(near(fisherExact(8, 2, 1, 5), 0.034965034965034975))
        #expect(near(fisherExact(300, 200, 250, 260), 0.0005081757509899477))
    }

    @Test func `shares of the same people have Newcombe's paired interval and McNemar's exact test`() throws {
        let cases: [((Int, Int, Int, Int), [Double])] = [
            ((36, 12, 2, 0), [0.05692958400323875, 0.3404276029749406, 0.012939453125]),
            ((20, 12, 2, 16), [0.056156424841748265, 0.32920699540014053, 0.012939453125]),
            ((1, 8, 1, 0), [0.13950380052769817, 0.9073099001306912, 0.0390625]),
        ]
        for (cells, expected) in cases {
            let found = try #require(
                mcNemarDifference(both: cells.0, first: cells.1, second: cells.2, neither: cells.3))
            expect([found.low, found.high, found.p], expected)
        }
        let large = try #require(mcNemarDifference(both: 100, first: 260, second: 200, neither: 100))
        expect([large.p], [0.0058839224731039984])
        #expect(mcNemarDifference(both: 3, first: 0, second: 0, neither: 1)?.p == nil)
        #expect(mcNemarDifference(both: 0, first: 0, second: 0, neither: 0) == nil)
    }

    @Test func `decisions become McNemar's cells only where people decided once with yes or no`() throws {
        let (first, second) = (values([1, 1, 0, 1, 0]), values([0, 1, 0, 0]))
        let found = try #require(mcNemarDifference(first, second))
        #expect(found.first == 0.75 && found.second == 0.25 && found.n == 4 && found.unpaired == 1)
        #expect(near(found.p, 0.5, 1e-14))
        #expect(mcNemarDifference(values([1, 0], ["a", "a"]), values([1], ["a"])) == nil)
        #expect(mcNemarDifference(values([0.5]), values([1])) == nil)
    }
}
