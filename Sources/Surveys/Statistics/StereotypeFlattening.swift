/// How a model's spread on one item compares with people's, over all and split by groups.
///
/// A model that flattens its personas into stereotypes has `within` under 1 (members of a group answer alike) with
/// `between` about or over 1 (groups stand as far apart, or farther).
public struct StereotypeFlattening: Codable, Hashable, Sendable {
    /// var(model) / var(human) of everybody; 1 is ideal.
    public let overall: Double?
    /// sum_g s_g var_g(model) / sum_g s_g var_g(human).
    public let within: Double?
    /// The variance of the groups' means, model over human.
    public let between: Double?
    /// Each group's own ratio, in order.
    public let groups: [Double?]
}

/// Splits a model's variance ratio into what lies within groups and what between them (the law of total variance).
///
/// - Parameters:
///   - model: Shares by group and option; each sums to 1.
///   - human: The same of people.
///   - shares: How much of the population each group is; scaled to sum to 1. Both sides use them.
///   - positions: Places on the scale, in option order.
/// - Returns: Ratios 0 or more, each `nil` where people's own variance is 0; `nil` without groups.
/// - Complexity: O(groups k).
/// - Source: Cheng et al. 2023, "CoMPosT: Characterizing and Evaluating Caricature in LLM Simulations",
///   arXiv:2310.11501, for the failure; the split is the one-way analysis of variance.
public func stereotypeFlattening(
    model: [[Double]], human: [[Double]], shares: [Double], positions: [Double]
) -> StereotypeFlattening? {
    precondition(model.count == human.count && model.count == shares.count, "one of each a group")
    let total = shares.reduce(0, +)
    guard total > 0 else { return nil }
    let sizes = shares.map { $0 / total }
    func parts(_ answers: [[Double]]) -> (within: Double, between: Double) {
        let means = answers.map { mean($0, positions: positions) }
        let grand = zip(sizes, means).reduce(0) { $0 + $1.0 * $1.1 }
        return (
            zip(sizes, answers).reduce(0) { $0 + $1.0 * variance($1.1, positions: positions) },
            zip(sizes, means).reduce(0) { $0 + $1.0 * ($1.1 - grand) * ($1.1 - grand) }
        )
    }
    let (ours, theirs) = (parts(model), parts(human))
    func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
    return StereotypeFlattening(
        overall: ratio(ours.within + ours.between, theirs.within + theirs.between),
        within: ratio(ours.within, theirs.within),
        between: ratio(ours.between, theirs.between),
        groups: zip(model, human).map { varianceRatio(model: $0, human: $1, positions: positions) })
}

/// The share of items on which a model's answers are less varied than people's, H(model) < H(human).
///
/// - Returns: With its Wilson interval, which takes items for independent; 0.5 is expected of an equal sample. `nil`
///   without items.
public func compressedShare(model: [[Double]], human: [[Double]]) -> ShareEstimate? {
    precondition(model.count == human.count, "the same items")
    return ShareEstimate(count: zip(model, human).count { entropy($0) < entropy($1) }, of: model.count)
}
