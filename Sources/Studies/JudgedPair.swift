import Surveys

/// The answers of two conditions to one question by one person, and what the judge made of them.
struct JudgedPair: Sendable {
    enum Judgement: Sendable {
        /// Shown in both orders.
        case judged(SwappedPair)
        /// Both said the same words: a tie without asking.
        case same
        /// The judge named neither answer, in one order at least.
        case unread
    }

    var persona: String
    var question: String
    var category: String?
    /// Places of the conditions, `first` < `second`.
    var first: Int
    var second: Int
    var judgement: Judgement

    /// Who won: the answer named in both orders; a tie where the orders contradict each other; `nil` where unread.
    var outcome: PairwiseComparison? {
        switch judgement {
        case .judged(SwappedPair(forward: .first, backward: .second)): PairwiseComparison(winner: first, loser: second)
        case .judged(SwappedPair(forward: .second, backward: .first)): PairwiseComparison(winner: second, loser: first)
        case .judged, .same: PairwiseComparison(winner: first, loser: second, draw: true)
        case .unread: nil
        }
    }
}

func ~= (pattern: SwappedPair, value: SwappedPair) -> Bool { pattern == value }
