import Foundation
import Testing

@testable import Surveys

/// Reference values: numpy 2.4.6, the covariance of cells by numpy `cov` of unit totals within strata and the Jacobian
/// of p_ij - r_i c_j by complex steps; the shares' errors agree with samplics 0.6.1 `TaylorEstimator`.
@Suite struct SamplingDesignTests {
    // 3 strata of 20 people in 5 clusters of 4; clusters are named alike in every stratum.
    static let x = [
        1, 0, 0, 2, 0, 1, 1, 0, 1, 2, 2, 0, 2, 0, 0, 1, 2, 2, 2, 0, 1, 2, 1, 0, 2, 0, 2, 0, 1, 0, 2, 2, 1, 1, 0, 2,
        2, 0, 0, 0, 1, 0, 1, 2, 1, 2, 1, 1, 2, 1, 2, 0, 2, 2, 2, 0, 0, 0, 1, 1,
    ]
    static let y = [
        1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1,
        0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1,
    ]
    static let weights = [
        1.024, 2.59, 2.357, 0.7, 0.812, 0.691, 1.49, 0.962, 1.687, 0.274, 2.994, 0.935, 1.61, 0.909, 0.767, 1.383,
        1.781, 0.868, 0.899, 1.616, 0.544, 0.346, 1.318, 0.625, 0.261, 0.566, 0.721, 0.434, 0.352, 1.026, 1.874,
        0.849, 0.594, 1.309, 1.652, 0.811, 1.464, 2.075, 0.865, 0.566, 1.276, 1.189, 2.158, 0.407, 0.629, 0.556,
        0.297, 1.093, 1.447, 0.596, 2.638, 1.778, 1.551, 1.325, 1.952, 0.394, 1.537, 1.525, 0.29, 1.275,
    ]
    static let answered = [
        1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1,
        1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1,
    ]
    static let design = SamplingDesign(
        weights: weights, strata: (0..<60).map { "s\($0 / 20)" }, clusters: (0..<60).map { "c\($0 % 20 / 4)" })

    @Test func `errors of shares and means come from clusters within strata`() throws {
        #expect(Self.design.degreesOfFreedom == 12)
        let shares = try #require(linearisedShares(Self.x, options: 3, design: Self.design))
        let errors = [0.064054107064969, 0.06727203903893632, 0.08647769933077548]
        for (a, b) in zip(shares.standardErrors, errors) { #expect(near(a, b, 1e-14)) }
        for row in shares.covariance { #expect(near(row.reduce(0, +), 0, 1e-15)) }
        let mean = try #require(linearisedMean(Self.y.map(Double.init), design: Self.design))
        #expect(near(mean.mean, 0.37081472399801496, 1e-14) && near(mean.standardError, 0.0593624636299386, 1e-14))
    }

    @Test func `without strata the clusters are one stratum's; with neither the errors are the weights' own`() throws {
        let clusters = (0..<60).map { "\($0 / 4)" }
        let shares = try #require(
            linearisedShares(
                Self.x, options: 3, design: SamplingDesign(weights: Self.weights, clusters: clusters)))
        let errors = [0.06245421112734891, 0.06324613257578338, 0.08052568792868864]
        for (a, b) in zip(shares.standardErrors, errors) { #expect(near(a, b, 1e-14)) }
        // statsmodels 0.15.0 WLS with cluster-robust errors, times sqrt(15/14).
        let mean = linearisedMean(
            Self.y.map(Double.init), design: SamplingDesign(weights: Self.weights, clusters: clusters))
        #expect(near(mean?.standardError, 0.06204783216687402, 1e-14))
        let plain = try #require(
            linearisedShares(Self.x, options: 3, design: SamplingDesign(weights: Self.weights)))
        #expect(
            near(
                plain.standardErrors[1], linearisedStandardError(chosen: Self.x.map { $0 == 1 }, weights: Self.weights),
                1e-15))
    }

    @Test func `people who did not answer are drawn but say nothing`() throws {
        let answers = zip(Self.x, Self.answered).map { $1 == 1 ? $0 : nil }
        let found = try #require(linearisedShares(answers, options: 3, design: Self.design))
        let shares = [0.3764152817321062, 0.22655543048842391, 0.39702928777946983]
        let errors = [0.06508630518845862, 0.06946777022623697, 0.08715810138256579]
        for (a, b) in zip(found.shares, shares) { #expect(near(a, b, 1e-14)) }
        for (a, b) in zip(found.standardErrors, errors) { #expect(near(a, b, 1e-14)) }
        #expect(found.count == 42)
    }

    @Test func `a stratum of one unit is set against the whole and widens, two or none are ordinary`() throws {
        let values: [Double?] = [1, 2, 4, 9]
        func error(_ strata: [String]) -> Double? {
            linearisedMean(values, design: SamplingDesign(weights: [1, 1, 1, 1], strata: strata))?.standardError
        }
        // Mean 4, scores -3/4, -2/4, 0, 5/4, sum 0: strata (a a a)(b): 3/2 sum of squares about -5/12, and (5/4)^2.
        let within = 1.5 * (9.0 / 16 + 4.0 / 16 - 3 * 25.0 / 144)
        #expect(near(error(["a", "a", "a", "b"]), (within + 25.0 / 16).squareRoot(), 1e-15))
        #expect(near(error(["a", "a", "b", "b"]), (2 * (1.0 / 32) + 2 * (25.0 / 32)).squareRoot(), 1e-15))
        #expect(linearisedMean([1, 2], design: SamplingDesign(weights: [1, 1], clusters: ["a", "a"])) == nil)
        #expect(linearisedShares([nil, nil], options: 2, design: SamplingDesign(weights: [1, 1])) == nil)
    }

    @Test func `Rao and Scott's tests of a table agree with the delta method`() throws {
        let test = try #require(
            raoScott(rows: Self.x, columns: Self.y, rowCount: 3, columnCount: 2, design: Self.design))
        #expect(near(test.naive.statistic, 12.83494337946909, 1e-11))
        #expect(near(test.meanDesignEffect, 1.1124871020836469, 1e-12))
        #expect(near(test.firstOrder.statistic, 11.537161514438882, 1e-11))
        #expect(near(test.firstOrder.p, 0.003124188350966903, 1e-13))
        #expect(near(test.secondOrder.statistic, 11.093216332200644, 1e-11))
        #expect(near(test.secondOrder.degreesOfFreedom, 1.9230408308520885, 1e-12))
        #expect(near(test.secondOrder.p, 0.003545913561676609, 1e-13))
        let wider = raoScott(
            rows: Self.y, columns: Self.x.map { $0 * 2 }, rowCount: 4, columnCount: 5, design: Self.design)
        #expect(near(wider?.secondOrder.p, test.secondOrder.p, 1e-13), "transposed, with empty rows and columns")
        let table = crossTable(Self.x, Self.y, rows: 3, columns: 2, weights: Self.weights)
        #expect(near(test.naive.statistic / 60, pearsonChiSquare(table).map { $0.statistic / $0.n }, 1e-12))
    }

    @Test func `tests are undefined where nothing varies or a share of 0 is tested`() {
        let design = SamplingDesign(weights: [1, 2, 1])
        #expect(raoScott([0, 0, 0], shares: [0.5, 0.5], design: design) == nil)
        #expect(raoScott([0, 1, 0], shares: [1, 0], design: design) == nil)
        #expect(raoScott([nil, nil, nil], shares: [0.5, 0.5], design: design) == nil)
        #expect(raoScott(rows: [0, 0, 0], columns: [0, 1, 0], rowCount: 2, columnCount: 2, design: design) == nil)
    }

    /// A nominal 5% over 2,000 samples has a standard error of 0.5%. Seen: naive 24.3%, first order 5.6%, second 4.8%.
    @Test func `of 300 people with lognormal weights 5% of corrected tests and a quarter of naive ones fail`() throws {
        var generator = Seeded(state: 2026)
        let shares = [0.1, 0.2, 0.3, 0.4]
        var (naive, first, second) = (0, 0, 0)
        for _ in 0..<2000 {
            let weights = (0..<300).map { _ in lognormal(0.8, &generator) }
            let answers = (0..<300).map { _ in draw(shares, &generator) }
            let test = try #require(raoScott(answers, shares: shares, design: SamplingDesign(weights: weights)))
            if test.naive.p < 0.05 { naive += 1 }
            if test.firstOrder.p < 0.05 { first += 1 }
            if test.secondOrder.p < 0.05 { second += 1 }
        }
        #expect((300...600).contains(naive) && (70...130).contains(first) && (70...130).contains(second))
    }

    /// 60 clusters of 5 people who copy their cluster's first answer with chance .5 (design effect 2), with weights.
    /// Seen: naive 18.7%, second order 6.5%, as chi-square takes the covariance of 59 degrees for known.
    @Test func `independence in clusters is rejected as often as the level says`() throws {
        var generator = Seeded(state: 4)
        let clusters = (0..<300).map { "\($0 / 5)" }
        var (naive, second) = (0, 0)
        for _ in 0..<1000 {
            func answers(_ shares: [Double]) -> [Int] {
                var all: [Int] = []
                for person in 0..<300 {
                    let copies = person % 5 > 0 && Double.random(in: 0..<1, using: &generator) < 0.5
                    all.append(copies ? all[person - person % 5] : draw(shares, &generator))
                }
                return all
            }
            let design = SamplingDesign(weights: (0..<300).map { _ in lognormal(0.5, &generator) }, clusters: clusters)
            let test = try #require(
                raoScott(
                    rows: answers([0.2, 0.3, 0.5]), columns: answers([0.4, 0.6]), rowCount: 3, columnCount: 2,
                    design: design))
            if test.naive.p < 0.05 { naive += 1 }
            if test.secondOrder.p < 0.05 { second += 1 }
        }
        #expect(naive > 100 && (30...70).contains(second))
    }

    @Test func `resamples and halves keep clusters whole and strata full`() {
        var generator = Seeded(state: 1)
        for _ in 0..<20 {
            let times = Self.design.resampled(using: &generator)
            let first = Self.design.halved(using: &generator)
            for unit in 0..<15 {
                let part = unit * 4..<unit * 4 + 4
                #expect(Set(times[part]).count == 1 && Set(first[part]).count == 1)
            }
            for stratum in 0..<3 {
                let part = stratum * 20..<stratum * 20 + 20
                #expect(times[part].reduce(0, +) == 20 && [8, 12].contains(first[part].count { $0 }))
            }
        }
    }

    @Test func `split halves come to the closed-form floors`() throws {
        var generator = Seeded(state: 7)
        let shares = [0.1, 0.2, 0.3, 0.4]
        let answers = (0..<2000).map { _ in draw(shares, &generator) }
        let design = SamplingDesign(weights: [Double](repeating: 1, count: 2000))
        let jensen = try #require(
            splitHalfNoiseFloor(
                answers, options: 4, design: design, splits: 400, using: &generator, distance: jensenShannonDivergence))
        let closed = jensenShannonNoiseFloor(options: 4, n: 1000, m: 1000)
        #expect(abs(jensen.mean - closed) < 4 * jensen.standardError && jensen.standardError < closed / 10)
        let variation = try #require(
            splitHalfNoiseFloor(
                answers, options: 4, design: design, splits: 400, using: &generator, distance: totalVariation))
        #expect(abs(variation.mean - totalVariationNoiseFloor(shares, n: 1000, m: 1000)) < 4 * variation.standardError)
        #expect(
            splitHalfNoiseFloor(
                [0, nil], options: 2, design: SamplingDesign(weights: [1, 1]), splits: 9, using: &generator,
                distance: totalVariation) == nil)
    }

    private func draw(_ shares: [Double], _ generator: inout Seeded) -> Int {
        var left = Double.random(in: 0..<1, using: &generator)
        for (option, share) in shares.enumerated() {
            left -= share
            if left < 0 { return option }
        }
        return shares.count - 1
    }

    private func lognormal(_ sigma: Double, _ generator: inout Seeded) -> Double {
        exp(sigma * (NormalDistribution.quantile(Double.random(in: 1e-12..<1, using: &generator)) ?? 0))
    }
}
