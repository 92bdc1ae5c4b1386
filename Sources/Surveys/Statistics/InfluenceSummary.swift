/// Which kinds of parts move the answers to one question: means over people of total variation, with intervals.
///
/// Where a person was told several parts of one kind, what each moves is added up. Intervals are percentiles of a
/// bootstrap over people, with their weights; of one person there is none.
///
/// - Source: Efron & Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13.
public struct InfluenceSummary: Codable, Hashable, Sendable {
    /// One person's answer.
    public struct Answer: Codable, Hashable, Sendable {
        public var influence: AnswerInfluence
        /// By part.
        public var kinds: [String]
        /// Above 0.
        public var weight: Double

        public init(influence: AnswerInfluence, kinds: [String], weight: Double = 1) {
            self.influence = influence
            self.kinds = kinds
            self.weight = weight
        }

        func moved(_ kind: String) -> Double? {
            let moved = zip(kinds, influence.moved).filter { $0.0 == kind }.map(\.1)
            return moved.isEmpty ? nil : moved.reduce(0, +)
        }
    }

    public struct Moved: Codable, Hashable, Sendable {
        /// 0 or more; at most 1 where nobody was told two parts of the kind.
        public var mean: Double
        /// Of the 95% interval; `nil` for one person.
        public var low: Double?
        public var high: Double?
        /// Those who were told such a part.
        public var people: Int
    }

    public var question: String
    public var people: Int
    /// By kind.
    public var moved: [String: Moved]
    /// What all parts do at once.
    public var together: Moved
    /// What they do beyond their sum.
    public var interaction: Moved

    /// - Parameters:
    ///   - answers: At least one.
    ///   - repeats: Of the bootstrap, at least 40 for intervals.
    /// - Complexity: O(repeats * people * parts).
    public init(
        question: String, answers: [Answer], repeats: Int = 1000, using generator: inout some RandomNumberGenerator
    ) {
        self.question = question
        people = answers.count
        func moved(_ value: (Answer) -> Double?) -> Moved? {
            let told = answers.compactMap { answer in value(answer).map { (value: $0, weight: answer.weight) } }
            guard !told.isEmpty else { return nil }
            func mean(_ counts: [Double]) -> Double {
                let total = zip(told, counts).reduce(0) { $0 + $1.0.weight * $1.1 }
                return zip(told, counts).reduce(0) { $0 + $1.0.weight * $1.1 * $1.0.value } / total
            }
            var found = Moved(mean: mean(told.map { _ in 1 }), people: told.count)
            guard told.count > 1, repeats >= 40 else { return found }
            var means: [Double] = []
            for _ in 0..<repeats {
                var counts = told.map { _ in 0.0 }
                for _ in told { counts[Int.random(in: told.indices, using: &generator)] += 1 }
                means.append(mean(counts))
            }
            means.sort()
            (found.low, found.high) = (quantile(means, 0.025), quantile(means, 0.975))
            return found
        }
        var kinds: [String] = []
        for kind in answers.flatMap(\.kinds) where !kinds.contains(kind) { kinds.append(kind) }
        self.moved = [:]
        for kind in kinds { self.moved[kind] = moved { $0.moved(kind) } }
        let none = Moved(mean: 0, people: 0)
        together = moved { AnswerInfluence.size($0.influence.together) } ?? none
        interaction = moved { AnswerInfluence.size($0.influence.interaction) } ?? none
    }
}
