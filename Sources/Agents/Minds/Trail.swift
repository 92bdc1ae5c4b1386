/// What one resident's thinking at one moment leaves behind besides its outcome.
public struct Trail: Codable, Hashable, Sendable {
    /// Memories that were recalled and left out because the prompt was full.
    public struct Cut: Codable, Hashable, Sendable {
        public var persona: String
        public var purpose: String
        public var memories: [Int]
    }

    /// In the order the calls were made.
    public var uses: [Use] = []
    /// Sequences of the memories recalled, in order of first recall.
    public var accessed: [Int] = []
    public var cuts: [Cut] = []
    /// Answers that could not be read even after repair, so that a fallback was used.
    public var unparsed = 0
    /// Answers that could be read only after the one repair.
    public var repaired = 0
    /// Insights dropped because they cite nothing that was recalled.
    public var uncited = 0

    public init() {}
}
