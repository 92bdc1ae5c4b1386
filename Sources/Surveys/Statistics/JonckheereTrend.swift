/// A test of whether values go up from each group to the next.
public struct JonckheereTrend: Codable, Hashable, Sendable {
    /// How many pairs from two groups are the greater in the later one, ties as halves.
    public let statistic: Double
    /// Of a statistic without any trend.
    public let expected: Double
    /// One-sided p of "not upwards", 0...1.
    public let pUp: Double
    /// One-sided p of "not downwards".
    public let pDown: Double
    /// Two-sided: twice the smaller, 1 at most.
    public let p: Double
    /// Whether every allocation of the values was counted, or the normal approximation with ties taken.
    public let isExact: Bool

    /// The share of pairs that go up minus the share that go down, -1...1; 0 without a trend.
    public var strength: Double { (statistic - expected) / expected }
}

/// Jonckheere and Terpstra's test of groups in the order of a hypothesis: arms by dose, people by ideology.
///
///     jonckheereTrend([[1, 2], [3, 4]])   // J 4 of 4, pUp 1/6
///
/// Exact, ties included, where the groups are so small that every allocation can be counted (by dynamic programming over
/// how much of each group is filled); else normal. Values must be independent: for the same people in all groups see
/// `pageTrend`.
///
/// - Parameters:
///   - groups: In order; neither empty nor with NaN.
///   - limit: Greatest number of states counted.
/// - Returns: `nil` with fewer than 2 groups, an empty group, a value that is not a number, or all values equal.
/// - Complexity: O(N^2) for the statistic and the normal p; O(limit) states, each with the splits of one tie, where exact.
/// - Source: Jonckheere 1954, doi:10.1093/biomet/41.1-2.133; Terpstra 1952; Hollander, Wolfe and Chicken 2014,
///   "Nonparametric Statistical Methods", section 6.2, equation 6.19 for ties.
public func jonckheereTrend(_ groups: [[Double]], limit: Int = 1_000_000) -> JonckheereTrend? {
    let all = groups.flatMap { $0 }
    guard groups.count > 1, groups.allSatisfy({ !$0.isEmpty }), !all.contains(where: \.isNaN), Set(all).count > 1
    else { return nil }
    // Twice the statistic, so that ties are whole numbers.
    var twice = 0
    for (place, earlier) in groups.enumerated() {
        for later in groups[(place + 1)...] {
            for a in earlier { for b in later { twice += a < b ? 2 : a == b ? 1 : 0 } }
        }
    }
    let sizes = groups.map(\.count)
    let pairs = sizes.indices.reduce(0) { sum, i in sum + sizes[i] * sizes[(i + 1)...].reduce(0, +) }
    let ties = tieSizes(all)
    let states = sizes.reduce(1.0) { $0 * Double($1 + 1) } * Double(2 * pairs + 1)
    let (up, down, exact): (Double, Double, Bool)
    if states <= Double(limit) {
        let chances = allocationChances(sizes, ties: ties, pairs: pairs)
        up = min(1, chances[twice...].reduce(0, +))
        down = min(1, chances[...twice].reduce(0, +))
        exact = true
    } else {
        let z = (Double(twice) - Double(pairs)) / 2 / jonckheereVariance(sizes, ties: ties).squareRoot()
        (up, down, exact) = (NormalDistribution.survival(z), NormalDistribution.cumulative(z), false)
    }
    return JonckheereTrend(
        statistic: Double(twice) / 2, expected: Double(pairs) / 2, pUp: up, pDown: down, p: min(1, 2 * min(up, down)),
        isExact: exact)
}

/// How many values are equal, by values ascending.
private func tieSizes(_ values: [Double]) -> [Int] {
    var sizes: [Int] = []
    var last: Double?
    for value in values.sorted() {
        if value == last { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
        last = value
    }
    return sizes
}

/// The chance of each value of twice the statistic, 0...2 `pairs`, over all allocations of the values to groups.
private func allocationChances(_ sizes: [Int], ties: [Int], pairs: Int) -> [Double] {
    // A state is how much of each group is filled by the values so far, as the digits of a number.
    let strides = sizes.indices.map { place in sizes[..<place].reduce(1) { $0 * ($1 + 1) } }
    var weights: [Int: [Double]] = [0: [Double](repeating: 0, count: 2 * pairs + 1)]
    weights[0]?[0] = 1
    var seen = 0
    let total = sizes.reduce(0, +)
    for tie in ties {
        var next: [Int: [Double]] = [:]
        // Equal numbers are added in the order of the states.
        for (state, distribution) in weights.sorted(by: { $0.key < $1.key }) {
            let filled = sizes.indices.map { state / strides[$0] % (sizes[$0] + 1) }
            func place(_ left: Int, in group: Int, _ to: Int, _ gain: Int, _ ways: Double, _ before: (full: Int, tied: Int)) {
                guard group < sizes.count else {
                    guard left == 0 else { return }
                    var sums = next[to] ?? [Double](repeating: 0, count: 2 * pairs + 1)
                    for (value, weight) in distribution.enumerated() where weight > 0 { sums[value + gain] += ways * weight }
                    next[to] = sums
                    return
                }
                let room = sizes[group] - filled[group]
                for count in 0...min(left, room) {
                    place(
                        left - count, in: group + 1, to + count * strides[group],
                        gain + count * (2 * before.full + before.tied), ways * choose(room, count),
                        (before.full + filled[group], before.tied + count))
                }
            }
            place(tie, in: 0, state, 0, 1 / choose(total - seen, tie), (0, 0))
        }
        weights = next
        seen += tie
    }
    return weights.values.first ?? []
}

private func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
}

private func jonckheereVariance(_ sizes: [Int], ties: [Int]) -> Double {
    let n = Double(sizes.reduce(0, +))
    func sum(_ counts: [Int], _ term: (Double) -> Double) -> Double { counts.reduce(0) { $0 + term(Double($1)) } }
    func cube(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
    func triple(_ t: Double) -> Double { t * (t - 1) * (t - 2) }
    func pair(_ t: Double) -> Double { t * (t - 1) }
    var variance = (cube(n) - sum(sizes, cube) - sum(ties, cube)) / 72
    if n > 2 { variance += sum(sizes, triple) * sum(ties, triple) / (36 * triple(n)) }
    return variance + sum(sizes, pair) * sum(ties, pair) / (8 * pair(n))
}
