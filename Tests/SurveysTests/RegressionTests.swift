import Kernel
import Testing

@testable import Surveys

/// Reference values: statsmodels for CR1, HC1 and HC2 (OLS with cov_type cluster, HC1, HC2, use_t); for CR2 the
/// definition written out in numpy with matrices of all rows.
@Suite struct RegressionTests {
    private let clusters = [1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6]
    private let price: [Double] = [16, 20, 40, 16, 100, 20, 20, 40, 100, 16, 40, 100, 16, 20, 40, 40, 100, 16]
    private let side = "abcaabccabbcacbacc".map(String.init)
    private let rating: [Double] = [1, 2, 3, 1, 4, 2, 3, 3, 4, 1, 2, 4, 2, 2, 3, 2, 4, 3]

    private func fit(_ terms: [String] = ["price", "side", "price:side"]) throws -> OrdinaryLeastSquares {
        try OrdinaryLeastSquares(
            rating,
            on: RegressionDesign(
                ["price": .number(price), "side": .factor(side, levels: ["a", "b", "c"])], terms: terms))
    }

    private func expect(_ found: [Double?], _ expected: [Double], _ tolerance: Double = 1e-10) {
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) {
            #expect(a.map { abs($0 - b) <= tolerance * max(1, abs(b)) } ?? false, "\(a ?? .nan) for \(b)")
        }
    }

    @Test func `coefficients, factor levels and interactions are named and as statsmodels has them`() throws {
        let fit = try fit()
        #expect(fit.names == ["(intercept)", "price", "side=b", "side=c", "price:side=b", "price:side=c"])
        expect(fit.estimates, [«ols beta»])
        expect([fit.rSquared], [«r2»])
    }

    @Test func `errors by cluster are Stata's, with t of the clusters less one`() throws {
        let found = try fit().coefficients(clusters: clusters, errors: .cr1)
        expect(found.map(\.standardError), [«cr1 se»])
        expect(found.map(\.p), [«cr1 p»])
        expect(found.map(\.low), [«cr1 low»], 1e-9)
        expect(found.map(\.high), [«cr1 high»], 1e-9)
        #expect(found.allSatisfy { $0.degreesOfFreedom == 5 })
    }

    @Test func `with each row its own cluster CR1 is HC1 and CR2 is HC2`() throws {
        expect(try fit().coefficients(errors: .cr1).map(\.standardError), [«hc1 se»])
        expect(try fit().coefficients(errors: .cr2).map(\.standardError), [«hc2 se»])
    }

    @Test func `bias-reduced errors and Satterthwaite's degrees are those of the full matrices`() throws {
        let found = try fit().coefficients(clusters: clusters, errors: .cr2)
        expect(found.map(\.standardError), [«cr2 se»])
        expect(found.map(\.degreesOfFreedom), [«cr2 df»], 1e-8)
        expect(found.map(\.p), [«cr2 p»], 1e-8)
        expect(found.map(\.low), [«cr2 low»], 1e-7)
    }

    @Test func `a mean over clusters is the regression on the intercept alone`() throws {
        let found = try #require(clusteredMean(rating, clusters: clusters))
        expect(
            [found.mean, found.standardError, found.low, found.high],
            [«mean cr2#0», «mean cr2#1», «mean cr2#3», «mean cr2#4»], 1e-9)
        #expect(found.n == 18 && found.clusters == 6)
        let one = try #require(clusteredMean([1, 2, 3], clusters: [7, 7, 7]))
        #expect(one.mean == 2 && one.low == nil && one.standardError == nil && one.clusters == 1)
        #expect(clusteredMean([]) == nil)
    }

    @Test func `a coefficient that one cluster alone determines has the others' degrees of freedom`() throws {
        let alone = clusters.map { $0 == 3 ? 1.0 : 0 }
        let fit = try OrdinaryLeastSquares(rating, on: RegressionDesign(["alone": .number(alone)], terms: ["alone"]))
        let found = try fit.coefficients(clusters: clusters, errors: .cr2)
        expect(found.map(\.standardError), [«lone#2», «lone#3»])
        expect(found.map(\.degreesOfFreedom), [«lone#4», «lone#5»], 1e-8)
    }

    /// Bell and McCaffrey 2002 for two groups of sizes m and n: Welch's variance with (m+n)^2 (m-1)(n-1) /
    /// (m^2 (m-1) + n^2 (n-1)) degrees of freedom.
    @Test func `two arms without clusters have Welch's error`() throws {
        let (first, second): ([Double], [Double]) = ([5, 7, 9, 6, 6.5, 8], [4, 7, 2, 1.5])
        let design = try RegressionDesign(
            ["arm": .factor(first.map { _ in "x" } + second.map { _ in "y" }, levels: ["y", "x"])], terms: ["arm"])
        let found = try OrdinaryLeastSquares(first + second, on: design).coefficients()[1]
        func variance(_ values: [Double]) -> Double {
            let middle = values.reduce(0, +) / Double(values.count)
            return values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)
        }
        #expect(near(found.standardError, (variance(first) / 6 + variance(second) / 4).squareRoot(), 1e-12))
        #expect(near(found.degreesOfFreedom, 100.0 * 5 * 3 / (36 * 5 + 16 * 3), 1e-9))
    }

    @Test func `collinear columns are an error that names them`() throws {
        let doubled = price.map { 2 * $0 + 3 }
        let variables: [String: RegressionVariable] = [
            "price": .number(price), "doubled": .number(doubled), "zero": .number(price.map { _ in 0 }),
            "side": .factor(side, levels: ["a", "b", "c"]), "size": .factor(side.map { $0 == "c" ? "big" : "small" }, levels: ["small", "big"]),
        ]
        func failure(_ terms: [String]) -> RegressionError? {
            do throws(RegressionError) {
                _ = try OrdinaryLeastSquares(rating, on: RegressionDesign(variables, terms: terms))
                return nil
            } catch { return error }
        }
        #expect(failure(["price", "doubled"]) == .collinear("doubled", with: ["(intercept)", "price"]))
        #expect(failure(["price", "side", "size"]) == .collinear("size=big", with: ["side=c"]))
        #expect(failure(["zero"]) == .collinear("zero", with: []))
        #expect(failure(["price", "colour"]) == .unknownVariable("colour"))
        #expect(failure(["price:side", "price"]) == .missingPart(term: "price:side", part: "side"))
        #expect(failure(["price"]) == nil)
        #expect("\(RegressionError.collinear("doubled", with: ["(intercept)", "price"]))"
            == "'doubled' is made up of '(intercept)', 'price': drop one of them.")
    }

    @Test func `what cannot be estimated is an error or nothing, never a number`() throws {
        #expect(throws: RegressionError.oneCluster) { try fit().coefficients(clusters: clusters.map { _ in 1 }) }
        #expect(throws: RegressionError.tooFewRows(rows: 2, columns: 2)) {
            try OrdinaryLeastSquares([1, 2], on: RegressionDesign(["x": .number([1, 2])], terms: ["x"]))
        }
        #expect(throws: RegressionError.notANumber(column: "x", row: 1)) {
            try RegressionDesign(["x": .number([1, .nan, 3])], terms: ["x"])
        }
        #expect(throws: RegressionError.emptyLevel(variable: "s", level: "c")) {
            try RegressionDesign(["s": .factor(["a", "b"], levels: ["a", "b", "c"])], terms: ["s"])
        }
        let exact = try OrdinaryLeastSquares([1, 3, 5, 7], on: RegressionDesign(["x": .number([0, 1, 2, 3])], terms: ["x"]))
        let slope = try exact.coefficients()[1]
        #expect(near(slope.estimate, 2, 1e-12) && slope.standardError == 0 && slope.p == nil && exact.rSquared == 1)
        let flat = try OrdinaryLeastSquares([2, 2, 2, 2], on: RegressionDesign(["x": .number([0, 1, 2, 3])], terms: ["x"]))
        #expect(flat.rSquared == nil)
    }

    /// 8 clusters of unequal sizes, an effect planted in the clusters, an arm that varies between clusters (3 of 8):
    /// nothing is there to find, so 5% of tests should find it.
    @Test func `with few clusters CR2 keeps its level where CR1 does not`() throws {
        var stream = RandomStream(seed: 11, "cluster size")
        let clusters = (0..<8).flatMap { [Int](repeating: $0, count: 3 + 3 * $0) }
        let arm = clusters.map { $0 < 3 ? 1.0 : 0 }
        let design = try RegressionDesign(["arm": .number(arm)], terms: ["arm"])
        let runs = 2000
        var (found1, found2) = (0, 0)
        for _ in 0..<runs {
            let effects = (0..<8).map { _ in normal(&stream) }
            let outcome = clusters.map { effects[$0] + normal(&stream) }
            let fit = try OrdinaryLeastSquares(outcome, on: design)
            func isFound(_ errors: ClusterErrors) throws -> Bool {
                try fit.coefficients(clusters: clusters, errors: errors)[1].p.map { $0 < 0.05 } ?? false
            }
            if try isFound(.cr1) { found1 += 1 }
            if try isFound(.cr2) { found2 += 1 }
        }
        let (size1, size2) = (Double(found1) / Double(runs), Double(found2) / Double(runs))
        #expect(size1 > 0.08, "\(size1)")
        #expect(size2 > 0.02 && size2 < 0.07, "\(size2)")
    }

    private func normal(_ stream: inout RandomStream) -> Double {
        NormalDistribution.quantile(max(1e-12, stream.unit())) ?? 0
    }
}
