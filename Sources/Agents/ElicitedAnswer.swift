/// How an opinion is read off a model.
public enum ElicitationMethod: String, Codable, Hashable, Sendable, CaseIterable {
    /// Log-probabilities of the option labels after the question with its options.
    case letters
    /// Log-likelihood of each answer as the end of the person's own first-person statement.
    case words
    /// Answers drawn and parsed.
    case sample
    /// An open question answered in the person's own words.
    case interview
}

/// What one persona answered to one question once, uncorrected.
public struct ElicitedAnswer: Codable, Hashable, Sendable {
    /// The evidence for one option, in the question's order.
    public struct OptionEvidence: Codable, Hashable, Sendable {
        /// Natural log; `letters`: of the better of `A` and ` A`; `words`: of the whole completion with its full stop.
        /// `nil` for `sample`, and where the model did not list it.
        public var logLikelihood: Double?
        public var tokenCount: Int
        /// The same completion after the content-free cue; `words` only.
        public var domainLogLikelihood: Double?
        /// The same completion after the same prompt without the persona; `words` only.
        public var personaFreeLogLikelihood: Double?

        public init(
            logLikelihood: Double?, tokenCount: Int, domainLogLikelihood: Double? = nil,
            personaFreeLogLikelihood: Double? = nil
        ) {
            self.logLikelihood = logLikelihood
            self.tokenCount = tokenCount
            self.domainLogLikelihood = domainLogLikelihood
            self.personaFreeLogLikelihood = personaFreeLogLikelihood
        }
    }

    public var persona: String
    public var question: String
    /// From 0; the draw of `sample`.
    public var repetition: Int
    /// Which order of the options was shown: 0 the questionnaire's, 1..<k its cyclic shifts, k the reversed scale.
    public var orderIndex: Int
    /// 0 the questionnaire's words, from 1 its paraphrases, -1 its opposite: all but 0 only probe the model, and are
    /// never compared with anybody's answers.
    public var wording: Int
    public var method: ElicitationMethod
    /// Empty for `sample` and `interview`.
    public var options: [OptionEvidence]
    /// `sample`: the option read from the text.
    public var chosen: Int?
    /// `sample`: the words refuse to answer.
    public var refused: Bool
    /// `sample`: the words say that there is no opinion: "I don't know".
    public var dontKnow: Bool
    /// No option could be read, and neither of those.
    public var unparsed: Bool
    /// `sample`, `interview`: the words.
    public var text: String?
    /// `letters`: probability on any option label, 0...1.
    public var coveredMass: Double?
    /// Keys of the completions it came from.
    public var completions: [String]

    public init(
        persona: String, question: String, repetition: Int = 0, orderIndex: Int = 0, wording: Int = 0,
        method: ElicitationMethod, options: [OptionEvidence] = [], chosen: Int? = nil, refused: Bool = false,
        dontKnow: Bool = false, unparsed: Bool = false, text: String? = nil, coveredMass: Double? = nil,
        completions: [String]
    ) {
        self.persona = persona
        self.question = question
        self.repetition = repetition
        self.orderIndex = orderIndex
        self.wording = wording
        self.method = method
        self.options = options
        self.chosen = chosen
        self.refused = refused
        self.dontKnow = dontKnow
        self.unparsed = unparsed
        self.text = text
        self.coveredMass = coveredMass
        self.completions = completions
    }
}
