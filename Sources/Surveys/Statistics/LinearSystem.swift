/// The solution of a square linear system, by Gaussian elimination with partial pivoting.
///
/// - Returns: `nil` where the matrix is singular to 1e-14 of its greatest entry.
/// - Complexity: O(n^3).
/// - Source: Golub and Van Loan 2013, "Matrix Computations", section 3.4.
func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    precondition(matrix.count == right.count && matrix.allSatisfy { $0.count == right.count }, "a square system")
    var rows = zip(matrix, right).map { $0 + [$1] }
    let n = right.count
    let greatest = matrix.reduce(0) { max($0, $1.reduce(0) { max($0, abs($1)) }) }
    for column in 0..<n {
        guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
            abs(rows[pivot][column]) > 1e-14 * greatest
        else { return nil }
        rows.swapAt(column, pivot)
        for row in (column + 1)..<max(column + 1, n) where rows[row][column] != 0 {
            let factor = rows[row][column] / rows[column][column]
            for place in column...n { rows[row][place] -= factor * rows[column][place] }
        }
    }
    var solution = [Double](repeating: 0, count: n)
    for row in (0..<n).reversed() {
        let known = ((row + 1)..<max(row + 1, n)).reduce(0) { $0 + rows[row][$1] * solution[$1] }
        solution[row] = (rows[row][n] - known) / rows[row][row]
    }
    return solution
}
