/// How a panel's answers to different questions hang together, beside how people's do.
///
/// Associations are Cramer's V with Bergsma's correction, since people and personas are not equally many. A model can
/// have every share right and none of these, and the reverse.
public struct PanelPattern: Codable, Hashable, Sendable {
    /// Two questions with the association of their answers, 0...1; `nil` where it is undefined.
    public struct Pair: Codable, Hashable, Sendable {
        public var first: String
        public var second: String
        public var human: Double?
        public var model: Double?
        /// Of the drawn people's own answers.
        public var drawn: Double?

        public init(first: String, second: String, human: Double?, model: Double?, drawn: Double?) {
            self.first = first
            self.second = second
            self.human = human
            self.model = model
            self.drawn = drawn
        }
    }

    /// What one half of the people has beside the other, mean over splits.
    public struct Halves: Codable, Hashable, Sendable {
        public var meanAbsoluteDifference: Double
        /// `nil` where it was undefined in every split.
        public var correlation: Double?

        public init(meanAbsoluteDifference: Double, correlation: Double?) {
            self.meanAbsoluteDifference = meanAbsoluteDifference
            self.correlation = correlation
        }
    }

    public var correction: String
    public var pairs: [Pair]
    public var model: PatternCorrespondence
    /// What the drawn people's own answers score beside everybody's; `nil` where they are not known.
    public var drawnPeople: PatternCorrespondence?
    /// `nil` for fewer than 4 people.
    public var halves: Halves?
    public var humanCount: Int
    public var modelCount: Int

    public init(
        correction: String, pairs: [Pair], model: PatternCorrespondence, drawnPeople: PatternCorrespondence?,
        halves: Halves?, humanCount: Int, modelCount: Int
    ) {
        self.correction = correction
        self.pairs = pairs
        self.model = model
        self.drawnPeople = drawnPeople
        self.halves = halves
        self.humanCount = humanCount
        self.modelCount = modelCount
    }
}

extension Comparer {
    /// The pattern of the panel's answers beside people's, over all pairs of the questions.
    ///
    /// One answer of each persona is drawn from their shares, as Argyle et al. draw: likeliest answers would hang
    /// together more than answers do.
    ///
    /// - Parameter splits: Of the people in halves.
    /// - Returns: `nil` for fewer than 3 questions, and where no pair has an association on both sides.
    /// - Complexity: O(q^2 (n splits + m)).
    /// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, study 3.
    public func pattern(splits: Int = 10, using generator: inout some RandomNumberGenerator) -> PanelPattern? {
        guard questions.count > 2 else { return nil }
        let counts = questions.map(\.options.count)
        let answers = questions.map { question in
            humans.map { person -> Int? in
                if case .option(let index)? = person.answers[question.id] { index } else { nil }
            }
        }
        let weights = humans.map(\.weight)
        var given = questions.map { _ in [Int?](repeating: nil, count: people.count) }
        for (place, person) in people.enumerated() {
            for (item, question) in questions.enumerated() {
                given[item][place] = person.shares[question.id].flatMap { drawnOption($0, using: &generator) }
            }
        }
        let human = cramersVPattern(answers, optionCounts: counts, weights: weights, biasCorrected: true)
        let model = cramersVPattern(given, optionCounts: counts, weights: people.map(\.weight), biasCorrected: true)
        guard let ours = patternCorrespondence(model: model, human: human) else { return nil }

        let known = Dictionary(humans.indices.map { (humans[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        let drawn = people.map { $0.respondent.flatMap { known[$0] } }
        var own = [Double?](repeating: nil, count: human.count)
        if drawn.contains(where: { $0 != nil }) {
            own = cramersVPattern(
                answers.map { item in drawn.map { $0.flatMap { item[$0] } } }, optionCounts: counts,
                weights: people.map(\.weight), biasCorrected: true)
        }
        var pairs: [PanelPattern.Pair] = []
        for first in questions.indices {
            for second in questions.indices.dropFirst(first + 1) {
                let place = pairs.count
                pairs.append(
                    PanelPattern.Pair(
                        first: questions[first].id, second: questions[second].id, human: human[place], model: model[place],
                        drawn: own[place]))
            }
        }
        return PanelPattern(
            correction: correction, pairs: pairs, model: ours, drawnPeople: patternCorrespondence(model: own, human: human),
            halves: halves(answers, counts, weights, splits, using: &generator), humanCount: humans.count,
            modelCount: people.count)
    }

    private func halves(
        _ answers: [[Int?]], _ counts: [Int], _ weights: [Double], _ splits: Int,
        using generator: inout some RandomNumberGenerator
    ) -> PanelPattern.Halves? {
        guard humans.count > 3 else { return nil }
        var found: [PatternCorrespondence] = []
        for _ in 0..<splits {
            let order = humans.indices.shuffled(using: &generator)
            let sides = [order.prefix(order.count / 2), order.dropFirst(order.count / 2)].map { side in
                cramersVPattern(
                    answers.map { item in side.map { item[$0] } }, optionCounts: counts, weights: side.map { weights[$0] },
                    biasCorrected: true)
            }
            if let one = patternCorrespondence(model: sides[0], human: sides[1]) { found.append(one) }
        }
        guard let difference = mean(found.map(\.meanAbsoluteDifference)) else { return nil }
        return PanelPattern.Halves(meanAbsoluteDifference: difference, correlation: mean(found.compactMap(\.correlation)))
    }
}
