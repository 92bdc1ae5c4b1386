/// The Jensen-Shannon divergence, H(m) - (H(p) + H(q))/2 with m = (p + q)/2. Its square root is the distance.
///
/// - Returns: Bits, 0...1, 0 for equal.
/// - Source: Lin 1991, "Divergence Measures Based on the Shannon Entropy", doi:10.1109/18.61115.
public func jensenShannonDivergence(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "one share an option")
    let middle = zip(p, q).map { ($0 + $1) / 2 }
    return max(0, entropy(middle) - (entropy(p) + entropy(q)) / 2)
}
