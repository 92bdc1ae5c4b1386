/// One question to a language model. Everything that can change the answer is in here or in the model's identity.
public enum Request: Codable, Hashable, Sendable {
    case text(TextRequest)
    case score(ScoreRequest)
    case embed(EmbedRequest)
}

/// Asks for words.
public struct TextRequest: Codable, Hashable, Sendable {
    public var prompt: Prompt
    /// What it is for, in one word: `speak`, `plan`, `reflect`. Scripted models and accounts read it.
    public var purpose: String
    /// At least 1.
    public var maximumTokens: Int
    /// 0 takes the likeliest token.
    public var temperature: Double
    /// 0...1; tokens beyond this cumulative probability are not drawn.
    public var topP: Double
    public var seed: UInt64
    /// Ends before any of these.
    public var stop: [String]
    public var grammar: Grammar?
    /// 0 at first; 1 for the one repair.
    public var attempt: Int

    public init(
        prompt: Prompt, purpose: String, maximumTokens: Int, temperature: Double = 0.8, topP: Double = 0.95,
        seed: UInt64, stop: [String] = [], grammar: Grammar? = nil, attempt: Int = 0
    ) {
        self.prompt = prompt
        self.purpose = purpose
        self.maximumTokens = maximumTokens
        self.temperature = temperature
        self.topP = topP
        self.seed = seed
        self.stop = stop
        self.grammar = grammar
        self.attempt = attempt
    }
}

/// The shape an answer must have, for the embedded model (GBNF, root rule `root`) and for servers (JSON Schema text).
public struct Grammar: Codable, Hashable, Sendable {
    public var gbnf: String
    public var jsonSchema: String?

    public init(gbnf: String, jsonSchema: String? = nil) {
        self.gbnf = gbnf
        self.jsonSchema = jsonSchema
    }
}

/// Asks how likely each of several continuations is.
public struct ScoreRequest: Codable, Hashable, Sendable {
    public var prompt: Prompt
    public var purpose: String
    /// Each is scored whole, on its own, after the prompt. Tokenised without control tokens.
    public var continuations: [String]

    public init(prompt: Prompt, purpose: String, continuations: [String]) {
        self.prompt = prompt
        self.purpose = purpose
        self.continuations = continuations
    }
}

/// Asks for a vector of unit length.
public struct EmbedRequest: Codable, Hashable, Sendable {
    public var text: String

    public init(text: String) {
        self.text = text
    }
}
