internal import Kernel
internal import Surveys

/// What a codebook knows, to check respondents against.
struct KnownColumns {
    private let variables: Set<String>
    /// Number of options by question.
    private let options: [String: Int]

    init(_ codebook: Codebook) {
        variables = Set(codebook.variables.map(\.name))
        options = Dictionary(codebook.questions.map { ($0.id, $0.options.count) }, uniquingKeysWith: { first, _ in first })
    }

    /// Checks everything but the answers.
    func check(_ respondent: Respondent) throws {
        func bad(_ reason: String) -> ResultsError { .badRespondent(id: respondent.id, reason: reason) }
        if respondent.id.isEmpty { throw bad("the id is empty") }
        guard respondent.weight.isFinite, respondent.weight > 0 else { throw bad("the weight is not above 0") }
        if let name = Self.first(respondent.variables.keys.filter { !variables.contains($0) }) {
            throw bad("the codebook has no variable \(name)")
        }
    }

    /// What is wrong with the answers of a respondent with whose answers something is wrong.
    func objection(to respondent: Respondent) -> ResultsError {
        let wrong = respondent.answers.filter { id, answer in
            guard let count = options[id] else { return true }
            if case .option(let index) = answer { return !(0..<count).contains(index) }
            return false
        }
        let id = Self.first(Array(wrong.keys)) ?? "a question"
        let reason = options[id] == nil ? "the codebook has no question \(id)" : "the answer to \(id) is not one of its options"
        return .badRespondent(id: respondent.id, reason: reason)
    }

    private static func first(_ names: [String]) -> String? { names.min(by: precedes) }
}
