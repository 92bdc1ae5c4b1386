/// Student's t distribution; degrees of freedom need not be whole, as after Satterthwaite.
///
///     StudentT.quantile(0.975, degreesOfFreedom: 9)   // 2.2621571627409915
///
/// - Source: DLMF 8.17; Johnson, Kotz and Balakrishnan 1995, "Continuous Univariate Distributions" 2, equation 28.4a.
public enum StudentT {
    /// The chance of more than t, I_(f/(f+t^2))(f/2, 1/2) / 2 for t > 0.
    ///
    /// - Returns: 0...1; `nil` where the degrees of freedom are not > 0 or t is not a number. Infinitely many are the
    ///   normal distribution.
    /// - Complexity: O(sqrt f).
    public static func survival(_ t: Double, degreesOfFreedom f: Double) -> Double? {
        guard f > 0, !t.isNaN else { return nil }
        guard f.isFinite else { return NormalDistribution.survival(t) }
        guard t.isFinite else { return t > 0 ? 0 : 1 }
        let sum = f + t * t
        guard let tail = incompleteBeta(f / 2, 0.5, f / sum, complement: t * t / sum) else { return nil }
        return t > 0 ? tail / 2 : 1 - tail / 2
    }

    /// The chance of a value at least as far from 0 on either side, 0...1.
    public static func twoSided(_ t: Double, degreesOfFreedom f: Double) -> Double? {
        survival(abs(t), degreesOfFreedom: f).map { min(1, 2 * $0) }
    }

    /// The t below which the probability lies, by bisection to the last bit.
    ///
    /// - Returns: `nil` outside 0 < p < 1, without degrees of freedom, or beyond 1e300.
    public static func quantile(_ p: Double, degreesOfFreedom f: Double) -> Double? {
        guard p > 0, p < 1, f > 0 else { return nil }
        guard p != 0.5 else { return 0 }
        let tail = min(p, 1 - p)
        func exceeds(_ t: Double) -> Bool? { survival(t, degreesOfFreedom: f).map { $0 > tail } }
        var (low, high) = (0.0, 1.0)
        while high < 1e300, exceeds(high) == true { (low, high) = (high, high * 2) }
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            guard let above = exceeds(middle) else { return nil }
            if above { low = middle } else { high = middle }
        }
        return high < 1e300 ? (p < 0.5 ? -high : high) : nil
    }
}
