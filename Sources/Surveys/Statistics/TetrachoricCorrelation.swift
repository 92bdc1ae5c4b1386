#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The tetrachoric correlation of a 2x2 table: of the two normal variables that, cut at thresholds, give its shares.
///
///     tetrachoricCorrelation([[40, 10], [10, 40]])   // sin(0.3 pi) = 0.809
///
/// A 2x2 table determines the model, so that the maximum likelihood is exact: thresholds from the margins, then the
/// correlation at which the bivariate normal gives the first cell's share, by Newton's steps kept within a bracket.
/// 0.5 is added to zero cells only. It needs yes-no answers, and so hides over-confidence; print kappa and Brier's
/// score beside it.
///
/// - Parameter table: [[a, b], [c, d]], counts 0 or more; a and d hold agreement.
/// - Returns: -1...1; `nil` where an answer does not vary (an empty row or column).
/// - Complexity: At most 200 bivariate normal values, commonly 5.
/// - Source: Pearson 1900, doi:10.1098/rsta.1900.0022; Olsson 1979, doi:10.1007/BF02296207 (maximum likelihood).
public func tetrachoricCorrelation(_ table: [[Double]]) -> Double? {
    let given = fourCells(table)
    guard given.0 + given.1 > 0, given.2 + given.3 > 0, given.0 + given.2 > 0, given.1 + given.3 > 0 else { return nil }
    let cells = table.map { $0.map { $0 == 0 ? 0.5 : $0 } }
    let (a, b, c, d) = fourCells(cells)
    let n = a + b + c + d
    guard let h = NormalDistribution.quantile((a + b) / n), let k = NormalDistribution.quantile((a + c) / n)
    else { return nil }
    var (low, high) = (-1.0, 1.0)
    var r = cosineApproximation(cells)
    for _ in 0..<200 {
        guard let value = bivariateNormal(h, k, correlation: r) else { return nil }
        let error = value - a / n
        if error > 0 { high = r } else { low = r }
        let step = error / bivariateNormalDensity(h, k, r)
        var next = r - step
        if !(next > low && next < high) { next = (low + high) / 2 }
        if abs(next - r) < 1e-15 || next == low || next == high { return next }
        r = next
    }
    return r
}

/// Pearson's closed form cos(pi / (1 + sqrt(ad / bc))), exact where both answers split half and half.
///
/// - Source: Digby 1983, "Approximating the Tetrachoric Correlation Coefficient", doi:10.2307/2531104, equation 1.
func cosineApproximation(_ table: [[Double]]) -> Double {
    let (a, b, c, d) = fourCells(table)
    return cos(Double.pi / (1 + (a * d / (b * c)).squareRoot()))
}
