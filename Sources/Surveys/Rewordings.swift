/// A question in other words; its options stay.
public struct Wording: Codable, Hashable, Sendable {
    public var ask: String
    /// The statement up to its gap, which the question's own options fill; there where the question has one.
    public var say: String?

    public init(ask: String, say: String? = nil) {
        self.ask = ask
        self.say = say
    }
}

/// Other wordings of a question, written to probe a model: no human was asked them, so they are never compared.
public struct Rewordings: Codable, Hashable, Sendable {
    /// Wordings that ask the same thing.
    public var paraphrases: [Wording]
    /// A wording that asks the reverse: who answers by its content gives the mirror option, the first for the last.
    public var opposite: Wording?

    public init(paraphrases: [Wording] = [], opposite: Wording? = nil) {
        self.paraphrases = paraphrases
        self.opposite = opposite
    }

    /// The number of the opposite; the questionnaire's own words are 0, and paraphrases count from 1.
    public static let oppositeNumber = -1
}

extension Question {
    /// The question in each of its other wordings, with the wording's number: paraphrases from 1, then the opposite.
    public var reworded: [(number: Int, question: Question)] {
        func said(_ wording: Wording) -> Question {
            var question = self
            (question.ask, question.say) = (wording.ask, wording.say)
            return question
        }
        guard let rewordings else { return [] }
        return rewordings.paraphrases.enumerated().map { ($0 + 1, said($1)) }
            + (rewordings.opposite.map { [(Rewordings.oppositeNumber, said($0))] } ?? [])
    }
}
