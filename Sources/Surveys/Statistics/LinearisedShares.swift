/// Weighted shares of answers with their sampling covariance.
public struct LinearisedShares: Hashable, Sendable {
    /// Over the options, in order; sums to 1.
    public let shares: [Double]
    /// Of the shares with each other; rows sum to 0.
    public let covariance: [[Double]]
    /// People who answered.
    public let count: Int
    /// Sampling units less strata.
    public let degreesOfFreedom: Int

    public var standardErrors: [Double] { covariance.indices.map { covariance[$0][$0].squareRoot() } }

    /// Variance of each share beside that of a simple random sample as large, p (1 - p) / n; `nil` at shares of 0, 1.
    public var designEffects: [Double?] {
        shares.indices.map { option in
            let simple = shares[option] * (1 - shares[option]) / Double(count)
            return simple > 0 ? covariance[option][option] / simple : nil
        }
    }
}

/// The shares of answers among those who gave one, with Taylor-linearised errors from weights, strata and clusters.
///
/// p_k = sum w 1(x = k) / sum w over those who answered; their scores are w (1(x = k) - p_k) / sum w. Without strata
/// and clusters, and with answers of all, it is `linearisedStandardError`.
///
/// - Parameters:
///   - answers: Option of each person, 0..<options; `nil` for none.
///   - design: Of the same people.
/// - Returns: `nil` without answers or with a single sampling unit.
/// - Complexity: O(people options + units options^2).
/// - Source: Särndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", sections 5.6 to 5.8 (a ratio of
///   totals in a domain).
public func linearisedShares(_ answers: [Int?], options: Int, design: SamplingDesign) -> LinearisedShares? {
    precondition(answers.count == design.count, "one answer a person")
    var sums = [Double](repeating: 0, count: options)
    var count = 0
    for (answer, weight) in zip(answers, design.weights) {
        guard let answer else { continue }
        sums[answer] += weight
        count += 1
    }
    let total = sums.reduce(0, +)
    guard total > 0 else { return nil }
    let shares = sums.map { $0 / total }
    let covariance = design.covariance(options) { person, scores in
        guard let answer = answers[person] else { return }
        let weight = design.weights[person] / total
        for option in shares.indices { scores[option] += weight * ((option == answer ? 1 : 0) - shares[option]) }
    }
    return covariance.map {
        LinearisedShares(shares: shares, covariance: $0, count: count, degreesOfFreedom: design.degreesOfFreedom)
    }
}
