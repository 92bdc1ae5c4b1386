/// One comparison of two players, by their places. Of a draw either may be called the winner.
public struct PairwiseComparison: Codable, Hashable, Sendable {
    public var winner: Int
    public var loser: Int
    public var draw: Bool

    public init(winner: Int, loser: Int, draw: Bool = false) {
        precondition(winner != loser, "nobody is compared with themselves")
        (self.winner, self.loser, self.draw) = (winner, loser, draw)
    }
}

/// A player's rating over many orders of the same comparisons.
public struct AveragedRating: Codable, Hashable, Sendable {
    /// The mean of mu, and the root of the mean of sigma^2.
    public let rating: TrueSkillRating
    /// The standard deviation of mu between orders, in units of mu: what the order alone moves. `nil` for one order.
    public let orderSpread: Double?
}

/// The players' ratings after the comparisons in the given order.
///
/// - Parameter players: How many; comparisons name them 0..<players.
/// - Returns: One rating a player; one never compared keeps the start.
/// - Source: Herbrich, Minka and Graepel 2006, as `TrueSkill`.
public func trueSkill(
    of comparisons: [PairwiseComparison], players: Int, model: TrueSkill = TrueSkill()
) -> [TrueSkillRating] {
    var ratings = [TrueSkillRating](repeating: model.start, count: players)
    for comparison in comparisons {
        let (winner, loser) = (comparison.winner, comparison.loser)
        (ratings[winner], ratings[loser]) = model.updated(
            winner: ratings[winner], loser: ratings[loser], draw: comparison.draw)
    }
    return ratings
}

/// The players' ratings averaged over shuffled orders, as each update takes the earlier ones for the whole truth and
/// so one order's ratings depend on it.
///
/// The comparisons are sorted before the first shuffle: the same ones with the same generator give the same ratings,
/// however they were listed.
///
/// - Parameters:
///   - players: How many; comparisons name them 0..<players.
///   - orders: Shuffles, > 0; the mean's own error is `orderSpread` / sqrt(orders).
/// - Complexity: O(orders * comparisons).
public func trueSkill(
    of comparisons: [PairwiseComparison], players: Int, model: TrueSkill = TrueSkill(), orders: Int,
    using generator: inout some RandomNumberGenerator
) -> [AveragedRating] {
    precondition(orders > 0, "at least one order")
    var listed = comparisons.map { one in
        one.draw && one.loser < one.winner
            ? PairwiseComparison(winner: one.loser, loser: one.winner, draw: true) : one
    }
    listed.sort { ($0.winner, $0.loser, $0.draw ? 1 : 0) < ($1.winner, $1.loser, $1.draw ? 1 : 0) }
    let runs = (0..<orders).map { _ in
        trueSkill(of: listed.shuffled(using: &generator), players: players, model: model)
    }
    let count = Double(orders)
    return (0..<players).map { player in
        let mean = runs.reduce(0) { $0 + $1[player].mu } / count
        let variance = runs.reduce(0) { $0 + $1[player].sigma * $1[player].sigma } / count
        let squares = runs.reduce(0) { $0 + ($1[player].mu - mean) * ($1[player].mu - mean) }
        return AveragedRating(
            rating: TrueSkillRating(mu: mean, sigma: variance.squareRoot()),
            orderSpread: orders > 1 ? (squares / (count - 1)).squareRoot() : nil)
    }
}
