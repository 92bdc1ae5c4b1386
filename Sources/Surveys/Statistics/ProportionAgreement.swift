/// How often answers agree with the true ones, beside what the commonest answer alone would reach.
public struct ProportionAgreement: Codable, Hashable, Sendable {
    /// With its Wilson interval.
    public let agreement: ShareEstimate
    /// The share of the commonest true answer: guessing it always agrees as often.
    public let majorityBaseline: Double

    /// What of the room above the baseline was won; 0 at the baseline, 1 when perfect. `nil` where the baseline is 1.
    public var lift: Double? {
        majorityBaseline < 1 ? (agreement.share - majorityBaseline) / (1 - majorityBaseline) : nil
    }
}

/// The share of pairs that are equal, with the majority baseline.
///
/// - Parameters:
///   - answers: As given or predicted.
///   - truth: Of the same people.
/// - Returns: `nil` without pairs.
/// - Complexity: O(n).
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, table 1 (proportion agreement).
public func proportionAgreement<Answer: Hashable>(_ answers: [Answer], _ truth: [Answer]) -> ProportionAgreement? {
    precondition(answers.count == truth.count, "pairs")
    var counts: [Answer: Int] = [:]
    for answer in truth { counts[answer, default: 0] += 1 }
    guard let most = counts.values.max(),
        let agreement = ShareEstimate(count: zip(answers, truth).count { $0 == $1 }, of: truth.count)
    else { return nil }
    return ProportionAgreement(agreement: agreement, majorityBaseline: Double(most) / Double(truth.count))
}
