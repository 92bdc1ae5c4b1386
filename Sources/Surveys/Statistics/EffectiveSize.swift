/// Kish's effective sample size, (sum w)^2 / sum w^2.
///
/// - Returns: 1...n; `nil` for an empty sample.
/// - Source: Kish 1965, "Survey Sampling", section 11.2.
public func effectiveSize(weights: [Double]) -> Double? {
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / squares : nil
}
