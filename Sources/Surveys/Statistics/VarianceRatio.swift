/// The variance of an answer distribution on its scale, sum_k p_k (x_k - mean)^2.
///
/// - Parameters:
///   - p: Shares over `k` options; sums to 1.
///   - positions: Places on the scale, in the same order.
/// - Returns: In squared units of the scale, 0 or more.
/// - Complexity: O(k).
public func variance(_ p: [Double], positions: [Double]) -> Double {
    let middle = mean(p, positions: positions)
    return zip(p, positions).reduce(0) { $0 + $1.0 * ($1.1 - middle) * ($1.1 - middle) }
}

/// The mean of an answer distribution on its scale.
func mean(_ p: [Double], positions: [Double]) -> Double {
    precondition(p.count == positions.count, "one position an option")
    return zip(p, positions).reduce(0) { $0 + $1.0 * $1.1 }
}

/// How spread out a model's answers are beside people's, var(model) / var(human).
///
/// - Returns: 0 or more; 1 is as spread, under 1 compressed. `nil` where people all gave one answer.
/// - Complexity: O(k).
/// - Source: Bisbee et al. 2024, "Synthetic Replacements for Human Survey Data?", doi:10.1017/pan.2024.5.
public func varianceRatio(model: [Double], human: [Double], positions: [Double]) -> Double? {
    let base = variance(human, positions: positions)
    return base > 0 ? variance(model, positions: positions) / base : nil
}
