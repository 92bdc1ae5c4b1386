/// Which of two answers a judge preferred, by the place in which they were shown.
public enum PositionVerdict: String, Codable, Hashable, Sendable, CaseIterable {
    case first, second, tie
}

/// One pair of answers judged twice: as (a, b), then as (b, a).
public struct SwappedPair: Codable, Hashable, Sendable {
    public var forward: PositionVerdict
    public var backward: PositionVerdict

    public init(forward: PositionVerdict, backward: PositionVerdict) {
        (self.forward, self.backward) = (forward, backward)
    }

    /// Whether both orders named the same answer, or both a tie.
    public var isConsistent: Bool {
        switch (forward, backward) {
        case (.first, .second), (.second, .first), (.tie, .tie): true
        default: false
        }
    }
}

/// How far a judge's verdicts follow the answers and how far the place they were shown in.
///
/// - Source: Wang et al. 2023, "Large Language Models are not Fair Evaluators", arXiv:2305.17926, section 2 (conflict
///   rate); Zheng et al. 2023, "Judging LLM-as-a-Judge", arXiv:2306.05685, section 3.3 (consistency, bias to first).
public struct JudgeConsistency: Codable, Hashable, Sendable {
    /// Share of pairs with the same verdict in both orders; up. Tossing a coin gives 0.5, always naming the first 0.
    public let swapConsistency: ShareEstimate?
    /// Share of verdicts, ties left out, for the answer shown first; 0.5 is unbiased. Its interval counts pairs, not
    /// verdicts, as the two of a pair may depend on each other.
    public let firstShown: ShareEstimate?
    /// Share that named the first both times among pairs that named one place twice: the bias where it decided.
    public let firstAmongSwapped: ShareEstimate?
    /// Share of verdicts that were ties.
    public let ties: ShareEstimate?

    /// Each is `nil` where no verdict bears on it.
    public init(_ pairs: [SwappedPair]) {
        let verdicts = pairs.flatMap { [$0.forward, $0.backward] }
        func count(_ verdict: PositionVerdict) -> Int { verdicts.count { $0 == verdict } }
        func twice(_ verdict: PositionVerdict) -> Int {
            pairs.count { $0 == SwappedPair(forward: verdict, backward: verdict) }
        }
        let decided = pairs.count { $0 != SwappedPair(forward: .tie, backward: .tie) }
        swapConsistency = ShareEstimate(count: pairs.count(where: \.isConsistent), of: pairs.count)
        firstShown = ShareEstimate(count: count(.first), of: count(.first) + count(.second), independent: decided)
        firstAmongSwapped = ShareEstimate(count: twice(.first), of: twice(.first) + twice(.second))
        ties = ShareEstimate(count: count(.tie), of: verdicts.count, independent: pairs.count)
    }
}
