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
        expect(fit.estimates, [0.8052434456928804, 0.03183520599250931, 0.02234276120367119, 1.5580861381091429, 0.011268242283352877, -0.015595048512194312])
        expect([fit.rSquared], [0.8724213883709493])
    }

    @Test func `errors by cluster are Stata's, with t of the clusters less one`() throws {
        let found = try fit().coefficients(clusters: clusters, errors: .cr1)
        expect(found.map(\.standardError), [0.3704587808945498, 0.004027641801311124, 0.6255942434202402, 0.6597305658830301, 0.016576277361168422, 0.007324111328875224])
        expect(found.map(\.p), [0.08176666269677789, 0.0005215344522651092, 0.9728920183842932, 0.0646144993831793, 0.5268344628135159, 0.08648347324348413])
        expect(found.map(\.low), [-0.1470511673266227, 0.021481823137609407, -1.5857984374110412, -0.13780527096384132, -0.03134243520373613, -0.03442227605637911], 1e-9)
        expect(found.map(\.high), [1.7575380587123837, 0.04218858884740921, 1.6304839598183838, 3.253977547182127, 0.05387891977044189, 0.0032321790319904883], 1e-9)
        #expect(found.allSatisfy { $0.degreesOfFreedom == 5 })
    }

    @Test func `with each row its own cluster CR1 is HC1 and CR2 is HC2`() throws {
        expect(try fit().coefficients(errors: .cr1).map(\.standardError), [0.347322472998466, 0.0037512278094063716, 0.7547844621213691, 0.4748162273084306, 0.025007096214744274, 0.005249175119298769])
        expect(try fit().coefficients(errors: .cr2).map(\.standardError), [0.33565853551604463, 0.0036266130517229717, 0.7976172161707723, 0.45316939735821105, 0.027841115925970574, 0.0050092565473294935])
    }

    @Test func `bias-reduced errors and Satterthwaite's degrees are those of the full matrices`() throws {
        let found = try fit().coefficients(clusters: clusters, errors: .cr2)
        expect(found.map(\.standardError), [0.3369529150539554, 0.0036874568669790814, 0.5827490078443287, 0.5980121198730669, 0.01725135194497113, 0.006784220115064224])
        expect(found.map(\.degreesOfFreedom), [2.843910709964168, 1.8863840104423544, 3.0782644241819463, 3.6672096356591073, 1.8118986731254383, 2.749501829860742], 1e-8)
        expect(found.map(\.p), [0.10150097364315146, 0.0156701509598179, 0.9717679780876601, 0.06516783117865374, 0.586683942864582, 0.1131089928368491], 1e-8)
        expect(found.map(\.low), [-0.3011682142761548, 0.01501750322168869, -1.8058329904561667, -0.16340593322299202, -0.07085454941532912, -0.03834206128003238], 1e-7)
    }

    @Test func `a mean over clusters is the regression on the intercept alone`() throws {
        let found = try #require(clusteredMean(rating, clusters: clusters))
        expect(
            [found.mean, found.standardError, found.low, found.high],
            [2.555555555555555, 0.22649659041003703, 1.9577822454415785, 3.1533288656695313], 1e-9)
        #expect(found.n == 18 && found.clusters == 6)
        let one = try #require(clusteredMean([1, 2, 3], clusters: [7, 7, 7]))
        #expect(one.mean == 2 && one.low == nil && one.standardError == nil && one.clusters == 1)
        #expect(clusteredMean([]) == nil)
    }

    @Test func `a coefficient that one cluster alone determines has the others' degrees of freedom`() throws {
        let alone = clusters.map { $0 == 3 ? 1.0 : 0 }
        let fit = try OrdinaryLeastSquares(rating, on: RegressionDesign(["alone": .number(alone)], terms: ["alone"]))
        let found = try fit.coefficients(clusters: clusters, errors: .cr2)
        expect(found.map(\.standardError), [0.2683581173710538, 0.2683581173710538])
        expect(found.map(\.degreesOfFreedom), [3.690274483226025, 3.690274483226025], 1e-8)
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
        let welch = (variance(first) / 6 + variance(second) / 4).squareRoot()
        #expect(near(found.standardError, welch, 1e-12))
        let freedom: Double = 1500.0 / (36 * 5 + 16 * 3)
        #expect(near(found.degreesOfFreedom, freedom, 1e-9))
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

    /// 8 clusters of unequal sizes, an effect planted in the clusters, an arm that three clusters are in:
    /// nothing is there to find, so 5% of tests should find it.
    @Test func `with few clusters CR2 keeps its level where CR1 does not`() throws {
        var stream = RandomStream(seed: 11, "cluster size")
        let clusters = (0..<8).flatMap { [Int](repeating: $0, count: 3 + 3 * $0) }
        let arm = clusters.map { [1, 3, 6].contains($0) ? 1.0 : 0 }
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
        #expect(size2 > 0.03 && size2 < 0.06, "\(size2)")
    }

    private func normal(_ stream: inout RandomStream) -> Double {
        NormalDistribution.quantile(max(1e-12, stream.unit())) ?? 0
    }
}
