extension ComparisonCell {
    /// Further distances of one cell, and how varied the answers are. What is undefined is `nil`.
    public struct Spread: Codable, Hashable, Sendable {
        /// The square root of the divergence in bits, 0...1: a metric, unlike ``ComparisonCell/jensenShannonBits``.
        public var jensenShannonDistance: Double
        /// D(people || model) in bits, 0 or more; `nil` where the model gives share 0 to an answer that people gave.
        public var kullbackLeiblerBits: Double?
        /// 0...1.
        public var hellinger: Double
        /// H(model) / H(people); under 1 the model is more of one mind.
        public var entropyRatio: Double?
        /// The same of variances on the scale; ordinal items only.
        public var varianceRatio: Double?
        /// Of the human shares, by option, linearised with strata, clusters and weights.
        public var standardErrors: [Double]?
        /// Rao and Scott's second-order test of "people's shares are the model's", the model's taken as they are.
        public var test: Test?

        public struct Test: Codable, Hashable, Sendable {
            public var statistic: Double
            public var degreesOfFreedom: Double
            public var p: Double
            /// The mean generalised design effect; 1 for a simple random sample.
            public var designEffect: Double
        }

        /// - Parameters:
        ///   - answers: Option of each person of the group; `nil` for none.
        ///   - design: Of the same people.
        init(_ question: Question, human: [Double], model: [Double], answers: [Int?], design: SamplingDesign) {
            jensenShannonDistance = Surveys.jensenShannonDistance(human, model)
            let divergence = kullbackLeiblerDivergence(human, model)
            kullbackLeiblerBits = divergence.isFinite ? divergence : nil
            hellinger = hellingerDistance(human, model)
            entropyRatio = Surveys.entropyRatio(model: model, human: human)
            varianceRatio = question.positions.flatMap { Surveys.varianceRatio(model: model, human: human, positions: $0) }
            standardErrors = linearisedShares(answers, options: human.count, design: design)?.standardErrors
            test = raoScott(answers, shares: model, design: design).map { test in
                Test(
                    statistic: test.secondOrder.statistic, degreesOfFreedom: test.secondOrder.degreesOfFreedom,
                    p: test.secondOrder.p, designEffect: test.meanDesignEffect)
            }
        }
    }
}

/// Whether a model flattens a panel's members into types: variances of its answers over people's, 1 is ideal.
public struct PanelFlattening: Codable, Hashable, Sendable {
    public var correction: String
    /// Ordinal items behind the means.
    public var questions: Int
    /// Means over items of ``StereotypeFlattening``'s ratios; `nil` where one is undefined.
    public var overall: Double?
    public var within: Double?
    public var between: Double?
    /// The share of all items, of either scale, on which the model's answers are less varied than people's.
    public var compressed: ShareEstimate?
}
