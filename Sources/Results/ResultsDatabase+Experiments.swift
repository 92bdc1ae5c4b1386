internal import Agents
internal import GRDB
internal import LanguageModels

extension ResultsDatabase {
    /// In their numbers' order.
    public func cells(run id: String) async throws -> [RecordedCell] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM experimentCell WHERE run = ? ORDER BY number", arguments: [id])
                .map { row in
                    RecordedCell(
                        number: row["number"], label: row["label"],
                        levels: try StoredJSON.value([[String]].self, row["levels"], in: "experimentCell.levels"),
                        variables: try StoredJSON.value([String: String].self, row["variables"], in: "experimentCell.variables"))
                }
        }
    }

    /// In the order they were recorded.
    public func subjects(run id: String) async throws -> [RecordedSubject] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM experimentSubject WHERE run = ? ORDER BY sequence", arguments: [id]
            ).map { row in
                RecordedSubject(
                    id: row["id"], persona: row["persona"],
                    drawn: try StoredJSON.value([String: String].self, row["drawn"], in: "experimentSubject.drawn"))
            }
        }
    }

    /// In the order they were recorded.
    public func decisions(run id: String) async throws -> [RecordedDecision] {
        try await read { database in
            var evidence: [Int: [ContinuationScore]] = [:]
            for row in try Row.fetchAll(
                database, sql: "SELECT * FROM decisionOutcome WHERE run = ? ORDER BY decision, outcome", arguments: [id])
            {
                evidence[row["decision"], default: []].append(
                    ContinuationScore(logLikelihood: row["logLikelihood"], tokenCount: row["tokenCount"]))
            }
            var completions: [Int: [String]] = [:]
            for row in try Row.fetchAll(
                database, sql: "SELECT * FROM decisionCompletion WHERE run = ? ORDER BY decision, position", arguments: [id])
            {
                completions[row["decision"], default: []].append(row["completion"])
            }
            return try Row.fetchAll(
                database, sql: "SELECT * FROM decision WHERE run = ? ORDER BY sequence", arguments: [id]
            ).map { row in
                guard let method = ElicitationMethod(rawValue: row["method"]) else {
                    throw ResultsError.corrupt(path: "decision", reason: "unknown method")
                }
                let sequence: Int = row["sequence"]
                return RecordedDecision(
                    sequence: sequence, cell: row["cell"],
                    answer: DecidedAnswer(
                        subject: row["subject"], decision: row["name"], repetition: row["repeat"], round: row["round"],
                        order: try StoredJSON.value([Int].self, row["optionOrder"], in: "decision.optionOrder"),
                        method: method, evidence: evidence[sequence] ?? [], chosen: row["chosen"],
                        numbers: try StoredJSON.value([Double].self, row["numbers"], in: "decision.numbers"),
                        refused: row["refused"], unparsed: row["unparsed"], text: row["text"],
                        coveredMass: row["coveredMass"], completions: completions[sequence] ?? []),
                    group: row["grouping"], payoff: row["payoff"])
            }
        }
    }
}
