internal import Agents
internal import GRDB
internal import LanguageModels

extension Recorder {
    /// Records who decides in which cells, before anybody is asked.
    public func beginExperiment(run: String, cells: [RecordedCell], subjects: [RecordedSubject]) async throws {
        try await writeSettling { database in
            let writer = RowWriter(database)
            for cell in cells {
                try writer.insert(
                    "experimentCell",
                    [
                        "run": run, "number": cell.number, "label": cell.label,
                        "levels": try StoredJSON.text(cell.levels), "variables": try StoredJSON.text(cell.variables),
                    ])
            }
            for (place, subject) in subjects.enumerated() {
                try writer.insert(
                    "experimentSubject",
                    [
                        "run": run, "id": subject.id, "sequence": place + 1, "persona": subject.persona,
                        "drawn": try StoredJSON.text(subject.drawn),
                    ])
            }
        }
    }

    /// Records decisions, numbered in the order given behind those recorded before: all of them or nothing.
    ///
    /// - Throws: ``ResultsError/missingReference(table:)`` where a completion, cell or subject is not recorded yet.
    public func commitDecisions(_ decisions: [RecordedDecision], run: String) async throws {
        try await writeSettling { database in
            let writer = RowWriter(database)
            let last = try Int.fetchOne(
                database, sql: "SELECT max(sequence) FROM decision WHERE run = ?", arguments: [run]) ?? 0
            for (place, decision) in decisions.enumerated() {
                try writer.insert(decision, number: last + place + 1, run: run)
            }
        }
    }
}

extension RowWriter {
    fileprivate func insert(_ decision: RecordedDecision, number: Int, run: String) throws {
        let answer = decision.answer
        try insert(
            "decision",
            [
                "run": run, "sequence": number, "cell": decision.cell, "subject": answer.subject, "name": answer.decision,
                "repeat": answer.repetition, "round": answer.round, "grouping": decision.group,
                "optionOrder": try StoredJSON.text(answer.order), "method": answer.method.rawValue,
                "chosen": answer.chosen, "numbers": try StoredJSON.text(answer.numbers), "refused": answer.refused,
                "unparsed": answer.unparsed, "text": answer.text, "coveredMass": answer.coveredMass,
                "payoff": decision.payoff,
            ])
        for (outcome, score) in answer.evidence.enumerated() {
            try insert(
                "decisionOutcome",
                [
                    "run": run, "decision": number, "outcome": outcome, "logLikelihood": score.logLikelihood,
                    "tokenCount": score.tokenCount,
                ])
        }
        for (position, key) in answer.completions.enumerated() {
            try insert("runCompletion", ["run": run, "completion": key], keepFirst: true)
            try insert(
                "decisionCompletion", ["run": run, "decision": number, "position": position, "completion": key])
        }
    }
}
