/// Intraclass correlations of n targets rated by the same k raters.
public struct IntraclassCorrelation: Codable, Hashable, Sendable {
    /// ICC(1,1), each target with raters of its own: (MSR - MSW) / (MSR + (k-1) MSW).
    public let oneWay: Double?
    /// ICC(2,1), random raters, absolute agreement: (MSR - MSE) / (MSR + (k-1) MSE + k (MSC - MSE) / n).
    public let twoWayRandom: Double?
    /// ICC(3,1), these raters, consistency: (MSR - MSE) / (MSR + (k-1) MSE). It ignores a constant offset: a model that
    /// is always 2 too high gets 1.
    public let twoWayMixed: Double?
    /// ICC(3,k), the same of the raters' mean: (MSR - MSE) / MSR.
    public let averageMixed: Double?
    /// Mean squares between targets (MSR), between raters (MSC), and of what is left (MSE).
    public let rowMeanSquare: Double
    public let columnMeanSquare: Double
    public let errorMeanSquare: Double
}

/// Shrout and Fleiss's intraclass correlations.
///
/// - Parameter ratings: One row a target, one column a rater, none missing.
/// - Returns: Each at most 1 and may be under 0; a coefficient is `nil` where its denominator is not > 0 (no variance).
///   `nil` under 2 targets or 2 raters.
/// - Complexity: O(n k).
/// - Source: Shrout and Fleiss 1979, "Intraclass Correlations", doi:10.1037/0033-2909.86.2.420; their table 4 is in the
///   tests.
public func intraclassCorrelation(_ ratings: [[Double]]) -> IntraclassCorrelation? {
    guard ratings.count > 1, let width = ratings.first?.count, width > 1 else { return nil }
    precondition(ratings.allSatisfy { $0.count == width }, "a rating of each target by each rater")
    let (n, k) = (Double(ratings.count), Double(width))
    let rows = ratings.map { $0.reduce(0, +) / k }
    let columns = (0..<width).map { column in ratings.reduce(0) { $0 + $1[column] } / n }
    let grand = rows.reduce(0, +) / n
    func square(_ x: Double) -> Double { x * x }
    let between = k * rows.reduce(0) { $0 + square($1 - grand) } / (n - 1)
    let raters = n * columns.reduce(0) { $0 + square($1 - grand) } / (k - 1)
    var (error, within) = (0.0, 0.0)
    for (row, mean) in zip(ratings, rows) {
        for (value, column) in zip(row, columns) {
            error += square(value - mean - column + grand)
            within += square(value - mean)
        }
    }
    error /= (n - 1) * (k - 1)
    within /= n * (k - 1)
    func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
    return IntraclassCorrelation(
        oneWay: ratio(between - within, between + (k - 1) * within),
        twoWayRandom: ratio(between - error, between + (k - 1) * error + k * (raters - error) / n),
        twoWayMixed: ratio(between - error, between + (k - 1) * error),
        averageMixed: ratio(between - error, between),
        rowMeanSquare: between, columnMeanSquare: raters, errorMeanSquare: error)
}
