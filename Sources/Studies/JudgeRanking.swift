import Kernel
import Surveys

/// How conditions stand after a judge compared their answers in pairs.
struct JudgeRanking: Sendable {
    struct Standing: Sendable {
        var rating: AveragedRating
        var wins: Int
        var ties: Int
        var losses: Int
    }

    /// `nil` for all questions together.
    var category: String?
    /// By condition.
    var standings: [Standing]
    /// People and questions for which every pair of conditions was judged: what the rank tests rest on.
    var complete: Int
    /// `nil` where undefined: fewer than two conditions ranked, or all ranks equal.
    var kruskalWallis: KruskalWallis?
    var dunn: [DunnComparison]

    /// Shuffles that ratings are averaged over.
    static let orders = 200

    init(_ pairs: [JudgedPair], conditions: Int, category: String?, seed: UInt64) {
        self.category = category
        let outcomes = pairs.compactMap(\.outcome)
        var stream = RandomStream(seed: seed, "judge", category ?? "")
        let ratings = trueSkill(of: outcomes, players: conditions, orders: Self.orders, using: &stream)
        standings = (0..<conditions).map { condition in
            Standing(
                rating: ratings[condition], wins: outcomes.count { !$0.draw && $0.winner == condition },
                ties: outcomes.count { $0.draw && [$0.winner, $0.loser].contains(condition) },
                losses: outcomes.count { !$0.draw && $0.loser == condition })
        }
        let groups = Self.ranks(pairs, conditions: conditions)
        complete = groups[0].count
        kruskalWallis = Surveys.kruskalWallis(groups)
        dunn = dunnTest(groups) ?? []
    }

    /// Each condition's ranks, the best being the number of conditions, within every person and question where all
    /// pairs were judged: by wins, a tie being half of one; equal ones share the mean of theirs.
    static func ranks(_ pairs: [JudgedPair], conditions: Int) -> [[Double]] {
        var groups = [[Double]](repeating: [], count: conditions)
        var start = 0
        while start < pairs.count {
            let unit = pairs[start...].prefix { $0.persona == pairs[start].persona && $0.question == pairs[start].question }
            start += unit.count
            let outcomes = unit.compactMap(\.outcome)
            guard outcomes.count == conditions * (conditions - 1) / 2 else { continue }
            var points = [Double](repeating: 0, count: conditions)
            for outcome in outcomes {
                points[outcome.winner] += outcome.draw ? 0.5 : 1
                if outcome.draw { points[outcome.loser] += 0.5 }
            }
            for condition in 0..<conditions {
                let less = points.count { $0 < points[condition] }
                let equal = points.count { $0 == points[condition] }
                groups[condition].append(Double(less) + Double(equal + 1) / 2)
            }
        }
        return groups
    }
}
