/// Rao and Scott's tests of independence of two weighted answers.
///
/// With r and c the margins, the score of cell (i, j) is w ((1(x=i) - r_i)(1(y=j) - c_j) - (p_ij - r_i c_j)) / sum w;
/// design effects are the eigenvalues of n diag(1/(r c)) V, so that the covariance of a simple random sample is that of
/// independence (R's survey takes it at the observed shares; both agree for large n). Answers no one gave are dropped.
///
/// - Parameters:
///   - rows: One answer of each person, 0..<rowCount; `nil` for none.
///   - columns: The other.
///   - design: Of the same people; those without both answers count as drawn.
/// - Returns: `nil` where fewer than 2 rows or 2 columns are left, with a single sampling unit, or without variance.
/// - Complexity: O((people + units rowCount columnCount) rowCount columnCount).
/// - Source: Rao and Scott 1984, "On Chi-Squared Tests for Multiway Contingency Tables with Cell Proportions Estimated
///   from Survey Data", doi:10.1214/aos/1176346391.
public func raoScott(
    rows: [Int?], columns: [Int?], rowCount: Int, columnCount: Int, design: SamplingDesign
) -> RaoScottTest? {
    precondition(rows.count == design.count && columns.count == design.count, "one answer a person")
    let both = zip(rows, columns).map { row, column in row.flatMap { row in column.map { (row, $0) } } }
    var table = [[Double]](repeating: [Double](repeating: 0, count: columnCount), count: rowCount)
    for (cell, weight) in zip(both, design.weights) { if let cell { table[cell.0][cell.1] += weight } }
    let rowSums = table.map { $0.reduce(0, +) }
    let columnSums = (0..<columnCount).map { column in table.reduce(0) { $0 + $1[column] } }
    let total = rowSums.reduce(0, +)
    let keptRows = rowSums.indices.filter { rowSums[$0] > 0 }
    let keptColumns = columnSums.indices.filter { columnSums[$0] > 0 }
    guard keptRows.count > 1, keptColumns.count > 1 else { return nil }
    let cells = keptRows.flatMap { row in keptColumns.map { (row, $0) } }
    let expected = cells.map { rowSums[$0.0] / total * (columnSums[$0.1] / total) }
    let excess = zip(cells, expected).map { table[$0.0][$0.1] / total - $1 }
    let covariance = design.covariance(cells.count) { person, scores in
        guard let (row, column) = both[person] else { return }
        let weight = design.weights[person] / total
        for (place, cell) in cells.enumerated() {
            let x = (cell.0 == row ? 1 : 0) - rowSums[cell.0] / total
            let y = (cell.1 == column ? 1 : 0) - columnSums[cell.1] / total
            scores[place] += weight * (x * y - excess[place])
        }
    }
    guard let covariance else { return nil }
    let count = both.count { $0 != nil }
    let pearson = Double(count) * zip(excess, expected).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    let (trace, square) = designEffectSums(covariance, expected, Double(count))
    return RaoScottTest(
        pearson: pearson, degrees: (keptRows.count - 1) * (keptColumns.count - 1), trace: trace, square: square,
        count: count)
}
