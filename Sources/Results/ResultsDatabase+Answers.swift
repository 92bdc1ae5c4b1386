public import Agents
internal import GRDB
public import Kernel

/// An answer with when and about what it was asked.
public struct RecordedAnswer: Hashable, Sendable {
    /// From 1 within the run.
    public var sequence: Int
    /// `nil` for a poll outside a world.
    public var time: SimulationTime?
    /// Digest of the imported survey, if it was.
    public var survey: String?
    public var answer: ElicitedAnswer
}

extension ResultsDatabase {
    /// In the order they were recorded, to the questionnaire's own words.
    public func answers(run id: String) async throws -> [RecordedAnswer] {
        try await answersToEveryWording(run: id).filter { $0.answer.wording == 0 }
    }

    /// The same with those to other wordings, which only probe a model and are compared with nobody's.
    public func answersToEveryWording(run id: String) async throws -> [RecordedAnswer] {
        try await read { try RecordedAnswer.fetchAll($0, run: id) }
    }
}

extension RecordedAnswer {
    static func fetchAll(
        _ database: Database, run: String, from first: Int = 1, count: Int = .max / 2
    ) throws -> [RecordedAnswer] {
        let range: StatementArguments = [run, first, first + count - 1]
        var options: [Int: [ElicitedAnswer.OptionEvidence]] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT * FROM answerOption WHERE run = ? AND answer BETWEEN ? AND ? ORDER BY answer, option",
            arguments: range)
        {
            options[row["answer"], default: []].append(
                ElicitedAnswer.OptionEvidence(
                    logLikelihood: row["logLikelihood"], tokenCount: row["tokenCount"],
                    domainLogLikelihood: row["domainLogLikelihood"],
                    personaFreeLogLikelihood: row["personaFreeLogLikelihood"]))
        }
        var completions: [Int: [String]] = [:]
        for row in try Row.fetchAll(
            database,
            sql: "SELECT * FROM answerCompletion WHERE run = ? AND answer BETWEEN ? AND ? ORDER BY answer, position",
            arguments: range)
        {
            completions[row["answer"], default: []].append(row["completion"])
        }
        return try Row.fetchAll(
            database, sql: "SELECT * FROM answer WHERE run = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
            arguments: range
        ).map { row in
            guard let method = ElicitationMethod(rawValue: row["method"]) else {
                throw ResultsError.corrupt(path: "answer", reason: "unknown method")
            }
            let sequence: Int = row["sequence"]
            return RecordedAnswer(
                sequence: sequence, time: (row["time"] as Int?).map(SimulationTime.init(seconds:)),
                survey: row["survey"],
                answer: ElicitedAnswer(
                    persona: row["persona"], question: row["question"], repetition: row["repeat"],
                    orderIndex: row["orderIndex"], wording: row["wording"], method: method,
                    options: options[sequence] ?? [], chosen: row["chosen"], refused: row["refused"],
                    dontKnow: row["dontKnow"], unparsed: row["unparsed"], text: row["text"],
                    coveredMass: row["coveredMass"], completions: completions[sequence] ?? []))
        }
    }
}
