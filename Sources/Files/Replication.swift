public import Agents

/// A paper's study put to a model: a `study` file.
public struct Replication: Hashable, Sendable {
    /// Which of the papers' designs.
    public enum Design: String, CaseIterable, Sendable {
        /// Whose opinions a model reflects, and how far it can be steered (Santurkar et al. 2023).
        case opinions
        /// A vote predicted from a backstory (Argyle et al. 2023, study 2).
        case vote
        /// Each answer predicted from all others, and how the answers hang together (Argyle et al. 2023, study 3).
        case pattern
        /// Four words about each party (Argyle et al. 2023, study 1).
        case words
    }

    /// A figure that the paper gives.
    public struct PaperFigure: Hashable, Sendable {
        /// Of the statistics that the design prints: `tetrachoric`.
        public var statistic: String
        /// Of what: `GPT-3, ANES 2016`.
        public var of: String
        public var value: Double
        /// Quoted from memory, not read in the paper: said wherever it is shown.
        public var fromMemory: Bool
        /// Of people, not of a model.
        public var ofPeople: Bool
    }

    /// The file's stem.
    public var id: String
    public var title: String
    /// The paper, as it is cited.
    public var source: String
    public var design: Design
    /// Whom to draw, and what they say of themselves; `opinions` uses its sentences only, a group each.
    public var panel: Panel
    /// Question ids; `pattern` also takes variables that a codebook words as questions. `vote` has one.
    public var questions: [String]
    /// Shapes to tell personas in; several for `opinions` only.
    public var shapes: [AskAs]
    public var method: ElicitationMethod
    /// Replaces the one question's own first-person statement.
    public var statement: String?
    /// The variable that results are broken down by; of `words`, whose values are the parties.
    public var by: String?
    /// Variables of the logit beside the model; `vote` only.
    public var yardstick: [String]
    public var paper: [PaperFigure]
    /// What is not as in the paper, a sentence each.
    public var differs: [String]
}
