#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Fisher's two-sided exact p of a 2x2 table: the chance of tables with the same margins that are no likelier.
///
///     fisherExact(8, 2, 1, 5)   // 0.0350
///
/// - Returns: 0...1; `nil` where a margin is empty.
/// - Complexity: O(smallest margin).
/// - Source: Fisher 1922, doi:10.2307/2340521; two-sided as R's fisher.test, with its tolerance of 1e-7 for equally likely.
public func fisherExact(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Double? {
    precondition(min(a, b, c, d) >= 0, "counts")
    let (row, column, total) = (a + b, a + c, a + b + c + d)
    guard row > 0, column > 0, row < total, column < total else { return nil }
    func logChoose(_ n: Int, _ k: Int) -> Double {
        logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
    }
    let all = logChoose(total, column)
    let chances = (max(0, column - (total - row))...min(row, column)).map { cell in
        (cell, exp(logChoose(row, cell) + logChoose(total - row, column - cell) - all))
    }
    guard let own = chances.first(where: { $0.0 == a })?.1 else { return nil }
    return min(1, chances.reduce(0) { $0 + ($1.1 <= own * (1 + 1e-7) ? $1.1 : 0) })
}
