public import Surveys

/// Which kinds of things that people were told move their answers to which questions.
public struct InfluenceTable: Hashable, Sendable {
    public var title: String
    /// Variables of facts, `believes`, `memory (reflection)`: in the order of telling.
    public var kinds: [String]
    /// One a question, in the order asked.
    public var questions: [InfluenceSummary]
    public var caution: String

    public init(title: String, kinds: [String], questions: [InfluenceSummary], caution: String) {
        self.title = title
        self.kinds = kinds
        self.questions = questions
        self.caution = caution
    }
}
