#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The standard normal distribution's functions.
///
/// - Source: DLMF 7.1 and 7.18; for the start of `quantile`, Abramowitz and Stegun 1964, 26.2.23.
public enum NormalDistribution {
    /// The density at z, exp(-z^2/2) / sqrt(2 pi).
    public static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

    /// The chance of more than z, erfc(z / sqrt 2) / 2; relative error under 1e-12 down to z = 37.
    public static func survival(_ z: Double) -> Double { erfc(z * 0.5.squareRoot()) / 2 }

    /// The chance of at most z.
    public static func cumulative(_ z: Double) -> Double { survival(-z) }

    /// The chance of a value at least as far from 0 on either side, 0...1.
    public static func twoSided(_ z: Double) -> Double { erfc(abs(z) * 0.5.squareRoot()) }

    /// The z below which the probability lies: a rational start, then three of Halley's steps.
    ///
    ///     NormalDistribution.quantile(0.975)   // 1.959963984540054
    ///
    /// - Returns: `nil` outside 0 < p < 1.
    public static func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1 else { return nil }
        let tail = min(p, 1 - p)
        let t = (-2 * log(tail)).squareRoot()
        var z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        for _ in 0..<3 {
            let step = (tail - survival(z)) / density(z)
            z -= step / (1 + z * step / 2)
        }
        return p < 0.5 ? -z : z
    }

    /// Mills' ratio, survival(z) / density(z), without underflow for large z.
    ///
    /// From z = 5 by Laplace's continued fraction, 1/(z + 1/(z + 2/(z + ...))).
    static func millsRatio(_ z: Double) -> Double {
        z < 5 ? survival(z) / density(z) : 1 / (z + millsRemainder(z))
    }

    /// What 1 / `millsRatio` exceeds z by, > 0: 1/(z + 2/(z + 3/(z + ...))) from z = 5.
    static func millsRemainder(_ z: Double) -> Double {
        guard z >= 5 else { return density(z) / survival(z) - z }
        var fraction = z
        for n in stride(from: 60.0, through: 2, by: -1) { fraction = z + n / fraction }
        return 1 / fraction
    }
}
