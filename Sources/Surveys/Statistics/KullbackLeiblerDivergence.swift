#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The Kullback-Leibler divergence of q from p, sum_k p_k log2(p_k / q_k). It is not symmetric.
///
///     kullbackLeiblerDivergence([0.25, 0.75], [0.5, 0.5])   // 0.1887
///
/// Nothing is smoothed: where people gave an answer that a model never gives, it is infinite.
///
/// - Parameters:
///   - p: Shares over `k` options; sums to 1. Of people, where they are compared with a model.
///   - q: Shares over the same options; sums to 1.
/// - Returns: Bits, 0...infinity; infinite where some q_k = 0 < p_k.
/// - Complexity: O(k).
/// - Source: Kullback and Leibler 1951, "On Information and Sufficiency", doi:10.1214/aoms/1177729694.
public func kullbackLeiblerDivergence(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "one share an option")
    return max(0, zip(p, q).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log2($1.0 / $1.1) : $0 })
}
