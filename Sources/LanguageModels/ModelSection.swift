/// The models a world or a poll asks for, by role, as its file names them.
public struct ModelSection: Codable, Hashable, Sendable {
    public struct Choice: Codable, Hashable, Sendable {
        /// `smollm2-135m`, a name in the model cache, or the server's name for the model.
        public var name: String
        /// 0...2.
        public var temperature: Double
        /// Of the embedded model.
        public var adapter: Adapter?
        /// Base URLs of OpenAI-compatible servers with the same weights, `http://127.0.0.1:8000/v1`; empty for the
        /// embedded model.
        public var servers: [String]
        /// What the servers' weights are declared to be; part of the model's identity.
        public var revision: String?
        /// Requests under way at its servers at most, however many jobs there are.
        public var atOnce: Int?
        public var prices: TokenPrices?
        /// What one command may spend on this model.
        public var budget: SpendingLimit?

        public init(
            name: String, temperature: Double = 0.8, servers: [String] = [], revision: String? = nil, atOnce: Int? = nil,
            prices: TokenPrices? = nil, budget: SpendingLimit? = nil, adapter: Adapter? = nil
        ) {
            self.adapter = adapter
            self.name = name
            self.temperature = temperature
            self.servers = servers
            self.revision = revision
            self.atOnce = atOnce
            self.prices = prices
            self.budget = budget
        }
    }

    /// Plans, talks, answers.
    public var speaker: Choice
    /// Rates importance, writes reflections.
    public var scribe: Choice
    public var embedder: Choice
    /// Residents who think with models of their own, by persona id, sorted.
    public var residents: [Resident]

    /// The models of one resident, each the world's where their entry names none.
    public struct Resident: Codable, Hashable, Sendable {
        public var persona: String
        public var speaker: Choice
        public var scribe: Choice
        public var embedder: Choice

        public init(persona: String, speaker: Choice, scribe: Choice, embedder: Choice) {
            self.persona = persona
            self.speaker = speaker
            self.scribe = scribe
            self.embedder = embedder
        }
    }

    public init(
        speaker: Choice = Choice(name: "smollm2-135m"),
        scribe: Choice = Choice(name: "smollm2-135m", temperature: 0.2),
        embedder: Choice = Choice(name: "all-minilm-l6-v2", temperature: 0), residents: [Resident] = []
    ) {
        self.residents = residents
        self.speaker = speaker
        self.scribe = scribe
        self.embedder = embedder
    }
}
