/// A weighted mean with its Taylor-linearised standard error from weights, strata and clusters.
///
/// Scores are w (y - mean) / sum w of those with a value.
///
/// - Parameters:
///   - values: Of each person; `nil` for none.
///   - design: Of the same people.
/// - Returns: Both in the values' unit, and the degrees of freedom; `nil` without values or with one sampling unit.
/// - Complexity: O(people).
/// - Source: Särndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", section 5.7.
public func linearisedMean(
    _ values: [Double?], design: SamplingDesign
) -> (mean: Double, standardError: Double, degreesOfFreedom: Int)? {
    precondition(values.count == design.count, "one value a person")
    let pairs = zip(values, design.weights).compactMap { value, weight in value.map { ($0, weight) } }
    let total = pairs.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return nil }
    let mean = pairs.reduce(0) { $0 + $1.0 * $1.1 } / total
    let covariance = design.covariance(1) { person, score in
        if let value = values[person] { score[0] += design.weights[person] / total * (value - mean) }
    }
    return covariance.map { (mean, $0[0][0].squareRoot(), design.degreesOfFreedom) }
}
