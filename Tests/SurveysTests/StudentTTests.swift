import Testing

@testable import Surveys

/// Reference values: mpmath at 40 digits; quantiles by scipy 1.x.
@Suite struct StudentTTests {
    private func close(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
        a.map { abs($0 - b) <= tolerance * abs(b) } ?? false
    }

    @Test func `the incomplete beta function holds ten digits from the tails to the middle`() {
        let cases: [(a: Double, b: Double, x: Double, value: Double)] = [
            (0.5, 0.5, 0.3, 0.36901011956554538),
            (2, 3, 0.5, 0.6875),
            (0.1, 10, 0.01, 0.82448967090669876),
            (5000, 0.5, 0.999, 0.0015615791602892836),
            (10000, 10000, 0.495, 0.0786470088816631),
            (1.7, 0.3, 0.99, 0.69247122398610914),
            (30, 2000, 0.02, 0.9655487835716872),
            (4.6, 0.5, 0.9999, 0.97644932818513151),
        ]
        for one in cases { #expect(close(incompleteBeta(one.a, one.b, one.x), one.value), "\(one)") }
        #expect(incompleteBeta(2, 3, 0) == 0 && incompleteBeta(2, 3, 1) == 1)
        #expect(incompleteBeta(0, 1, 0.5) == nil && incompleteBeta(1, 1, .nan) == nil && incompleteBeta(1, 1, 1.5) == nil)
    }

    @Test func `Student's t has its tails for degrees of freedom that are not whole`() {
        let cases: [(t: Double, freedom: Double, value: Double)] = [
            (2, 2.5, 0.078695747878982993),
            (0.001, 7.3, 0.49961444849051221),
            (4.7, 30, 2.7141318416321394e-5),
            (12, 1.2, 0.016929242820813632),
            (40, 3, 1.7190340394579264e-5),
            (1.96, 10000.0, 0.025011760115916513),
            (8, 50.5, 7.7694186817377514e-11),
            (-1.3, 3.7, 0.86566663791368617),
        ]
        for one in cases {
            #expect(close(StudentT.survival(one.t, degreesOfFreedom: one.freedom), one.value), "\(one)")
        }
        #expect(StudentT.survival(1.5, degreesOfFreedom: .infinity) == NormalDistribution.survival(1.5))
        #expect(StudentT.survival(1, degreesOfFreedom: 0) == nil && StudentT.quantile(1, degreesOfFreedom: 3) == nil)
    }

    @Test func `Student's quantiles undo its tails`() {
        let cases: [(p: Double, freedom: Double, value: Double)] = [
            (0.975, 9, 2.262157162798205),
            (0.975, 1, 12.706204736174694),
            (0.95, 4.4, 2.0773632817160532),
            (0.975, 0.5, 164.55767348048818),
            (0.995, 1000.0, 2.580754698065951),
            (0.2, 3.3, -0.9645672801243884),
        ]
        for one in cases {
            #expect(close(StudentT.quantile(one.p, degreesOfFreedom: one.freedom), one.value, 1e-9), "\(one)")
        }
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 3) == 0)
    }
}
