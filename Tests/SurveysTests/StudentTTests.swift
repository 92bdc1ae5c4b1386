import Testing

@testable import Surveys

/// Reference values: mpmath at 40 digits; quantiles by scipy 1.x.
@Suite struct StudentTTests {
    private func close(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
        a.map { abs($0 - b) <= tolerance * abs(b) } ?? false
    }

    @Test func `the incomplete beta function holds ten digits from the tails to the middle`() {
        let cases: [(a: Double, b: Double, x: Double, value: Double)] = [
            (0.5, 0.5, 0.3, «beta 0.5 0.5 0.3»),
            (2, 3, 0.5, «beta 2 3 0.5»),
            (0.1, 10, 0.01, «beta 0.1 10 0.01»),
            (5000, 0.5, 0.999, «beta 5000 0.5 0.999»),
            (10000, 10000, 0.495, «beta 10000 10000 0.495»),
            (1.7, 0.3, 0.99, «beta 1.7 0.3 0.99»),
            (30, 2000, 0.02, «beta 30 2000 0.02»),
            (4.6, 0.5, 0.9999, «beta 4.6 0.5 0.9999»),
        ]
        for one in cases { #expect(close(incompleteBeta(one.a, one.b, one.x), one.value), "\(one)") }
        #expect(incompleteBeta(2, 3, 0) == 0 && incompleteBeta(2, 3, 1) == 1)
        #expect(incompleteBeta(0, 1, 0.5) == nil && incompleteBeta(1, 1, .nan) == nil && incompleteBeta(1, 1, 1.5) == nil)
    }

    @Test func `Student's t has its tails for degrees of freedom that are not whole`() {
        let cases: [(t: Double, freedom: Double, value: Double)] = [
            (2, 2.5, «t survival 2 2.5»),
            (0.001, 7.3, «t survival 0.001 7.3»),
            (4.7, 30, «t survival 4.7 30»),
            (12, 1.2, «t survival 12 1.2»),
            (40, 3, «t survival 40 3»),
            (1.96, 10000.0, «t survival 1.96 10000.0»),
            (8, 50.5, «t survival 8 50.5»),
            (-1.3, 3.7, «t survival -1.3 3.7»),
        ]
        for one in cases {
            #expect(close(StudentT.survival(one.t, degreesOfFreedom: one.freedom), one.value), "\(one)")
        }
        #expect(StudentT.survival(1.5, degreesOfFreedom: .infinity) == NormalDistribution.survival(1.5))
        #expect(StudentT.survival(1, degreesOfFreedom: 0) == nil && StudentT.quantile(1, degreesOfFreedom: 3) == nil)
    }

    @Test func `Student's quantiles undo its tails`() {
        let cases: [(p: Double, freedom: Double, value: Double)] = [
            (0.975, 9, «t quantile 0.975 9»),
            (0.975, 1, «t quantile 0.975 1»),
            (0.95, 4.4, «t quantile 0.95 4.4»),
            (0.975, 0.5, «t quantile 0.975 0.5»),
            (0.995, 1000.0, «t quantile 0.995 1000.0»),
            (0.2, 3.3, «t quantile 0.2 3.3»),
        ]
        for one in cases {
            #expect(close(StudentT.quantile(one.p, degreesOfFreedom: one.freedom), one.value, 1e-9), "\(one)")
        }
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 3) == 0)
    }
}
