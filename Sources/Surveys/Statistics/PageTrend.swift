/// A test of whether the same people's values go up from each condition to the next.
public struct PageTrend: Codable, Hashable, Sendable {
    /// L, the sum over people and conditions of place times rank within the person.
    public let statistic: Double
    /// Of an L without any trend.
    public let expected: Double
    /// One-sided p of "not upwards", 0...1.
    public let pUp: Double
    public let pDown: Double
    /// Two-sided: twice the smaller, 1 at most.
    public let p: Double
    /// Whether every order within people was counted, or the normal approximation taken.
    public let isExact: Bool
    /// People.
    public let n: Int
    /// The mean over people of Spearman's correlation between place and rank, people without differences as 0; -1...1.
    public let strength: Double
}

/// Page's test of ordered conditions that the same people went through.
///
///     pageTrend([[1, 2, 3], [1, 3, 2]])   // L 27 of 28 at most, pUp 5/36
///
/// Ties share the mean of their ranks; the variance is that of the person's own ranks in every order, and the exact
/// distribution (up to 7 conditions and 50 people) is the convolution of the people's.
///
/// - Parameter rows: By person, then condition in the order of the hypothesis.
/// - Returns: `nil` under 2 conditions, without people, with a value that is not a number, or where nobody's values differ.
/// - Complexity: O(people conditions^2); exact O(conditions! + people^2 conditions^6).
/// - Source: Page 1963, "Ordered Hypotheses for Multiple Treatments", doi:10.1080/01621459.1963.10500843.
public func pageTrend(_ rows: [[Double]]) -> PageTrend? {
    guard let k = rows.first?.count, k > 1, rows.allSatisfy({ $0.count == k && !$0.contains(where: \.isNaN) })
    else { return nil }
    let ranks = rows.map { midranks($0).ranks }
    let n = Double(rows.count)
    let places = (1...k).map(Double.init)
    let middle = Double(k + 1) / 2
    let statistic = ranks.reduce(0) { $0 + dot(places, $1) }
    let expected = n * Double(k) * middle * middle
    let spread = places.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    let own = ranks.map { row in row.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } }
    let variance = own.reduce(0) { $0 + spread * $1 / Double(k - 1) }
    guard variance > 0 else { return nil }
    let correlations = zip(ranks, own).reduce(0) { sum, row in
        row.1 > 0 ? sum + (dot(places, row.0) - Double(k) * middle * middle) / (spread * row.1).squareRoot() : sum
    }
    let (up, down, exact): (Double, Double, Bool)
    if k <= 7, rows.count <= 50 {
        let chances = orderChances(ranks)
        let twice = Int((2 * statistic).rounded()) - chances.least
        up = min(1, chances.of[twice...].reduce(0, +))
        down = min(1, chances.of[...twice].reduce(0, +))
        exact = true
    } else {
        let z = (statistic - expected) / variance.squareRoot()
        (up, down, exact) = (NormalDistribution.survival(z), NormalDistribution.cumulative(z), false)
    }
    return PageTrend(
        statistic: statistic, expected: expected, pUp: up, pDown: down, p: min(1, 2 * min(up, down)), isExact: exact,
        n: rows.count, strength: correlations / n)
}

/// The chance of each value of 2L from `least` on, over all orders of everybody's ranks.
private func orderChances(_ ranks: [[Double]]) -> (of: [Double], least: Int) {
    var known: [[Int]: (of: [Double], least: Int)] = [:]
    var (sum, least) = ([1.0], 0)
    for row in ranks {
        let doubled = row.map { Int((2 * $0).rounded()) }.sorted()
        let own = known[doubled] ?? orderChances(ofOne: doubled)
        known[doubled] = own
        var next = [Double](repeating: 0, count: sum.count + own.of.count - 1)
        for (a, chance) in sum.enumerated() where chance > 0 {
            for (b, other) in own.of.enumerated() where other > 0 { next[a + b] += chance * other }
        }
        (sum, least) = (next, least + own.least)
    }
    return (sum, least)
}

private func orderChances(ofOne doubled: [Int]) -> (of: [Double], least: Int) {
    let products = doubled.sorted(by: >).enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    let greatest = doubled.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    var chances = [Double](repeating: 0, count: greatest - products + 1)
    var orders = 0.0
    func place(_ left: [Int], _ at: Int, _ sum: Int) {
        guard !left.isEmpty else {
            chances[sum - products] += 1
            orders += 1
            return
        }
        for index in left.indices {
            var rest = left
            rest.remove(at: index)
            place(rest, at + 1, sum + at * left[index])
        }
    }
    place(doubled, 1, 0)
    return (chances.map { $0 / orders }, products)
}
