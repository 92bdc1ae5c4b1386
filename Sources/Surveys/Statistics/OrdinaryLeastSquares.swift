/// A linear regression by least squares, without its errors: see `coefficients(clusters:errors:)`.
///
/// The columns are made orthonormal one after the other (Gram and Schmidt, twice), which also finds a column that the
/// ones before it make up.
///
/// - Source: Golub and Van Loan 2013, "Matrix Computations", section 5.2.8.
public struct OrdinaryLeastSquares: Hashable, Sendable {
    /// Of the columns, the intercept among them.
    public let names: [String]
    /// In the outcome's unit per unit of the column.
    public let estimates: [Double]
    /// Outcome minus fitted; all 0 where the fit is exact to rounding.
    public let residuals: [Double]
    /// The share of the outcome's variance that the columns account for, 0...1; `nil` where it does not vary.
    public let rSquared: Double?
    /// The orthonormal columns Q, by row.
    let basis: [[Double]]
    /// Upper triangular, X = QR.
    let triangle: [[Double]]

    /// - Parameters:
    ///   - outcome: Of each row.
    ///   - design: With an intercept.
    /// - Complexity: O(rows columns^2).
    public init(_ outcome: [Double], on design: RegressionDesign) throws(RegressionError) {
        let (n, k) = (design.rows.count, design.names.count)
        guard outcome.count == n else { throw .misshapen("\(outcome.count) outcomes for \(n) rows") }
        guard n > k else { throw .tooFewRows(rows: n, columns: k) }
        if let row = outcome.firstIndex(where: { !$0.isFinite }) { throw .notANumber(column: "outcome", row: row) }
        var q: [[Double]] = []
        var r = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        for column in 0..<k {
            var vector = design.rows.map { $0[column] }
            let length = norm(vector)
            for _ in 0..<2 {
                for (place, unit) in q.enumerated() {
                    let part = dot(unit, vector)
                    r[place][column] += part
                    for row in 0..<n { vector[row] -= part * unit[row] }
                }
            }
            let left = norm(vector)
            guard length > 0, left > 1e-10 * length else {
                throw .collinear(design.names[column], with: Self.makers(of: column, r, design, q))
            }
            r[column][column] = left
            q.append(vector.map { $0 / left })
        }
        let projected = q.map { dot($0, outcome) }
        names = design.names
        estimates = backSubstituted(r, projected)
        triangle = r
        basis = (0..<n).map { row in q.map { $0[row] } }
        var residuals = outcome
        for (unit, part) in zip(q, projected) { for row in 0..<n { residuals[row] -= part * unit[row] } }
        let middle = outcome.reduce(0, +) / Double(n)
        let (spread, error) = (norm(outcome.map { $0 - middle }), norm(residuals))
        let exact = error <= 1e-12 * norm(outcome)
        self.residuals = exact ? residuals.map { _ in 0 } : residuals
        rSquared = spread > 1e-12 * norm(outcome) ? (exact ? 1 : max(0, 1 - error * error / (spread * spread))) : nil
    }

    /// The earlier columns with a part in one, by more than rounding.
    private static func makers(
        of column: Int, _ r: [[Double]], _ design: RegressionDesign, _ q: [[Double]]
    ) -> [String] {
        let earlier = r.prefix(q.count).map { Array($0.prefix(q.count)) }
        let parts = backSubstituted(earlier, r.prefix(q.count).map { $0[column] })
        let lengths = (0..<q.count).map { place in norm(design.rows.map { $0[place] }) }
        let shares = zip(parts, lengths).map { abs($0 * $1) }
        let greatest = shares.max() ?? 0
        return zip(design.names, shares).compactMap { $1 > 1e-8 * greatest && $1 > 0 ? $0 : nil }
    }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
}

func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

/// The x of R x = b, R upper triangular.
func backSubstituted(_ r: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for row in b.indices.reversed() {
        for column in (row + 1)..<max(row + 1, b.count) { x[row] -= r[row][column] * x[column] }
        x[row] /= r[row][row]
    }
    return x
}
