/// A chi-square test of counts.
public struct ChiSquareTest: Codable, Hashable, Sendable {
    /// Pearson's X2 or the likelihood ratio's G; 0 or more.
    public let statistic: Double
    public let degreesOfFreedom: Int
    /// The chance of a statistic at least so great under the hypothesis, 0...1.
    public let p: Double
    /// The least expected count; the approximation is rough under 5.
    public let leastExpected: Double
    /// The sum of the counts, > 0.
    public let n: Double
}

/// Pearson's chi-square test of independence in a two-way table, without Yates's correction.
///
///     pearsonChiSquare([[10, 20], [20, 10]])   // X2 6.667, 1 degree of freedom, p 0.0098
///
/// X2 = sum (O - E)^2 / E with E = row sum * column sum / n. Empty rows and columns are dropped. Counts that are sums
/// of weights give a p that is wrong by the design effect: see `raoScott`.
///
/// - Parameter table: Rows of counts, 0 or more, need not be whole.
/// - Returns: `nil` where fewer than 2 rows or 2 columns are left.
/// - Complexity: O(rows columns).
/// - Source: Pearson 1900, doi:10.1080/14786440009463897; degrees of freedom, Fisher 1922, doi:10.2307/2340521.
public func pearsonChiSquare(_ table: [[Double]]) -> ChiSquareTest? {
    independence(table) { ($0 - $1) * ($0 - $1) / $1 }
}

/// Independence in a table by a sum over its cells of what an observed and an expected count contribute.
func independence(_ table: [[Double]], _ contribution: (Double, Double) -> Double) -> ChiSquareTest? {
    let kept = withoutEmpty(table)
    guard kept.count > 1, let width = kept.first?.count, width > 1 else { return nil }
    let rows = kept.map { $0.reduce(0, +) }
    let columns = (0..<width).map { column in kept.reduce(0) { $0 + $1[column] } }
    let n = rows.reduce(0, +)
    var (statistic, least) = (0.0, Double.infinity)
    for (cells, row) in zip(kept, rows) {
        for (cell, column) in zip(cells, columns) {
            let expected = row * column / n
            statistic += contribution(cell, expected)
            least = min(least, expected)
        }
    }
    let degrees = (kept.count - 1) * (width - 1)
    statistic = max(0, statistic)
    guard let p = chiSquareSurvival(statistic, degreesOfFreedom: Double(degrees)) else { return nil }
    return ChiSquareTest(statistic: statistic, degreesOfFreedom: degrees, p: p, leastExpected: least, n: n)
}

/// The table's rows and columns that hold anything.
func withoutEmpty(_ table: [[Double]]) -> [[Double]] {
    precondition(table.allSatisfy { $0.count == table[0].count && $0.allSatisfy { $0 >= 0 } }, "a table of counts")
    guard let first = table.first else { return [] }
    let columns = first.indices.filter { column in table.contains { $0[column] > 0 } }
    return table.filter { $0.contains { $0 > 0 } }.map { row in columns.map { row[$0] } }
}
