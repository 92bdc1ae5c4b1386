/// Answers of a panel beside those of the people it stands for: one question, one group, one correction.
public struct ComparisonCell: Codable, Hashable, Sendable {
    /// A statistic with a 95% bootstrap interval, `nil` where it could not be computed.
    public struct Estimate: Codable, Hashable, Sendable {
        public var value: Double
        public var low: Double?
        public var high: Double?

        public init(value: Double, low: Double? = nil, high: Double? = nil) {
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The mirrors beside which a distance is read. Each is a similarity to the human shares: 1 - WD/(x_max - x_min)
    /// for ordinal items, 1 - TV for nominal ones.
    public struct Mirrors: Codable, Hashable, Sendable {
        /// What two samples of these sizes from one population would score on average (closed form).
        public var noiseFloor: Double?
        /// Split-half mean of the human sample at its own size, as description.
        public var splitHalf: Double?
        public var uniform: Double
        /// Everybody gives the humans' commonest answer.
        public var modal: Double
        /// The drawn people's own answers, where known.
        public var drawnPeople: Double?
        /// Of a group: what everybody's shares together score for it, so that a model below it has not found the group
        /// at all; `nil` over all.
        public var everybody: Double?
        /// What a logit of a few variables, fitted on other respondents, foretells for these; `nil` without one.
        public var yardstick: Double?

        public init(
            noiseFloor: Double?, splitHalf: Double?, uniform: Double, modal: Double, drawnPeople: Double?,
            everybody: Double? = nil, yardstick: Double? = nil
        ) {
            self.yardstick = yardstick
            self.everybody = everybody
            self.noiseFloor = noiseFloor
            self.splitHalf = splitHalf
            self.uniform = uniform
            self.modal = modal
            self.drawnPeople = drawnPeople
        }
    }

    public var question: String
    public var scale: Scale
    /// Option texts in order.
    public var options: [String]
    /// `nil` over all.
    public var group: String?
    public var correction: String
    public var human: AnswerDistribution
    public var model: AnswerDistribution
    /// Share intervals per option, same order; `nil` when no bootstrap was asked for.
    public var humanIntervals: [Estimate]?
    public var modelIntervals: [Estimate]?
    /// 1 - WD/(x_max - x_min) for ordinal items, 1 - TV for nominal ones; never averaged together.
    public var similarity: Estimate
    public var totalVariation: Double
    public var jensenShannonBits: Double
    /// 0 = uniform answers, 1 = at the noise floor; `nil` where its denominator is under 0.02.
    public var skill: Double?
    public var mirrors: Mirrors
    /// Further distances, and tests; `nil` where they were not asked for.
    public var spread: Spread?

    public init(
        question: String, scale: Scale, options: [String], group: String?, correction: String,
        human: AnswerDistribution, model: AnswerDistribution, humanIntervals: [Estimate]?,
        modelIntervals: [Estimate]?, similarity: Estimate, totalVariation: Double, jensenShannonBits: Double,
        skill: Double?, mirrors: Mirrors, spread: Spread? = nil
    ) {
        self.spread = spread
        self.question = question
        self.scale = scale
        self.options = options
        self.group = group
        self.correction = correction
        self.human = human
        self.model = model
        self.humanIntervals = humanIntervals
        self.modelIntervals = modelIntervals
        self.similarity = similarity
        self.totalVariation = totalVariation
        self.jensenShannonBits = jensenShannonBits
        self.skill = skill
        self.mirrors = mirrors
    }
}

/// Means of the cells of one scale and group: what a headline may say.
public struct ComparisonSummary: Codable, Hashable, Sendable {
    public var scale: Scale
    public var group: String?
    public var correction: String
    public var questions: Int
    /// Interval over respondents and personas together.
    public var similarity: ComparisonCell.Estimate
    /// The same with items resampled too: for claims beyond these items. `nil` under 3 items.
    public var similarityOverItems: ComparisonCell.Estimate?
    /// Mean over items of (uniform - model)/(uniform - floor) distances taken as one ratio of sums.
    public var skill: Double?
    public var mirrors: ComparisonCell.Mirrors
    public var humanCount: Int
    public var humanEffectiveSize: Double
    public var modelCount: Int

    public init(
        scale: Scale, group: String?, correction: String, questions: Int, similarity: ComparisonCell.Estimate,
        similarityOverItems: ComparisonCell.Estimate?, skill: Double?, mirrors: ComparisonCell.Mirrors,
        humanCount: Int, humanEffectiveSize: Double, modelCount: Int
    ) {
        self.scale = scale
        self.group = group
        self.correction = correction
        self.questions = questions
        self.similarity = similarity
        self.similarityOverItems = similarityOverItems
        self.skill = skill
        self.mirrors = mirrors
        self.humanCount = humanCount
        self.humanEffectiveSize = humanEffectiveSize
        self.modelCount = modelCount
    }
}
