public import Agents

/// A combination of treatments, as a run stores it.
public struct RecordedCell: Hashable, Sendable {
    /// From 0 within the run.
    public var number: Int
    public var label: String
    /// Factor and level by turns, in the experiment's order.
    public var levels: [[String]]
    /// What texts were filled with.
    public var variables: [String: String]

    public init(number: Int, label: String, levels: [[String]], variables: [String: String]) {
        (self.number, self.label, self.levels, self.variables) = (number, label, levels, variables)
    }
}

/// Somebody who decides in every cell.
public struct RecordedSubject: Hashable, Sendable {
    public var id: String
    /// Of the run's personas; `nil` for nobody in particular.
    public var persona: String?
    /// Variables drawn for this subject.
    public var drawn: [String: String]

    public init(id: String, persona: String? = nil, drawn: [String: String] = [:]) {
        (self.id, self.persona, self.drawn) = (id, persona, drawn)
    }
}

/// A decision with the cell it was made in.
public struct RecordedDecision: Hashable, Sendable {
    /// From 1 within the run; 0 before it is recorded.
    public var sequence: Int
    public var cell: Int
    public var answer: DecidedAnswer
    /// Of a game: which subjects played together.
    public var group: Int?
    /// Of a game: what the subject earned in the round.
    public var payoff: Double?

    public init(sequence: Int = 0, cell: Int, answer: DecidedAnswer, group: Int? = nil, payoff: Double? = nil) {
        (self.sequence, self.cell, self.answer, self.group, self.payoff) = (sequence, cell, answer, group, payoff)
    }
}
