/// What something adds to the shares of an answer, on average over people.
///
///     MeanEffect([[0.2, -0.2], [0, 0]], using: &generator).mean   // [0.1, -0.1]
///
/// Intervals are percentiles of a bootstrap over people with their weights.
///
/// - Source: Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13.
public struct MeanEffect: Codable, Hashable, Sendable {
    /// By option, -1...1; sums to 0.
    public var mean: [Double]
    /// Of the 95% intervals; `nil` under two people.
    public var low: [Double]?
    public var high: [Double]?
    /// Mean over people of the total variation, 0...1: how far it moves each, whatever the direction.
    public var moved: Double
    public var people: Int

    /// - Parameters:
    ///   - effects: By person, then option; shares with it minus shares without.
    ///   - weights: By person, above 0; 1 each where `nil`.
    ///   - repeats: Of the bootstrap, at least 40 for intervals.
    /// - Returns: `nil` of nobody.
    /// - Complexity: O(repeats * people * options).
    public init?(
        _ effects: [[Double]], weights: [Double]? = nil, repeats: Int = 1000, using generator: inout some RandomNumberGenerator
    ) {
        guard let first = effects.first else { return nil }
        let weights = weights ?? effects.map { _ in 1 }
        func means(_ counts: [Double]) -> [Double] {
            var (sums, total) = (first.map { _ in 0.0 }, 0.0)
            for person in effects.indices where counts[person] > 0 {
                let weight = weights[person] * counts[person]
                total += weight
                for option in sums.indices { sums[option] += weight * effects[person][option] }
            }
            return sums.map { $0 / total }
        }
        mean = means(effects.map { _ in 1 })
        let total = weights.reduce(0, +)
        moved = zip(effects, weights).reduce(0) { $0 + $1.1 * AnswerInfluence.size($1.0) } / total
        people = effects.count
        guard effects.count > 1, repeats >= 40 else { return }
        var drawn: [[Double]] = []
        for _ in 0..<repeats {
            var counts = effects.map { _ in 0.0 }
            for _ in effects { counts[Int.random(in: effects.indices, using: &generator)] += 1 }
            drawn.append(means(counts))
        }
        let sorted = first.indices.map { option in drawn.map { $0[option] }.sorted() }
        low = sorted.map { quantile($0, 0.025) }
        high = sorted.map { quantile($0, 0.975) }
    }

    /// Whether the interval of the option moved most lies on one side of 0.
    public var excludesNone: Bool {
        guard let low, let high else { return false }
        return low[option] > 0 || high[option] < 0
    }

    /// The option whose share is moved most, of equals the first.
    public var option: Int {
        mean.indices.max { abs(mean[$0]) < abs(mean[$1]) || abs(mean[$0]) == abs(mean[$1]) && $0 > $1 } ?? 0
    }
}
