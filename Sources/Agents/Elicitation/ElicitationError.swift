/// Why an opinion could not be elicited.
public enum ElicitationError: Error, Equatable, CustomStringConvertible {
    /// The method asked for cannot be used on this question or model.
    case impossible(method: ElicitationMethod, question: String, because: String)
    /// Neither log-probabilities nor text can be had.
    case noMethod(question: String)
    /// More than one repetition of something that gives the same answer each time.
    case repeated(method: ElicitationMethod, question: String, repeats: Int)
    case repeats(Int)
    /// The persona's backstory holds its own answer to the question.
    case alreadyTold(persona: String, question: String)
    /// The model returned something other than was asked for.
    case unexpectedResponse(persona: String, question: String)

    public var description: String {
        switch self {
        case .impossible(let method, let question, let because):
            "Question '\(question)' cannot be asked by '\(method.rawValue)': \(because)."
        case .noMethod(let question): "Question '\(question)' cannot be asked by any method of this model."
        case .repeated(.interview, let question, let repeats):
            "Question '\(question)' is open and is asked once, not \(repeats) times."
        case .repeated(let method, let question, let repeats):
            "Asking '\(question)' \(repeats) times by '\(method.rawValue)' would give the same answer each time; "
                + "use '--method sample', or ask once."
        case .repeats(let number): "A question must be asked at least once, not \(number) times."
        case .alreadyTold(let persona, let question):
            "Persona '\(persona)' is told its own answer to '\(question)' in its backstory, so it cannot be asked."
        case .unexpectedResponse(let persona, let question):
            "The model's response about '\(question)' for persona '\(persona)' is not of the kind asked for."
        }
    }
}
