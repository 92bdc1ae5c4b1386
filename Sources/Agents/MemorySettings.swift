/// The constants of memory and reflection.
///
/// - Source: Park et al. 2023, "Generative Agents", section 4.
public struct MemorySettings: Codable, Hashable, Sendable {
    public struct Weights: Codable, Hashable, Sendable {
        public var recency: Double
        public var importance: Double
        public var relevance: Double

        public init(recency: Double = 1, importance: Double = 1, relevance: Double = 1) {
            self.recency = recency
            self.importance = importance
            self.relevance = relevance
        }

        /// The weights of the authors' code, which differ from their paper's.
        public static let reverie = Weights(recency: 0.5, importance: 2, relevance: 3)
    }

    /// Per hour of simulated time since last access, 0...1.
    public var recencyDecay: Double
    public var weights: Weights
    /// How many memories a decision recalls.
    public var recall: Int
    /// Importance points since the last reflection that bring on the next.
    public var reflectAfter: Double
    /// How many of the latest memories a reflection looks back on.
    public var reflectOn: Int
    /// How many questions a reflection asks of them.
    public var questions: Int
    /// Most insights of one reflection.
    public var insights: Int
    /// How many memories an interview recalls.
    public var interviewRecall: Int

    public init(
        recencyDecay: Double = 0.995, weights: Weights = Weights(), recall: Int = 20, reflectAfter: Double = 150,
        reflectOn: Int = 100, questions: Int = 3, insights: Int = 5, interviewRecall: Int = 50
    ) {
        self.recencyDecay = recencyDecay
        self.weights = weights
        self.recall = recall
        self.reflectAfter = reflectAfter
        self.reflectOn = reflectOn
        self.questions = questions
        self.insights = insights
        self.interviewRecall = interviewRecall
    }
}
