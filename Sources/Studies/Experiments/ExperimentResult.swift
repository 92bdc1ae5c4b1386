import Agents
import Files
import Reports
import Results
import Surveys

/// What an experiment found: tables, what was planned, what was not, and what it comes to.
struct ExperimentResult: Sendable {
    let record: ExperimentRecord
    let run: String
    /// The plan's digest.
    let plan: String
    private(set) var cells: [(measure: Measure, estimates: [CellEstimate], section: ReplicationResult.Section)] = []
    /// Of games of several rounds.
    private(set) var rounds: [ReplicationResult.Section] = []
    private(set) var planned: [ReplicationResult.Section] = []
    private(set) var unplanned: [ReplicationResult.Section] = []
    private(set) var verdicts: [String] = []
    var notes: [String] = []

    init(_ record: ExperimentRecord, run: String, plan: String, explore: Bool = false) {
        (self.record, self.run, self.plan) = (record, run, plan)
        let tables = ExperimentTables(record: record)
        let experiment = record.experiment
        for measure in record.measures {
            let estimates = record.estimates(measure)
            cells.append((measure, estimates, tables.cells(measure, estimates)))
            verdicts += (tables.orderVerdict(measure, estimates).map { [$0] } ?? []) + tables.verdicts(measure, estimates)
        }
        notes = tables.reading()
        if let games = record.games {
            let played = GameTables(record: record, games: games)
            (rounds, notes) = (played.sections, notes + played.notes)
        }
        verdicts = tables.unread() + verdicts
        if !experiment.comparisons.isEmpty {
            let found = record.differences(experiment.comparisons, adjust: holmAdjusted)
            let missing = experiment.comparisons.count - found.count
            var note = "Within \(record.games == nil ? "subjects" : "lots of players"); p adjusted by Holm over all that have one."
            if missing > 0 { note += " \(missing) of \(experiment.comparisons.count) left out: nobody decided in both." }
            if found.contains(where: { $0.difference.n == 1 }) { note += " n 1: one subject, so no interval and no p." }
            planned += tables.comparisons(found, title: "Planned comparisons", correction: "Holm", note: note)
        }
        planned += experiment.analyses.flatMap(ExperimentAnalyses(record: record).sections)
        if explore {
            let found = record.differences(record.unplanned, adjust: benjaminiHochbergAdjusted)
            unplanned += tables.comparisons(
                found, title: "Exploratory, not planned, to be tested on new data", correction: "BH",
                note: "Every other pair of levels; p adjusted for the share of false findings (Benjamini and Hochberg).")
        }
    }

    var sections: [ReplicationResult.Section] { cells.map(\.section) + rounds + planned + unplanned }

    func outcome(head: [String], facts: [JSONValue.Member]) -> StudyOutcome {
        let experiment = record.experiment
        var lines = head
        if let asks = experiment.asks { lines.append(wrapped("Asks: " + sanitised(asks))) }
        lines.append(wrapped(planWords))
        for section in sections { lines += [""] + section.lines }
        lines.append("")
        lines += (verdicts + notes).map { wrapped(sanitised($0)) }
        for (name, baseline) in baselines {
            lines.append(wrapped("\(name): \(sanitised(baseline.source))"))
            lines += baseline.findings.map { wrapped("- " + sanitised($0)) }
        }
        if !experiment.differs.isEmpty {
            lines += ["", "Not as in the paper:"] + experiment.differs.map { wrapped("- " + sanitised($0)) }
        }
        lines += ["", "Next: populace show \(run)/\(sanitised(record.subjects.first?.id ?? "SUBJECT")); populace report \(run)"]
        return StudyOutcome(text: lines.joined(separator: "\n"), json: json(facts))
    }

    var planWords: String {
        let (comparisons, analyses) = (record.experiment.comparisons.count, record.experiment.analyses.count)
        let what = comparisons + analyses == 0 ? "nothing planned"
            : "\(counted(comparisons, "comparison")) and \(counted(analyses, "analysis", "analyses")) planned"
        return "Plan \(plan.prefix(12)), stored before the first call: \(what)."
    }

    var baselines: [(name: String, baseline: Experiment.Baseline)] {
        [("People", record.experiment.humans), ("Paper", record.experiment.paper)].compactMap { name, baseline in
            baseline.map { (name, $0) }
        }
    }

    private func json(_ facts: [JSONValue.Member]) -> JSONValue {
        let figures = cells.flatMap { measure, estimates, _ in
            estimates.map { one -> JSONValue in
                let cell = record.cells[one.cell]
                return .object([
                    .init("measure", .string(measure.text)),
                    .init("cell", .object(cell.levels.map { .init($0.name, .string($0.value)) })),
                    .init("value", JSONValue(one.value)), .init("low", JSONValue(one.low)), .init("high", JSONValue(one.high)),
                    .init("n", .integer(one.n)), .init("unread", .integer(one.unread)),
                    .init("orderEffect", JSONValue(one.orderEffect)), .init("uniform", JSONValue(one.uniform)),
                    .init("people", JSONValue(one.human?.value)), .init("paper", JSONValue(one.paper?.value)),
                    .init("off", JSONValue(one.off)),
                ])
            }
        }
        return .object(
            [.init("run", .string(run)), .init("experiment", .string(record.experiment.id)), .init("plan", .string(plan))]
                + facts + [
                    .init("cells", .array(figures)), .init("rounds", .array(rounds.map(\.json))), .init("planned", .array(planned.map(\.json))),
                    .init("exploratory", .array(unplanned.map(\.json))), .init("verdicts", JSONValue(verdicts)),
                    .init("notes", JSONValue(notes)), .init("differs", JSONValue(record.experiment.differs)),
                ])
    }
}

extension ReplicationResult.Section {
    /// For a terminal.
    var lines: [String] {
        var lines = [wrapped(sanitised(title))]
        if !rows.isEmpty {
            lines.append(TerminalTable(titles: columns, rows: rows).rendered(indent: 2).trimmingSuffix("\n"))
        }
        return lines + (note.map { [wrapped(sanitised($0))] } ?? [])
    }

    var json: JSONValue {
        .object([
            .init("title", .string(title)),
            .init("rows", .array(rows.map { row in
                .object(zip(columns, row).map { .init($0.isEmpty ? "name" : $0, ReplicationResult.json($1)) })
            })),
            .init("note", note.map { .string($0) } ?? .null),
        ])
    }
}
