public import Kernel

/// One entry of a resident's memory stream.
public struct Memory: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case seed, observation, plan, reflection, utterance
    }

    /// From 1 within the resident's stream.
    public var sequence: Int
    public var time: SimulationTime
    public var kind: Kind
    public var text: String
    /// 1...10.
    public var importance: Double
    /// Unit length.
    public var embedding: [Float]
    public var lastAccess: SimulationTime
    /// Sequences, in the same stream, of the memories a reflection rests on.
    public var evidence: [Int]
    /// Key of the completion that worded or rated it, if any.
    public var completion: String?

    public init(
        sequence: Int, time: SimulationTime, kind: Kind, text: String, importance: Double, embedding: [Float],
        lastAccess: SimulationTime, evidence: [Int] = [], completion: String? = nil
    ) {
        self.sequence = sequence
        self.time = time
        self.kind = kind
        self.text = text
        self.importance = importance
        self.embedding = embedding
        self.lastAccess = lastAccess
        self.evidence = evidence
        self.completion = completion
    }
}

/// A completion that somebody used, and the memories that were recalled for it.
public struct Use: Codable, Hashable, Sendable {
    public struct Recall: Codable, Hashable, Sendable {
        /// Sequence in the resident's stream.
        public var memory: Int
        /// From 1.
        public var rank: Int
        /// Scaled to 0...1, before weighting.
        public var recency: Double
        public var importance: Double
        public var relevance: Double

        public init(memory: Int, rank: Int, recency: Double, importance: Double, relevance: Double) {
            self.memory = memory
            self.rank = rank
            self.recency = recency
            self.importance = importance
            self.relevance = relevance
        }
    }

    /// Persona id; `nil` for the study's own calls.
    public var persona: String?
    /// `decide`, `speak`, `plan`, `reflect`, `importance`, `embed`, `poll`.
    public var purpose: String
    public var time: SimulationTime
    /// Key of the completion.
    public var completion: String
    /// Tokens of the completion, whether or not it was cached.
    public var tokens: Int
    public var recalled: [Recall]

    public init(
        persona: String?, purpose: String, time: SimulationTime, completion: String, tokens: Int,
        recalled: [Recall] = []
    ) {
        self.persona = persona
        self.purpose = purpose
        self.time = time
        self.completion = completion
        self.tokens = tokens
        self.recalled = recalled
    }
}
