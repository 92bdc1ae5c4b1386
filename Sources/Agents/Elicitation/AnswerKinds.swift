/// What became of the answers to a question that were drawn and read, as shares of all of them: refusals, "don't know"
/// and what could not be read are three things, and none of them is an opinion.
public struct AnswerKinds: Hashable, Sendable {
    /// Answers drawn, at least 1.
    public var count: Int
    /// 0...1; with `refused`, `dontKnow` and `unparsed` it sums to 1.
    public var read: Double
    public var refused: Double
    public var dontKnow: Double
    public var unparsed: Double

    /// `nil` where there are no answers, or by a method that cannot show it.
    public init?(_ answers: [ElicitedAnswer]) {
        guard !answers.isEmpty, answers.allSatisfy({ $0.method == .sample }) else { return nil }
        func share(_ kind: (ElicitedAnswer) -> Bool) -> Double {
            Double(answers.count(where: kind)) / Double(answers.count)
        }
        count = answers.count
        read = share { $0.chosen != nil }
        refused = share(\.refused)
        dontKnow = share(\.dontKnow)
        unparsed = share(\.unparsed)
    }
}

/// How much of a model's probability the option labels hold between them, over the answers by `letters`.
///
/// What they leave out went to words that are no label: a low figure says that the shares rest on little.
public struct CoveredMass: Hashable, Sendable {
    /// 0...1.
    public var mean: Double
    public var least: Double

    /// `nil` where there are no answers by `letters`.
    public init?(_ answers: [ElicitedAnswer]) {
        let masses = answers.compactMap(\.coveredMass)
        guard let least = masses.min() else { return nil }
        mean = masses.reduce(0, +) / Double(masses.count)
        self.least = least
    }
}
