/// Which of two sets of answers by the same personas is closer to people, over all or in one group.
public struct PairedDifference: Codable, Hashable, Sendable {
    public var scale: Scale
    /// `nil` over all.
    public var group: String?
    public var correction: String
    /// Items that both answered.
    public var questions: Int
    /// Mean similarity of either on them, 0...1.
    public var first: Double
    public var second: Double
    /// Second minus first: above 0, the second is closer. With a 95% interval of respondents and personas resampled
    /// together, the same draws for both.
    public var difference: ComparisonCell.Estimate
    /// Two-sided p of "equally close", 0...1; normal, with the resamples' spread. `nil` without resamples, or where the
    /// two answer alike.
    public var p: Double?
    /// The same adjusted by Holm over all groups of one scale and correction.
    public var adjusted: Double?
    public var humanEffectiveSize: Double
    public var modelCount: Int
}

/// Compares two sets of answers by the same personas to the same questions beside the same people.
///
/// - Parameters:
///   - variable: Also group by group.
///   - seeded: Makes the generator of the resamples: the same twice, so that draws are paired.
/// - Returns: By scale, over all first, then by group.
/// - Precondition: The same humans, and the same personas in the same order.
public func pairedDifferences<Generator: RandomNumberGenerator>(
    _ first: Comparer, _ second: Comparer, by variable: String?, seeded: () -> Generator
) -> [PairedDifference] {
    precondition(first.people.map(\.persona) == second.people.map(\.persona), "the same personas")
    precondition(first.repeats == second.repeats && first.humans.count == second.humans.count, "the same people")
    var (one, two) = (seeded(), seeded())
    let a = first.compared(by: variable, using: &one).inputs
    let b = second.compared(by: variable, using: &two).inputs
    return [Scale.ordinal, .nominal].flatMap { scale in
        var found = (a[scale] ?? []).compactMap { left -> PairedDifference? in
            guard let right = b[scale]?.first(where: { $0.group == left.group }) else { return nil }
            return difference(left, right, scale: scale, correction: first.correction)
        }
        let tested = found.indices.filter { found[$0].p != nil }
        for (index, value) in zip(tested, holmAdjusted(tested.compactMap { found[$0].p })) { found[index].adjusted = value }
        return found
    }
}

private func difference(
    _ left: StandingInput, _ right: StandingInput, scale: Scale, correction: String
) -> PairedDifference? {
    let items = left.items.keys.filter { right.items[$0] != nil }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let pairs = items.compactMap { item in left.items[item].flatMap { a in right.items[item].map { (a, $0) } } }
    guard let first = mean(pairs.map(\.0.similarity)), let second = mean(pairs.map(\.1.similarity)) else { return nil }
    let drawn = (0..<(pairs.first?.0.draws.count ?? 0)).map { b in
        mean(pairs.map { $0.1.draws[b] - $0.0.draws[b] }) ?? .nan
    }
    let (value, spread) = (second - first, deviation(drawn))
    let width = spread.map { 1.959963984540054 * $0 }
    return PairedDifference(
        scale: scale, group: left.group, correction: correction, questions: items.count, first: first, second: second,
        difference: .init(value: value, low: width.map { value - $0 }, high: width.map { value + $0 }),
        p: spread.map { NormalDistribution.twoSided(value / $0) }, adjusted: nil,
        humanEffectiveSize: left.humanEffectiveSize, modelCount: left.modelCount)
}
