/// The Hellinger distance, sqrt(1/2 sum_k (sqrt p_k - sqrt q_k)^2). It ignores the order of options.
///
/// - Parameters:
///   - p: Shares over `k` options; sums to 1.
///   - q: Shares over the same options; sums to 1.
/// - Returns: 0 (equal) ... 1 (no answer in common).
/// - Complexity: O(k).
/// - Source: Le Cam and Yang 2000, "Asymptotics in Statistics", section 4.1 (the affinity form is 1 - its square).
public func hellingerDistance(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "one share an option")
    let squares = zip(p, q).reduce(0) { sum, pair in
        let difference = pair.0.squareRoot() - pair.1.squareRoot()
        return sum + difference * difference
    }
    return min(1, (squares / 2).squareRoot())
}
