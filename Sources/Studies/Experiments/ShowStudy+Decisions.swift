import Agents
import Files
import Reports
import Results

extension ShowStudy {
    /// What a subject of an experiment decided in every cell, and the model call each decision came from.
    ///
    /// - Parameter name: Of one decision; all where `nil`.
    func decisions(
        by id: String, named name: String? = nil, in run: Run, _ database: ResultsDatabase
    ) async throws -> StudyOutcome {
        let record = try await ExperimentRecord(run, environment: environment, database: database)
        guard let subject = record.subjects.first(where: { $0.id == id }) else {
            let some = record.subjects.prefix(12).map { "\(run.id)/\($0.id)" }.joined(separator: ", ")
            throw StudyError.usage(
                "\(run.id) has no subject '\(sanitised(id))'; there are \(some)\(record.subjects.count > 12 ? ", ..." : "")")
        }
        let own = record.decisions.filter { $0.answer.subject == id && (name == nil || $0.answer.decision == name) }
        if let name, own.isEmpty {
            throw StudyError.usage("\(id) decided nothing called '\(sanitised(name))' in \(run.id)")
        }
        let cells = Dictionary(uniqueKeysWithValues: record.cells.map { ($0.number, $0) })
        var lines = ["\(run.id)/\(sanitised(id)): \(counted(own.count, "decision"))"]
        for variable in record.experiment.drawn.map(\.variable) {
            if let value = subject.drawn[variable] { lines.append("  \(sanitised(variable)): \(sanitised(value))") }
        }
        let isGame = record.games != nil
        var table = TerminalTable(
            titles: ["cell"] + (isGame ? ["round"] : []) + ["decision", "order", "decided"] + (isGame ? ["earned"] : []) + ["call"])
        var items: [JSONValue] = []
        for one in own {
            let answer = one.answer
            let label = cells[one.cell]?.label ?? "\(one.cell)"
            let decided = Self.decided(answer, record.experiment.decision(answer.decision))
            var row: [TerminalTable.Cell] = [.text(label)]
            if isGame { row.append(.count(answer.round)) }
            row += [
                .text(answer.decision + (answer.repetition > 0 ? " \(answer.repetition + 1)" : "")),
                .text(answer.order.map { "\($0 + 1)" }.joined(separator: " ")), .text(decided),
            ]
            if isGame { row.append(.number(one.payoff, decimals: 1)) }
            table.rows.append(row + [.text(String(answer.completions.last?.prefix(8) ?? ""))])
            items.append(
                .object([
                    .init("cell", .string(label)), .init("decision", .string(answer.decision)),
                    .init("repetition", .integer(answer.repetition)), .init("round", .integer(answer.round)),
                    .init("group", JSONValue(one.group.map(Double.init))), .init("earned", JSONValue(one.payoff)),
                    .init("method", .string(answer.method.rawValue)), .init("decided", .string(decided)),
                    .init("refused", .bool(answer.refused)), .init("unparsed", .bool(answer.unparsed)),
                    .init("text", JSONValue(answer.text)), .init("completions", JSONValue(answer.completions)),
                ]))
        }
        lines.append(table.rendered(indent: 2).trimmingSuffix("\n"))
        lines.append("Next: populace show CALL --show-prompts, what was asked and said word for word")
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run.id)), .init("subject", .string(id)),
                .init("drawn", .object(record.experiment.drawn.map { .init($0.variable, JSONValue(subject.drawn[$0.variable])) })),
                .init("decisions", .array(items)),
            ]))
    }

    /// `left 53%`, `7`, `6 4`, or the words that say nothing.
    private static func decided(_ answer: DecidedAnswer, _ decision: Decision?) -> String {
        if answer.refused { return "refused: \"\(oneLine(answer.text ?? ""))\"" }
        if answer.unparsed { return "unparsed: \"\(oneLine(answer.text ?? ""))\"" }
        if !answer.numbers.isEmpty { return answer.numbers.map { plainNumber($0) }.joined(separator: " ") }
        guard let decision, let names = decision.outcomes, let shares = answer.shares(of: decision),
            let best = shares.indices.max(by: { shares[$0] < shares[$1] })
        else { return "-" }
        return names[best] + (answer.method == .sample ? "" : " \(percent(shares[best]))")
    }
}

/// `3`, `3.5`.
private func plainNumber(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
}
