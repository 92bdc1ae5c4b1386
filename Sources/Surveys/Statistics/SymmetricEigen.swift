/// The eigenvalues of a real symmetric matrix with their vectors, by Jacobi's rotations over all pairs in turn.
///
/// - Parameter matrix: n x n; what is above the diagonal is read.
/// - Returns: `values` in no order, and `vectors` with the i-th value's vector, of length 1, in `vectors[i]`.
/// - Complexity: O(n^3) a sweep; a dozen sweeps at most in practice.
/// - Source: Golub and Van Loan 2013, "Matrix Computations", section 8.5.
func symmetricEigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let n = matrix.count
    precondition(matrix.allSatisfy { $0.count == n }, "a square matrix")
    var a = matrix
    for row in 0..<n { for column in 0..<row { a[row][column] = a[column][row] } }
    var vectors = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0 } }
    let scale = a.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
    for _ in 0..<100 {
        var off = 0.0
        for row in 0..<n { for column in 0..<row { off += a[row][column] * a[row][column] } }
        if off <= 1e-32 * scale { break }
        for p in 0..<n {
            for q in (p + 1)..<max(p + 1, n) where a[p][q] != 0 {
                let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let c = 1 / (t * t + 1).squareRoot()
                let s = t * c
                for k in 0..<n {
                    let (x, y) = (a[k][p], a[k][q])
                    (a[k][p], a[k][q]) = (c * x - s * y, s * x + c * y)
                }
                for k in 0..<n {
                    let (x, y) = (a[p][k], a[q][k])
                    (a[p][k], a[q][k]) = (c * x - s * y, s * x + c * y)
                    let (v, w) = (vectors[p][k], vectors[q][k])
                    (vectors[p][k], vectors[q][k]) = (c * v - s * w, s * v + c * w)
                }
            }
        }
    }
    return ((0..<n).map { a[$0][$0] }, vectors)
}
