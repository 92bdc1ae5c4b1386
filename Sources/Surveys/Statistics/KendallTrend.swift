#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Whether one thing goes up with another, by pairs: Kendall's tau-b with its test and interval.
public struct KendallTrend: Codable, Hashable, Sendable {
    /// -1 (every pair against) ... 1 (every pair with), ties apart.
    public let tau: Double
    /// Two-sided p of independence, 0...1.
    public let p: Double
    /// Whether p counts orders (no ties, at most 50 pairs of values) or is normal.
    public let isExact: Bool
    /// Of the confidence asked for; `nil` where all pairs go one way, which has no spread.
    public let low: Double?
    public let high: Double?
    public let n: Int
}

/// Kendall's tau-b of pairs, tau = (C - D) / sqrt((pairs not tied in x)(pairs not tied in y)).
///
///     kendallTrend([1, 2, 3, 4], [1, 3, 2, 4])   // tau 0.667, p 0.333
///
/// The test is exact without ties for up to 50, else normal with the variance of C - D corrected for ties. The interval is
/// normal with the asymptotic error of tau itself, of which values must be independent: not several of one person.
///
/// - Returns: `nil` under 2 pairs, with a value that is not a number, or where a side does not vary.
/// - Complexity: O(n^2).
/// - Source: Kendall 1945, doi:10.1093/biomet/33.3.239; error after Brown and Benedetti 1977,
///   doi:10.1080/01621459.1977.10480995, as SAS PROC FREQ prints it.
public func kendallTrend(_ x: [Double], _ y: [Double], confidence: Double = 0.95) -> KendallTrend? {
    precondition(x.count == y.count, "pairs")
    let n = x.count
    guard n > 1, !x.contains(where: \.isNaN), !y.contains(where: \.isNaN),
        let z = NormalDistribution.quantile((1 + confidence) / 2)
    else { return nil }
    // Of each point, how many others are concordant minus discordant with it, and tied with it in x or y, itself among
    // them.
    var (balance, tiedX, tiedY) = ([Double](repeating: 0, count: n), [Double](), [Double]())
    for i in 0..<n {
        var (equalX, equalY) = (0.0, 0.0)
        for j in 0..<n {
            if x[i] == x[j] { equalX += 1 }
            if y[i] == y[j] { equalY += 1 }
            if x[i] != x[j], y[i] != y[j] { balance[i] += (x[i] < x[j]) == (y[i] < y[j]) ? 1 : -1 }
        }
        tiedX.append(equalX)
        tiedY.append(equalY)
    }
    let m = Double(n)
    let (freeX, freeY) = (m * m - tiedX.reduce(0, +), m * m - tiedY.reduce(0, +))
    guard freeX > 0, freeY > 0 else { return nil }
    let w = (freeX * freeY).squareRoot()
    let sum = balance.reduce(0, +)
    let tau = max(-1, min(1, sum / w))
    var squares = 0.0
    for i in 0..<n {
        let part = 2 * w * balance[i] + tau * (tiedX[i] * freeY + tiedY[i] * freeX)
        squares += part * part
    }
    let excess = squares - m * m * m * tau * tau * (freeX + freeY) * (freeX + freeY)
    let error = max(0, excess).squareRoot() / (w * w)
    let spread = excess > 1e-12 * squares
    let exact = freeX == m * m - m && freeY == m * m - m && n <= 50
    let score = sum / 2
    let p = exact ? exactKendall(Int(score.rounded()), n)
        : tiedKendallVariance(x, y).map { $0 > 0 ? NormalDistribution.twoSided(score / $0.squareRoot()) : 1 }
    return p.map {
        KendallTrend(
            tau: tau, p: $0, isExact: exact, low: spread ? max(-1, tau - z * error) : nil,
            high: spread ? min(1, tau + z * error) : nil, n: n)
    }
}

/// The chance of a score at least as far from 0 among all n! orders.
private func exactKendall(_ score: Int, _ n: Int) -> Double {
    // Chances of orders of 2, 3, ... by their number of inversions.
    var chances = [1.0]
    for size in 2...n {
        var next = [Double](repeating: 0, count: chances.count + size - 1)
        for (inversions, chance) in chances.enumerated() {
            for more in 0..<size { next[inversions + more] += chance / Double(size) }
        }
        chances = next
    }
    let inversions = (n * (n - 1) / 2 - abs(score)) / 2
    return min(1, 2 * chances.prefix(inversions + 1).reduce(0, +))
}

/// Of C - D where the two are independent, given their ties.
private func tiedKendallVariance(_ x: [Double], _ y: [Double]) -> Double? {
    func sums(_ values: [Double]) -> (pairs: Double, triples: Double, fives: Double) {
        let sorted = values.sorted()
        var sums = (0.0, 0.0, 0.0)
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            let t = Double(end - start)
            sums.0 += t * (t - 1)
            sums.1 += t * (t - 1) * (t - 2)
            sums.2 += t * (t - 1) * (2 * t + 5)
            start = end
        }
        return sums
    }
    let n = Double(x.count)
    guard n > 1 else { return nil }
    let (a, b) = (sums(x), sums(y))
    let m = n * (n - 1)
    var variance = (m * (2 * n + 5) - a.fives - b.fives) / 18 + a.pairs * b.pairs / (2 * m)
    if n > 2 { variance += a.triples * b.triples / (9 * m * (n - 2)) }
    return variance
}
