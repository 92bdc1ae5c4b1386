/// How well one group is represented beside the others.
///
/// Groups are compared by their mean ``excessDistance(_:floor:)`` over the items that all of them answered, so that a
/// group is not last because it is small.
public struct GroupStanding: Codable, Hashable, Sendable {
    public var scale: Scale
    public var group: String
    public var correction: String
    /// Items behind the figures.
    public var questions: Int
    /// Mean similarity on them, 0...1, and the noise floor there.
    public var similarity: Double
    public var noiseFloor: Double
    /// Mean distance beyond sampling noise, 0 = as close as a sample of the group itself.
    public var excess: Double
    /// `excess` minus the mean of the other groups': above 0, represented worse than they are. With a 95% interval of
    /// resampled respondents and personas.
    public var difference: ComparisonCell.Estimate
    /// One-sided p of "no worse than the mean of the others", 0...1; normal, with the resamples' spread. `nil` without
    /// resamples.
    public var p: Double?
    /// The same adjusted by Holm over all groups of one scale and correction.
    public var adjusted: Double?
    public var humanCount: Int
    public var humanEffectiveSize: Double
    public var modelCount: Int

    /// Whether the group is represented worse than the others at a familywise 5%.
    public var isWorse: Bool { adjusted.map { $0 <= 0.05 } ?? false }
}

/// What ranking groups needs of each: its cells of one scale, with resampled similarities.
struct StandingInput {
    /// `nil` over all, which is not ranked.
    var group: String?
    var items: [String: (similarity: Double, floor: Double, draws: [Double])]
    var humanCount: Int
    var humanEffectiveSize: Double
    var modelCount: Int
}

/// The groups of one scale and correction, the least well represented first; equals by name.
///
/// - Returns: Empty under two groups, or where no item was answered by all.
func standings(_ inputs: [StandingInput], scale: Scale, correction: String) -> [GroupStanding] {
    let inputs = inputs.filter { $0.group != nil }
    guard inputs.count > 1, let first = inputs.first else { return [] }
    let items = first.items.keys.filter { item in inputs.allSatisfy { $0.items[item] != nil } }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !items.isEmpty else { return [] }
    let values = inputs.map { input in items.compactMap { input.items[$0] } }
    let excess = values.map { mean($0.map { excessDistance(1 - $0.similarity, floor: 1 - $0.floor) }) ?? 0 }
    let repeats = values[0][0].draws.count
    // A resample has the noise of the sample and its own: twice the variance. One in which somebody has no answers says
    // nothing about anybody.
    let draws = values.map { group in
        (0..<repeats).map { b in
            mean(group.map { excessDistance(1 - $0.draws[b], floor: (1 - $0.floor) * 2.0.squareRoot()) }) ?? .nan
        }
    }
    var standings = inputs.indices.map { index in
        let rest = inputs.indices.filter { $0 != index }
        let difference = excess[index] - (mean(rest.map { excess[$0] }) ?? 0)
        let drawn = (0..<repeats).map { b in draws[index][b] - (mean(rest.map { draws[$0][b] }) ?? .nan) }
        let spread = deviation(drawn)
        let width = spread.map { 1.959963984540054 * $0 }
        return GroupStanding(
            scale: scale, group: inputs[index].group ?? "", correction: correction, questions: items.count,
            similarity: mean(values[index].map(\.similarity)) ?? 0, noiseFloor: mean(values[index].map(\.floor)) ?? 0,
            excess: excess[index],
            difference: .init(value: difference, low: width.map { difference - $0 }, high: width.map { difference + $0 }),
            p: spread.map { NormalDistribution.survival(difference / $0) }, adjusted: nil,
            humanCount: inputs[index].humanCount, humanEffectiveSize: inputs[index].humanEffectiveSize,
            modelCount: inputs[index].modelCount)
    }
    let tested = standings.indices.filter { standings[$0].p != nil }
    let adjusted = holmAdjusted(tested.compactMap { standings[$0].p })
    for (index, value) in zip(tested, adjusted) { standings[index].adjusted = value }
    return standings.sorted {
        $0.excess == $1.excess ? $0.group.utf8.lexicographicallyPrecedes($1.group.utf8) : $0.excess > $1.excess
    }
}

/// The standard deviation of the finite ones; `nil` under two, or where they do not differ.
func deviation(_ draws: [Double]) -> Double? {
    let finite = draws.filter(\.isFinite)
    guard finite.count > 1, let middle = mean(finite) else { return nil }
    let squares = finite.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    let deviation = (squares / Double(finite.count - 1)).squareRoot()
    return deviation > 0 ? deviation : nil
}
