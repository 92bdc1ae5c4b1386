/// How well an agent foretells a person's answers beside how well they repeat themselves weeks later.
public struct NormalisedAccuracy: Codable, Hashable, Sendable {
    /// Mean over people of the agent's agreement with their first answers, 0...1.
    public let accuracy: Double
    /// Mean over people of their second answers' agreement with their first, 0...1.
    public let consistency: Double
    /// Mean over people of accuracy / consistency, as Park's; may exceed 1. `nil` where nobody repeats any answer.
    public let meanOfRatios: Double?
    /// accuracy / consistency of the means; may exceed 1. `nil` where consistency is 0.
    public let ratioOfMeans: Double?
    /// People in the mean of ratios: those of consistency > 0.
    public let used: Int
}

/// Park's normalised accuracy, by both averages.
///
/// - Parameters:
///   - first: Answers by person and question.
///   - second: The same people's, later.
///   - agent: Their agents'.
/// - Returns: `nil` without people or where a person has no question.
/// - Complexity: O(people questions).
/// - Source: Park et al. 2024, "Generative Agent Simulations of 1,000 People", arXiv:2411.10109.
public func normalisedAccuracy<Answer: Equatable>(
    first: [[Answer]], second: [[Answer]], agent: [[Answer]]
) -> NormalisedAccuracy? {
    precondition(first.count == second.count && first.count == agent.count, "the same people")
    guard !first.isEmpty, first.allSatisfy({ !$0.isEmpty }) else { return nil }
    func agreement(_ a: [Answer], _ b: [Answer]) -> Double {
        precondition(a.count == b.count, "the same questions")
        return Double(zip(a, b).count { $0 == $1 }) / Double(a.count)
    }
    func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    let raw = zip(agent, first).map(agreement)
    let own = zip(second, first).map(agreement)
    guard let accuracy = mean(raw), let consistency = mean(own) else { return nil }
    let ratios = zip(raw, own).filter { $0.1 > 0 }.map { $0.0 / $0.1 }
    return NormalisedAccuracy(
        accuracy: accuracy, consistency: consistency, meanOfRatios: mean(ratios),
        ratioOfMeans: consistency > 0 ? accuracy / consistency : nil, used: ratios.count)
}
