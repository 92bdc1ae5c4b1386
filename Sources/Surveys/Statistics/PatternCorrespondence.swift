/// How near a model's associations between items are to people's.
public struct PatternCorrespondence: Codable, Hashable, Sendable {
    /// Of V_model - V_human; 0 is ideal, but gains and losses cancel.
    public let meanDifference: Double
    /// 0 or more, down.
    public let meanAbsoluteDifference: Double
    /// 0 or more, down.
    public let rootMeanSquare: Double
    /// Of the two vectors over pairs, -1...1, up; `nil` under 2 pairs or where one does not vary.
    public let correlation: Double?
    /// Pairs of items with both values, and those left out as one was undefined.
    public let pairs: Int
    public let undefined: Int
}

/// Argyle's pattern correspondence over pairs of items.
///
/// Read it beside that of one half of the people with the other.
///
/// - Parameters:
///   - model: An association for each pair of items, `nil` where undefined, as from `cramersVPattern`.
///   - human: Of people, in the same order.
/// - Returns: `nil` without a pair that has both.
/// - Complexity: O(pairs).
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, study 3.
public func patternCorrespondence(model: [Double?], human: [Double?]) -> PatternCorrespondence? {
    precondition(model.count == human.count, "the same pairs of items")
    let both = zip(model, human).compactMap { model, human in model.flatMap { model in human.map { (model, $0) } } }
    guard !both.isEmpty else { return nil }
    let n = Double(both.count)
    let differences = both.map { $0.0 - $0.1 }
    return PatternCorrespondence(
        meanDifference: differences.reduce(0, +) / n,
        meanAbsoluteDifference: differences.reduce(0) { $0 + abs($1) } / n,
        rootMeanSquare: (differences.reduce(0) { $0 + $1 * $1 } / n).squareRoot(),
        correlation: pearsonCorrelation(both.map(\.0), both.map(\.1)),
        pairs: both.count, undefined: model.count - both.count)
}

/// Cramer's V of every pair of items, (0, 1), (0, 2), ... (1, 2), ...
///
/// - Parameters:
///   - answers: By item and person, each an option or `nil`; a pair is taken over those who answered both.
///   - optionCounts: By item.
///   - weights: Of the people, all alike where `nil`.
///   - biasCorrected: Bergsma's V, at Kish's effective size of those who answered both.
/// - Returns: Each 0...1; `nil` where one item of a pair does not vary.
/// - Complexity: O(items^2 people).
public func cramersVPattern(
    _ answers: [[Int?]], optionCounts: [Int], weights: [Double]? = nil, biasCorrected: Bool = false
) -> [Double?] {
    precondition(answers.count == optionCounts.count, "one count of options an item")
    return answers.indices.flatMap { i in
        ((i + 1)..<max(i + 1, answers.count)).map { j in
            let table = crossTable(
                answers[i], answers[j], rows: optionCounts[i], columns: optionCounts[j], weights: weights)
            guard biasCorrected else { return cramersV(table) }
            let both = answers[i].indices.filter { answers[i][$0] != nil && answers[j][$0] != nil }
            return biasCorrectedCramersV(table, n: effectiveSize(weights: both.map { weights?[$0] ?? 1 }))
        }
    }
}
