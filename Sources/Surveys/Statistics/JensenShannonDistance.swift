/// The Jensen-Shannon distance: the square root of the divergence in bits, and unlike it a metric.
///
/// scipy's `jensenshannon(p, q, base=2)` is this; papers print either under the one name.
///
/// - Returns: 0 (equal) ... 1 (no answer in common).
/// - Complexity: O(k).
/// - Source: Endres and Schindelin 2003, "A New Metric for Probability Distributions", doi:10.1109/TIT.2003.813506.
public func jensenShannonDistance(_ p: [Double], _ q: [Double]) -> Double {
    min(1, jensenShannonDivergence(p, q).squareRoot())
}
