/// One pair of groups in Dunn's test.
public struct DunnComparison: Codable, Hashable, Sendable {
    /// Places of the groups, `first` < `second`.
    public let first: Int
    public let second: Int
    /// > 0 where the first group ranks higher.
    public let z: Double
    /// Two-sided, 0...1, for this pair alone.
    public let p: Double
    /// The same after Holm's adjustment over all pairs.
    public let holm: Double
}

/// Dunn's test of every pair of groups after Kruskal and Wallis's, on the ranks among all groups.
///
/// z = (mean rank_i - mean rank_j) / sqrt((N (N+1) / 12 - sum(t^3 - t) / (12 (N-1))) (1/n_i + 1/n_j)).
///
/// - Returns: Pairs in order (0, 1), (0, 2), ... (1, 2), ...; `nil` where `kruskalWallis` is.
/// - Complexity: O(N log N + groups^2).
/// - Source: Dunn 1964, "Multiple Comparisons Using Rank Sums", doi:10.1080/00401706.1964.10490181, with Holm's
///   adjustment as Park et al. 2023, section 6.4, used it.
public func dunnTest(_ groups: [[Double]]) -> [DunnComparison]? {
    guard let (means, n, ties) = groupRanks(groups) else { return nil }
    let variance = n * (n + 1) / 12 - ties / (12 * (n - 1))
    let pairs = groups.indices.flatMap { first in
        ((first + 1)..<groups.count).map { second in
            let sizes = 1 / Double(groups[first].count) + 1 / Double(groups[second].count)
            return (first, second, z: (means[first] - means[second]) / (variance * sizes).squareRoot())
        }
    }
    let values = pairs.map { NormalDistribution.twoSided($0.z) }
    return zip(pairs, zip(values, holmAdjusted(values))).map { pair, p in
        DunnComparison(first: pair.0, second: pair.1, z: pair.z, p: p.0, holm: p.1)
    }
}
