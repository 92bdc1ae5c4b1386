/// A rank test of whether any of several groups tends to greater values than another.
public struct KruskalWallis: Codable, Hashable, Sendable {
    /// H, corrected for ties; 0 or more.
    public let statistic: Double
    /// Groups - 1.
    public let degreesOfFreedom: Int
    /// The chance of an H at least so great where all groups are alike, by the chi-square approximation; 0...1.
    public let p: Double
}

/// Kruskal and Wallis's test of groups, its H corrected for ties.
///
/// H = 12 / (N (N+1)) sum_i n_i (mean rank_i - (N+1)/2)^2, divided by 1 - sum(t^3 - t) / (N^3 - N).
///
///     kruskalWallis([[1, 2, 3], [4, 5, 6]])   // H 3.857, 1 degree of freedom, p 0.0495
///
/// Values must be independent: ranks that one judge gave to all groups are not. The chi-square approximation is rough
/// for groups under 5.
///
/// - Returns: `nil` with fewer than 2 groups, an empty group, a value that is not a number, or all values equal.
/// - Complexity: O(N log N).
/// - Source: Kruskal and Wallis 1952, "Use of Ranks in One-Criterion Variance Analysis",
///   doi:10.1080/01621459.1952.10483441, equations 1.2 and 1.3.
public func kruskalWallis(_ groups: [[Double]]) -> KruskalWallis? {
    guard let (means, n, ties) = groupRanks(groups) else { return nil }
    let between = zip(groups, means).reduce(0) { sum, group in
        let distance = group.1 - (n + 1) / 2
        return sum + Double(group.0.count) * distance * distance
    }
    let statistic = 12 / (n * (n + 1)) * between / (1 - ties / (n * n * n - n))
    let degrees = groups.count - 1
    guard let p = chiSquareSurvival(statistic, degreesOfFreedom: Double(degrees)) else { return nil }
    return KruskalWallis(statistic: statistic, degreesOfFreedom: degrees, p: p)
}
