/// How far a group's representativeness can be raised by telling the model who it is.
public struct Steerability: Codable, Hashable, Sendable {
    /// The format of the greatest mean, as Santurkar chose it: optimistic, as the greatest of several is biased up.
    public let bestFormat: Int
    public let best: Double
    /// The format chosen on every second item and judged on the others, both ways, averaged. `nil` where a half has no
    /// item of some format.
    public let crossed: Double?
    /// Without steering; `nil` where not measured.
    public let unsteered: Double?

    /// `crossed` less `unsteered`: what steering is worth.
    public var gain: Double? { crossed.flatMap { crossed in unsteered.map { crossed - $0 } } }
}

/// Steerability of one group toward itself.
///
/// - Parameters:
///   - formats: Representativeness by format (qa, bio, portray) and item, against the group's own answers; `nil`
///     where undefined. The first of equal means is taken.
///   - unsteered: The same without steering.
/// - Returns: Each 0...1, up; `nil` without formats or where none has an item.
/// - Complexity: O(formats items).
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", section 4.3; `crossed` is ours.
public func steerability(formats: [[Double?]], unsteered: [Double?] = []) -> Steerability? {
    func mean(_ values: [Double?], _ half: Int? = nil) -> Double? {
        let kept = values.enumerated().compactMap { half == nil || $0 % 2 == half ? $1 : nil }
        return kept.isEmpty ? nil : kept.reduce(0, +) / Double(kept.count)
    }
    func greatest(_ means: [Double?]) -> Int? {
        var best: (place: Int, value: Double)?
        for (place, value) in means.enumerated() {
            if let value, value > best?.value ?? -.infinity { best = (place, value) }
        }
        return best?.place
    }
    let means = formats.map { mean($0) }
    guard let best = greatest(means), let value = means[best] else { return nil }
    let halves = [0, 1].compactMap { half in
        greatest(formats.map { mean($0, half) }).flatMap { mean(formats[$0], 1 - half) }
    }
    return Steerability(
        bestFormat: best, best: value, crossed: halves.count == 2 ? (halves[0] + halves[1]) / 2 : nil,
        unsteered: mean(unsteered))
}
