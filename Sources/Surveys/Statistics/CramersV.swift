/// Cramer's V, the strength of association in a two-way table: sqrt(X2 / (n (min(rows, columns) - 1))), no Yates.
///
///     cramersV([[10, 20], [20, 10]])   // 0.333
///
/// It depends on shares only, so that sums of weights will do. At small n it is biased up: see
/// `biasCorrectedCramersV`. Leave items that are recodes of each other out of a pattern: V = 1 whatever people think.
///
/// - Parameter table: Rows of counts, 0 or more; empty rows and columns are dropped.
/// - Returns: 0 (independent) ... 1 (one decides the other); `nil` where fewer than 2 rows or 2 columns are left.
/// - Complexity: O(rows columns).
/// - Source: Cramer 1946, "Mathematical Methods of Statistics", section 21.9.
public func cramersV(_ table: [[Double]]) -> Double? {
    let kept = withoutEmpty(table)
    guard let test = pearsonChiSquare(kept) else { return nil }
    return min(1, (test.statistic / test.n / Double(min(kept.count, kept[0].count) - 1)).squareRoot())
}

/// Bergsma's V, with the bias of independence taken off: V is 0 in the mean where nothing is associated.
///
/// phi2 = max(0, X2/n - (r-1)(c-1)/(n-1)); r' = r - (r-1)^2/(n-1), c' likewise; V = sqrt(phi2 / min(r'-1, c'-1)).
///
/// - Parameters:
///   - table: Rows of counts, 0 or more; empty rows and columns are dropped.
///   - n: How many people stand behind it; for sums of weights their effective size, else the sum where `nil`.
/// - Returns: 0...1; `nil` where fewer than 2 rows or 2 columns are left, or for so few people that r' or c' is at
///   most 1.
/// - Complexity: O(rows columns).
/// - Source: Bergsma 2013, "A Bias-Correction for Cramer's V and Tschuprow's T", doi:10.1016/j.jkss.2012.10.002.
public func biasCorrectedCramersV(_ table: [[Double]], n: Double? = nil) -> Double? {
    let kept = withoutEmpty(table)
    guard let test = pearsonChiSquare(kept) else { return nil }
    let (rows, columns) = (Double(kept.count), Double(kept[0].count))
    let people = n ?? test.n
    guard people > 1 else { return nil }
    let square = max(0, test.statistic / test.n - (rows - 1) * (columns - 1) / (people - 1))
    func corrected(_ k: Double) -> Double { k - (k - 1) * (k - 1) / (people - 1) }
    let room = min(corrected(rows), corrected(columns)) - 1
    return room > 0 ? min(1, (square / room).squareRoot()) : nil
}
