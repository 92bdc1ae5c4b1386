/// One decision put to one subject, with all that is said before it.
public struct Encounter: Hashable, Sendable {
    /// What random draws are named after: a persona's id, or `nobody-3`.
    public var subject: String
    /// `nil` for nobody in particular: the model as it is.
    public var persona: Persona?
    /// Of a resident of a world, what comes to mind, a line each: a persona's own memories are then not told besides.
    public var memories: [String]
    /// A sentence about the subject; empty where there is none or the situation says it itself.
    public var endowment: String
    public var situation: String
    /// What happened before, a line each, as far as the subject saw it.
    public var before: [String]
    /// With its variables filled in.
    public var decision: Decision
    /// The option that stands in each place; empty for decisions without options.
    public var order: [Int]
    /// From 0.
    public var repetition: Int
    /// From 1 in a game of several; 0 where there is only this one.
    public var round: Int

    public init(
        subject: String, persona: Persona? = nil, endowment: String = "", situation: String, before: [String] = [],
        decision: Decision, order: [Int]? = nil, repetition: Int = 0, round: Int = 0, memories: [String] = []
    ) {
        self.memories = memories
        (self.subject, self.persona, self.endowment) = (subject, persona, endowment)
        (self.situation, self.before, self.decision) = (situation, before, decision)
        self.order = order ?? Array(0..<decision.places)
        (self.repetition, self.round) = (repetition, round)
    }
}
