public import LanguageModels

/// What a subject decided once, uncorrected.
public struct DecidedAnswer: Codable, Hashable, Sendable {
    public var subject: String
    public var decision: String
    /// From 0.
    public var repetition: Int
    /// From 1 in a game of several; else 0.
    public var round: Int
    /// The option that stood in each place; empty for decisions without options.
    public var order: [Int]
    public var method: ElicitationMethod
    /// Of each outcome in the file's order, for `letters` and `words`; empty for `sample`.
    public var evidence: [ContinuationScore]
    /// `sample`: which outcome was read, for choices and coded text.
    public var chosen: Int?
    /// `sample`: the number, or one for each part of a split.
    public var numbers: [Double]
    public var refused: Bool
    /// No decision could be read, and it was no refusal. Never taken for any of the options.
    public var unparsed: Bool
    /// `sample`: the words, the repaired ones where they were asked for.
    public var text: String?
    /// `letters`: probability on any label, 0...1.
    public var coveredMass: Double?
    /// Keys of the completions it came from.
    public var completions: [String]

    public init(
        subject: String, decision: String, repetition: Int = 0, round: Int = 0, order: [Int] = [],
        method: ElicitationMethod, evidence: [ContinuationScore] = [], chosen: Int? = nil, numbers: [Double] = [],
        refused: Bool = false, unparsed: Bool = false, text: String? = nil, coveredMass: Double? = nil,
        completions: [String]
    ) {
        (self.subject, self.decision, self.repetition, self.round) = (subject, decision, repetition, round)
        (self.order, self.method, self.evidence, self.chosen) = (order, method, evidence, chosen)
        (self.numbers, self.refused, self.unparsed, self.text) = (numbers, refused, unparsed, text)
        (self.coveredMass, self.completions) = (coveredMass, completions)
    }

    /// Shares over the outcomes of a decision that has some: all on one where it was drawn.
    ///
    /// - Returns: Each 0...1, sum 1; `nil` where nothing was decided, and for amounts and splits.
    public func shares(of decision: Decision) -> [Double]? {
        guard let outcomes = decision.outcomes else { return nil }
        if method == .sample {
            let place: Int?
            if case .integer(let low, _) = decision.kind { place = numbers.first.map { Int($0) - low } } else { place = chosen }
            guard let place, outcomes.indices.contains(place) else { return nil }
            return outcomes.indices.map { $0 == place ? 1 : 0 }
        }
        let scored = ElicitedAnswer(
            persona: subject, question: self.decision, method: method,
            options: evidence.map { .init(logLikelihood: $0.logLikelihood, tokenCount: $0.tokenCount) },
            coveredMass: coveredMass, completions: completions)
        guard scored.options.count == outcomes.count else { return nil }
        return Correction.uncorrected.shares([scored], optionCount: outcomes.count)
    }
}
