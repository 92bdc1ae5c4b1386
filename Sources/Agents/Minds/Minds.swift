public import LanguageModels

/// The models residents think with.
public struct Minds: Sendable {
    /// How freely each kind of thing is drawn; 0 takes the likeliest.
    public struct Temperatures: Codable, Hashable, Sendable {
        public var plan: Double
        public var speak: Double
        public var reflect: Double
        /// Divides the corrected log-likelihoods of possible actions.
        public var decide: Double

        public init(plan: Double = 0.7, speak: Double = 0.8, reflect: Double = 0.5, decide: Double = 1) {
            self.plan = plan
            self.speak = speak
            self.reflect = reflect
            self.decide = decide
        }
    }

    /// Plans, speaks and reflects.
    public var speaker: Complete
    /// Decides, and rates how much things matter: by scores of raw text, which chat servers cannot give.
    public var scribe: Complete
    public var embedder: Complete
    /// Residents who think with models of their own, by persona id.
    public var residents: [String: Roles] = [:]
    public var temperatures: Temperatures
    /// Most of a prompt, in tokens of about four characters; memories that do not fit are left out and recorded.
    public var promptTokens: Int
    /// How speech is asked for: `plain` suits small models, and `chat` those that follow instructions and servers.
    public var speech: Prompt.Form

    /// The models of one resident.
    public struct Roles: Sendable {
        public var speaker: Complete
        public var scribe: Complete
        public var embedder: Complete
        /// How this speaker's speech is asked for.
        public var speech: Prompt.Form

        public init(
            speaker: @escaping Complete, scribe: @escaping Complete, embedder: @escaping Complete, speech: Prompt.Form
        ) {
            self.speaker = speaker
            self.scribe = scribe
            self.embedder = embedder
            self.speech = speech
        }
    }

    func speaker(of persona: String) -> Complete { residents[persona]?.speaker ?? speaker }
    func scribe(of persona: String) -> Complete { residents[persona]?.scribe ?? scribe }
    func embedder(of persona: String) -> Complete { residents[persona]?.embedder ?? embedder }
    func speech(of persona: String) -> Prompt.Form { residents[persona]?.speech ?? speech }

    public init(
        speaker: @escaping Complete, scribe: @escaping Complete, embedder: @escaping Complete,
        temperatures: Temperatures = Temperatures(),
        promptTokens: Int = 400, speech: Prompt.Form = .plain
    ) {
        self.speaker = speaker
        self.scribe = scribe
        self.embedder = embedder
        self.temperatures = temperatures
        self.promptTokens = promptTokens
        self.speech = speech
    }
}

/// What a model answered that no mind can go on from: a call for words answered with scores, and the like.
public enum MindError: Error, Equatable, CustomStringConvertible {
    case wrongResponse(purpose: String, completion: String)

    public var description: String {
        switch self {
        case .wrongResponse(let purpose, let completion):
            "The model answered a call for '\(purpose)' with another kind of response (completion \(completion))."
        }
    }
}
