/// How the options of a question relate: on a line (`ordinal`) or not (`nominal`); an `open` question has none.
public enum Scale: String, Codable, Hashable, Sendable, CaseIterable {
    case ordinal, nominal, open
}

/// One answer a question offers.
public struct AnswerOption: Codable, Hashable, Sendable {
    /// The code in the microdata.
    public var code: Int
    /// The words people heard: `Too little`.
    public var text: String
    /// What fills the gap of the question's statement: `too little`; `nil` where the question has no statement.
    public var fills: String?
    /// Place on the scale; `nil` for nominal questions. Defaults to 1, 2, ... in the file's order; a hedging option
    /// may lie between its neighbours (1.5).
    public var position: Double?

    public init(code: Int, text: String, fills: String? = nil, position: Double? = nil) {
        self.code = code
        self.text = text
        self.fills = fills
        self.position = position
    }
}

/// What the source does with "refused", "don't know" and "not asked", which are three things.
public enum NonAnswers: Codable, Hashable, Sendable {
    /// The source merges them into missing: a refusal share cannot be computed.
    case merged
    /// Codes by kind; an empty cell is "not asked".
    case codes(refused: [Int], dontKnow: [Int], notAsked: [Int])
}

/// A survey question as people heard it.
public struct Question: Codable, Hashable, Sendable {
    public var id: String
    /// The words people heard, without the options.
    public var ask: String
    /// The same as a first-person statement up to its gap, without the ellipsis: `I think ... on science is`.
    public var say: String?
    public var scale: Scale
    /// In the questionnaire's order; at least two, but none where the question is open.
    public var options: [AnswerOption]
    public var nonAnswers: NonAnswers
    /// False for questions of the user's own that no human has answered: they are never compared.
    public var hasBaseline: Bool
    /// Why this question should not be used as a target of fidelity, in words; `nil` for clean ones.
    public var caution: String?
    /// What kind of question it is, in the survey's own word: `memory`.
    public var category: String?
    /// Other wordings to probe a model with; `nil` where the codebook gives none.
    public var rewordings: Rewordings?

    public init(
        id: String, ask: String, say: String? = nil, scale: Scale, options: [AnswerOption],
        nonAnswers: NonAnswers = .merged, hasBaseline: Bool = true, caution: String? = nil,
        category: String? = nil, rewordings: Rewordings? = nil
    ) {
        self.id = id
        self.ask = ask
        self.say = say
        self.scale = scale
        self.options = options
        self.nonAnswers = nonAnswers
        self.hasBaseline = hasBaseline
        self.caution = caution
        self.category = category
        self.rewordings = rewordings
    }

    /// Positions of the options on the scale, in option order; `nil` where they lie on none.
    public var positions: [Double]? {
        guard scale == .ordinal else { return nil }
        return options.enumerated().map { $1.position ?? Double($0 + 1) }
    }

    public func optionIndex(ofCode code: Int) -> Int? { options.firstIndex { $0.code == code } }
}
