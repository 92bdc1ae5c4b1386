/// How a calibrated model does on questions and respondents it was not tuned on.
public struct CalibrationReport: Codable, Hashable, Sendable {
    /// Similarities, 0...1, each a mean over held-out questions: 1 - WD/(x_max - x_min) or 1 - TV by the scale.
    public struct Row: Codable, Hashable, Sendable {
        /// `nil` for the mean over groups, each counting alike.
        public var group: String?
        public var raw: Double
        public var calibrated: Double
        public var uniform: Double
        /// The chosen anchor alone, without any model.
        public var anchor: Double
        /// The calibration respondents' own marginal of the held-out question, for every group alike: human answers
        /// that the model never saw. `nil` where none of them was asked.
        public var marginal: Double?
        /// What two samples of these sizes from one population would score on average.
        public var noiseFloor: Double
        /// (calibrated - raw) / (noise floor - raw), with its interval at the report's level: 1 = closed, under 0 =
        /// worse. `nil` where the raw model is within 0.02 of the floor. The floor takes personas for people drawn
        /// anew, so that a model that smooths may pass it.
        public var closed: ComparisonCell.Estimate?
        /// What calibrated similarity exceeds the other by.
        public var overRaw: HeldOutGain
        public var overUniform: HeldOutGain
        public var overAnchor: HeldOutGain
        public var overMarginal: HeldOutGain?
        public var humanCount: Int
        public var humanEffectiveSize: Double
        public var modelEffectiveSize: Double
    }

    /// Improvement means better than the raw model and than answers without any model: noise pulled toward uniform
    /// answers always gains on noise.
    public enum Verdict: Codable, Hashable, Sendable {
        case improvement
        /// Those of `raw`, `uniform` and `anchor` that the calibrated model is not certainly better than.
        case noImprovementFound(notBetterThan: [String])
    }

    public var choice: CalibrationChoice
    public var tried: Int
    public var scale: Scale
    public var verdict: Verdict
    /// Whether the model is certainly better than the overall human marginal: only then is it worth anything to
    /// somebody who has the survey's toplines.
    public var beatsMarginal: Bool
    public var overall: Row
    public var groups: [Row]
    /// Groups whose calibrated answers are farther from theirs than the raw ones were; certainly so in `certainlyWorse`
    /// (Holm-adjusted over all groups).
    public var worse: [String]
    public var certainlyWorse: [String]
    /// Groups too small for either part.
    public var leftOut: [String]
    public var calibrationQuestions: [String]
    public var heldOutQuestions: [String]
    public var calibrationRespondents: Int
    public var heldOutRespondents: Int
    /// Of the one-sided tests.
    public var level: Double
}
