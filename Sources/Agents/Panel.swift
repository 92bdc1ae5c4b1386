public import Surveys

/// How to draw a silicon sample: from which survey, whom, how many, and what each persona is told.
public struct Panel: Codable, Hashable, Sendable {
    /// One sentence of the backstory: `I am {age} years old.` Left out for a respondent whose cell is missing.
    public struct Sentence: Codable, Hashable, Sendable {
        public var variable: String
        /// In the first person.
        public var template: String
        /// In the second person, for `portray`: `in politics today, you considered yourself a {party}`.
        public var portray: String?
        /// For `bio`, what it describes: `political affiliation`.
        public var about: String?

        public init(variable: String, template: String, portray: String? = nil, about: String? = nil) {
            self.variable = variable
            self.template = template
            self.portray = portray
            self.about = about
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
    /// Groups drawn from apart; `nil` draws from everybody at once.
    public var strata: Stratification?
    /// Shares that the drawn people are weighted to; `nil` leaves them as drawn.
    public var adjustment: PanelAdjustment?
    public var backstory: [Sentence]
    /// In which order each persona is told its sentences.
    public var order: BackstoryOrder
    /// Questions whose answers must not reach a prompt.
    public var heldOut: [String]
    /// What the drawn people read; `nil` for nothing.
    public var reads: PanelDiet?

    public init(
        id: String, title: String, survey: String, size: Int, seed: UInt64, universe: Universe = Universe(),
        weighted: Bool, withReplacement: Bool, strata: Stratification? = nil, backstory: [Sentence],
        order: BackstoryOrder = .asWritten, heldOut: [String] = [], adjustment: PanelAdjustment? = nil
    ) {
        self.id = id
        self.title = title
        self.survey = survey
        self.size = size
        self.seed = seed
        self.universe = universe
        self.weighted = weighted
        self.withReplacement = withReplacement
        self.strata = strata
        self.backstory = backstory
        self.order = order
        self.heldOut = heldOut
        self.adjustment = adjustment
    }
}
