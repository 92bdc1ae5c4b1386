/// A mean of decisions with an interval that allows for people who decide repeatedly.
public struct ClusteredMean: Codable, Hashable, Sendable {
    /// Of all decisions.
    public let mean: Double
    /// `nil` with one cluster.
    public let standardError: Double?
    public let low: Double?
    public let high: Double?
    /// Decisions.
    public let n: Int
    /// People, or groups that acted together.
    public let clusters: Int
}

/// The mean of all decisions, its error by CR2 over clusters: with one decision a cluster, the plain mean with its t
/// interval; with as many each, the t interval of the clusters' means.
///
/// - Parameters:
///   - values: Not empty, else `nil`.
///   - clusters: Whose each is, or of which group; each its own where `nil`.
/// - Complexity: O(n).
/// - Source: Bell and McCaffrey 2002, as `OrdinaryLeastSquares.coefficients` with the intercept alone.
public func clusteredMean<Cluster: Hashable>(
    _ values: [Double], clusters: [Cluster]? = [Int]?.none, confidence: Double = 0.95
) -> ClusteredMean? {
    precondition(clusters.map { $0.count == values.count } != false, "one cluster a value")
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let groups = rowsByCluster(clusters, count: values.count)
    guard groups.count > 1 else {
        return ClusteredMean(mean: mean, standardError: nil, low: nil, high: nil, n: values.count, clusters: 1)
    }
    // Leverage of a cluster of m: m/n; its scaled sum of residuals: sum / sqrt(1 - m/n).
    var (variance, trace, squares, ownProducts) = (0.0, 0.0, 0.0, 0.0)
    for rows in groups {
        let leverage = Double(rows.count) / n
        let sum = rows.reduce(0) { $0 + values[$1] - mean }
        variance += sum * sum / (1 - leverage) / (n * n)
        let (own, length) = (leverage / (1 - leverage), leverage * leverage / (1 - leverage))
        trace += own - length
        squares += own * own - 2 * own * length
        ownProducts += length
    }
    squares += ownProducts * ownProducts
    let error = variance.squareRoot()
    let t = StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: trace * trace / squares)
    return ClusteredMean(
        mean: mean, standardError: error, low: t.map { mean - $0 * error }, high: t.map { mean + $0 * error },
        n: values.count, clusters: groups.count)
}
