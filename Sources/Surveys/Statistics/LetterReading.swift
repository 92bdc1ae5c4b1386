#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What the most likely next tokens say about the letters of a question's options.
public struct LetterReading: Codable, Hashable, Sendable {
    /// Chance of each letter as read, not normalised; an unlisted letter has what is left for it.
    public let probabilities: [Double]
    /// The same, sum 1.
    public let shares: [Double]
    /// Which letters were not among the listed tokens.
    public let missing: [Bool]
    /// The listed letters' whole chance, 0...1: the rest went to tokens that are no answer. A letter counts once for
    /// each of its spellings.
    public let coveredMass: Double
}

/// Santurkar's reading of letters from the listed log probabilities of the next token.
///
/// Of " A" and "A" the greater counts, not the sum. A letter that is not listed gets
/// min(least listed chance, (1 - sum of listed) / missing letters), the most it can have had.
///
/// - Parameters:
///   - listed: Log probability (natural) by token. Their order does not matter.
///   - letters: Of the options, refusals last: `A`, `B`, ...
/// - Returns: `nil` where nothing is listed, or nothing is left for letters of which none is listed.
/// - Complexity: O(listed + letters).
/// - Source: Santurkar et al. 2023, `helpers.py`, `get_probabilities`, in github.com/tatsu-lab/opinions_qa.
public func letterReading(_ listed: [String: Double], letters: [String]) -> LetterReading? {
    let chances = listed.values.sorted().map { exp($0) }
    guard let least = chances.first, !letters.isEmpty else { return nil }
    let found = letters.map { letter in [listed[" " + letter], listed[letter]].compactMap { $0 }.max().map { exp($0) } }
    let absent = found.count { $0 == nil }
    let left = absent > 0 ? min(least, max(0, 1 - chances.reduce(0, +)) / Double(absent)) : 0
    let probabilities = found.map { $0 ?? left }
    let total = probabilities.reduce(0, +)
    guard total > 0 else { return nil }
    let covered = letters.reduce(0) { sum, letter in
        [listed[" " + letter], listed[letter]].compactMap { $0 }.reduce(sum) { $0 + exp($1) }
    }
    return LetterReading(
        probabilities: probabilities, shares: probabilities.map { $0 / total }, missing: found.map { $0 == nil },
        coveredMass: min(1, covered))
}
