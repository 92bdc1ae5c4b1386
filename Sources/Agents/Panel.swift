public import Surveys

/// How to draw a silicon sample: from which survey, whom, how many, and what each persona is told.
public struct Panel: Codable, Hashable, Sendable {
    /// One sentence of the backstory: `I am {age} years old.` Left out for a respondent whose cell is missing.
    public struct Sentence: Codable, Hashable, Sendable {
        public var variable: String
        public var template: String

        public init(variable: String, template: String) {
            self.variable = variable
            self.template = template
        }
    }

    /// The file's stem.
    public var id: String
    public var title: String
    /// Path of the survey file from the study's root.
    public var survey: String
    public var size: Int
    public var seed: UInt64
    public var universe: Universe
    /// Draw with probability proportional to the survey's weight: the panel is then self-weighting.
    public var weighted: Bool
    public var withReplacement: Bool
    public var backstory: [Sentence]
    /// Questions whose answers must not reach a prompt.
    public var heldOut: [String]

    public init(
        id: String, title: String, survey: String, size: Int, seed: UInt64, universe: Universe = Universe(),
        weighted: Bool, withReplacement: Bool, backstory: [Sentence], heldOut: [String] = []
    ) {
        self.id = id
        self.title = title
        self.survey = survey
        self.size = size
        self.seed = seed
        self.universe = universe
        self.weighted = weighted
        self.withReplacement = withReplacement
        self.backstory = backstory
        self.heldOut = heldOut
    }
}
