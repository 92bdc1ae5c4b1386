/// What a person did with a question.
public enum HumanAnswer: Codable, Hashable, Sendable {
    /// Index into the question's options.
    case option(Int)
    case refused
    case dontKnow
    /// Not asked, or merged with everything else that is missing.
    case missing
}

/// A person of a survey: who they are and what they answered.
public struct Respondent: Codable, Hashable, Sendable {
    public var id: String
    /// Design weight, > 0; 1 where the survey has none.
    public var weight: Double
    public var stratum: String?
    public var cluster: String?
    /// Cells of the codebook's variables as the data write them; absent where missing.
    public var variables: [String: String]
    /// By question id; absent means missing.
    public var answers: [String: HumanAnswer]

    public init(
        id: String, weight: Double = 1, stratum: String? = nil, cluster: String? = nil,
        variables: [String: String] = [:], answers: [String: HumanAnswer] = [:]
    ) {
        self.id = id
        self.weight = weight
        self.stratum = stratum
        self.cluster = cluster
        self.variables = variables
        self.answers = answers
    }
}

extension Respondent {
    /// With their own answers to some questions as cells too, so that a model of one answer can read another.
    ///
    /// - Parameter questions: Cells are option codes; a question without an option chosen has none.
    public func answering(_ questions: [Question]) -> Respondent {
        var person = self
        for question in questions {
            guard case .option(let index)? = answers[question.id], question.options.indices.contains(index) else { continue }
            person.variables[question.id] = String(question.options[index].code)
        }
        return person
    }
}
