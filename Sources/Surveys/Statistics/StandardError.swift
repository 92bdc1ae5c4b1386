/// The linearised standard error of a weighted share, sqrt(n/(n-1) sum w^2 (y - p)^2) / sum w.
///
/// Strata and clusters are not taken into account.
///
/// - Parameters:
///   - chosen: Whether each respondent gave the answer.
///   - weights: Of the same respondents, > 0.
/// - Returns: `nil` under 2 respondents.
/// - Source: Särndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", section 5.7.
public func linearisedStandardError(chosen: [Bool], weights: [Double]) -> Double? {
    precondition(chosen.count == weights.count, "one weight a respondent")
    guard chosen.count > 1 else { return nil }
    let total = weights.reduce(0, +)
    let share = zip(chosen, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) } / total
    let squares = zip(chosen, weights).reduce(0) { sum, pair in
        let residual = pair.1 * ((pair.0 ? 1 : 0) - share)
        return sum + residual * residual
    }
    let n = Double(chosen.count)
    return (n / (n - 1) * squares).squareRoot() / total
}
