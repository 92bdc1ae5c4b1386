import Agents
import Files
import LanguageModels
import Reports
import Results
import Surveys

extension ShowStudy {
    /// An experiment with all it found.
    func experiment(_ run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        let record = try await ExperimentRecord(run, environment: environment, database: database)
        var lines = [
            "\(run.id): \(run.status.rawValue), \(run.header.created), seed \(run.header.seed)",
            "  \(sanitised(run.header.commandLine))",
        ]
        guard run.status == .done else {
            lines.append("  not finished; the same command goes on: what was decided already is not asked again")
            return StudyOutcome(
                text: lines.joined(separator: "\n"),
                json: .object([.init("run", .string(run.id)), .init("status", .string(run.status.rawValue))]))
        }
        let models = run.header.models.map(\.identity.name)
        lines.append(wrapped("\(sanitised(record.experiment.title)), decided by \(models.map { sanitised($0) }.joined(separator: ", "))"))
        return ExperimentResult(record, run: run.id, plan: run.header.settings["plan"] ?? "").outcome(
            head: lines, facts: [.init("status", .string(run.status.rawValue)), .init("model", JSONValue(models.first))])
    }
}

extension ReportStudy {
    /// An experiment on a page: its findings, a chart and a table a measure, what was planned.
    func experiment(
        _ run: Run, database: ResultsDatabase
    ) async throws -> (headline: [String], section: ReportDocument.Section) {
        let record = try await ExperimentRecord(run, environment: environment, database: database)
        let result = ExperimentResult(record, run: run.id, plan: run.header.settings["plan"] ?? "")
        let experiment = record.experiment
        var lead = experiment.asks.map { ["It asks: \($0)"] } ?? []
        lead.append(result.planWords)
        lead += result.baselines.map { name, baseline in
            "\(name): \(baseline.source)." + (baseline.findings.isEmpty ? "" : " " + baseline.findings.joined(separator: " "))
        }
        let charts = result.cells.map { measure, estimates, section in
            ReportDocument.Experiment.Chart(
                title: measure.text, isShare: measure.isShare,
                rows: estimates.map { one in
                    .init(
                        label: record.cells[one.cell].levels.isEmpty ? "all" : record.cells[one.cell].label,
                        value: one.value, low: one.low, high: one.high, human: one.human?.value, paper: one.paper?.value)
                }, table: section.table(name: "cells-\(measure.text)"))
        }
        let section = ReportDocument.Experiment(
            title: experiment.title, lead: lead, charts: charts,
            tables: result.rounds.enumerated().map { $1.table(name: "rounds-\($0 + 1)") }
                + result.planned.enumerated().map { $1.table(name: "planned-\($0 + 1)") },
            remarks: result.notes + (experiment.differs.isEmpty ? [] : ["Not as in the paper:"] + experiment.differs))
        return (result.verdicts, .experiment(section))
    }
}

extension ReplicationResult.Section {
    fileprivate func table(name: String) -> ReportDocument.Experiment.Table {
        .init(
            title: title, name: name, columns: columns,
            rows: rows.map { row in
                row.map { cell -> CSVWriter.Cell in
                    switch cell {
                    case .text(let text): .text(text)
                    case .number(let value, _), .percent(let value): .number(value)
                    case .count(let count): .count(count)
                    case .blank: .missing
                    }
                }
            }, note: note)
    }
}

extension ExportTables {
    /// Decisions of an experiment, a row each, and of those that were scored the shares of their outcomes.
    func decisions() async throws -> [TidyTable] {
        guard run.header.kind == "experiment" else { return [] }
        let record = try await ExperimentRecord(run, environment: environment, database: database)
        let factors = record.experiment.factors.map(\.name)
        var decisions = TidyTable(
            "decisions",
            columns: ["sequence", "cell"] + factors + [
                "person", "decision", "repetition", "round", "group", "order", "method", "chosen", "value", "refused",
                "unparsed", "coveredMass", "payoff", "text",
            ])
        var outcomes = TidyTable("outcomes", columns: ["sequence", "cell", "person", "decision", "outcome", "share"])
        let cells = Dictionary(uniqueKeysWithValues: record.cells.map { ($0.number, $0) })
        for recorded in record.decisions {
            let answer = recorded.answer
            guard let cell = cells[recorded.cell], let decision = record.experiment.decision(answer.decision) else { continue }
            let names = decision.outcomes
            var row: [CSVWriter.Cell] = [.count(recorded.sequence), .text(cell.label)]
            row += factors.map { CSVWriter.Cell(cell.value($0)) }
            let chosen = answer.chosen.flatMap { place in names.flatMap { $0.indices.contains(place) ? $0[place] : nil } }
            row += [
                .text(answer.subject), .text(answer.decision), .count(answer.repetition), .count(answer.round),
                .count(recorded.group), CSVWriter.Cell(Self.order(answer.order, names)), .text(answer.method.rawValue),
                CSVWriter.Cell(chosen),
                CSVWriter.Cell(answer.numbers.isEmpty ? nil : answer.numbers.map { "\($0)" }.joined(separator: " ")),
                .count(answer.refused ? 1 : 0), .count(answer.unparsed ? 1 : 0), .number(answer.coveredMass),
                .number(recorded.payoff), CSVWriter.Cell(answer.text),
            ]
            decisions.rows.append(row)
            for (name, share) in zip(names ?? [], answer.method == .sample ? [] : answer.shares(of: decision) ?? []) {
                outcomes.rows.append([
                    .count(recorded.sequence), .text(cell.label), .text(answer.subject), .text(answer.decision),
                    .text(name), .number(share),
                ])
            }
        }
        return [decisions, outcomes]
    }

    private static func order(_ order: [Int], _ names: [String]?) -> String? {
        guard let names, !order.isEmpty else { return nil }
        return order.map { names.indices.contains($0) ? names[$0] : "?" }.joined(separator: " | ")
    }
}
