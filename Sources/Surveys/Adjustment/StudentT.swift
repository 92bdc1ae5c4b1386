#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Student's t distribution with a whole number of degrees of freedom.
///
/// - Source: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4: finite sums.
enum StudentT {
    /// - Complexity: O(freedom).
    static func cumulative(_ t: Double, freedom: Int) -> Double {
        let angle = atan(t / Double(freedom).squareRoot())
        let (sine, cosine) = (sin(angle), cos(angle))
        var (sum, term) = (0.0, freedom % 2 == 1 ? cosine : 1.0)
        for step in stride(from: freedom % 2 == 1 ? 1 : 0, to: freedom - 1, by: 2) {
            sum += term
            term *= cosine * cosine * Double(step + 1) / Double(step + 2)
        }
        return freedom % 2 == 1 ? 0.5 + (angle + sine * sum) / Double.pi : 0.5 + sine * sum / 2
    }

    /// By bisection to the last bit; 0.5 < p < 1.
    static func quantile(_ p: Double, freedom: Int) -> Double {
        var (low, high) = (0.0, 1.0)
        while cumulative(high, freedom: freedom) < p, high < 1e12 { high *= 2 }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if cumulative(middle, freedom: freedom) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
