/// One persona's answers, corrected, as a comparison takes them.
public struct PersonAnswer: Hashable, Sendable {
    public var persona: String
    /// The respondent a drawn persona stands for.
    public var respondent: String?
    /// Cells of the codebook's variables.
    public var attributes: [String: String]
    /// By question id: shares over the options in codebook order, summing to 1. Absent where there was no answer.
    public var shares: [String: [Double]]
    /// How many people of the panel's mean person it counts for, > 0.
    public var weight: Double

    public init(
        persona: String, respondent: String?, attributes: [String: String], shares: [String: [Double]],
        weight: Double = 1
    ) {
        self.persona = persona
        self.respondent = respondent
        self.attributes = attributes
        self.shares = shares
        self.weight = weight
    }
}
