/// Whether a model stands with the same group whatever the topic.
public struct AttributeConsistency: Codable, Hashable, Sendable {
    /// The share of topics whose best-represented group is the best overall; 0...1, up.
    public let share: Double
    /// Groups best overall; several where they tie.
    public let best: [Int]
    /// Topics with a value for every group.
    public let topics: Int
    /// What a model that stands with a random group each time would reach, 1 / groups.
    public let randomBaseline: Double
}

/// Santurkar's consistency for one attribute.
///
/// The best of noisy values is noise where groups are close: report a bootstrap share of each best group beside it.
///
/// - Parameters:
///   - topics: Representativeness by topic and group; a topic with a `nil` is left out.
///   - overall: Representativeness by group over all topics. Ties count by the pairs of tied groups that agree.
/// - Returns: `nil` under 2 groups, where an overall value is `nil`, or without topics.
/// - Complexity: O(topics groups).
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", section 4.4.
public func consistency(topics: [[Double?]], overall: [Double?]) -> AttributeConsistency? {
    let groups = overall.count
    precondition(topics.allSatisfy { $0.count == groups }, "one value a group")
    func greatest(_ values: [Double?]) -> [Int]? {
        let defined = values.compactMap { $0 }
        guard defined.count == groups, let top = defined.max() else { return nil }
        return defined.indices.filter { defined[$0] == top }
    }
    let bests = topics.compactMap(greatest)
    guard groups > 1, let best = greatest(overall), !bests.isEmpty else { return nil }
    let sum = bests.reduce(0) { sum, topic in
        sum + Double(topic.count { best.contains($0) }) / Double(topic.count * best.count)
    }
    return AttributeConsistency(
        share: sum / Double(bests.count), best: best, topics: bests.count, randomBaseline: 1 / Double(groups))
}

/// The mean over attributes, Santurkar's consistency of a model; `nil` without attributes.
public func consistency(_ attributes: [AttributeConsistency]) -> Double? {
    attributes.isEmpty ? nil : attributes.reduce(0) { $0 + $1.share } / Double(attributes.count)
}
