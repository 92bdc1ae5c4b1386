import Agents
import Files
import Reports
import Results
import Surveys

/// The tables of an experiment.
struct ExperimentTables {
    let record: ExperimentRecord

    private var experiment: Experiment { record.experiment }

    /// A measure cell by cell: paper, people, ours.
    func cells(_ measure: Measure, _ estimates: [CellEstimate]) -> ReplicationResult.Section {
        let hasInterval = estimates.contains { $0.low != nil }
        let hasHuman = estimates.contains { $0.human != nil }
        let hasPaper = estimates.contains { $0.paper != nil }
        let hasUnread = estimates.contains { $0.unread > 0 }
        let factors = experiment.factors.map(\.name)
        var columns = factors.isEmpty ? [""] : factors
        if hasPaper { columns.append("paper") }
        if hasHuman { columns.append("people") }
        columns.append("ours")
        if hasInterval { columns.append("95% interval") }
        if hasHuman { columns.append("off") }
        if experiment.swap { columns.append("order") }
        columns.append("n")
        if hasUnread { columns.append("unread") }
        let rows = estimates.map { one -> [TerminalTable.Cell] in
            var row: [TerminalTable.Cell] = record.cells[one.cell].levels.map { .text($0.value) }
            if row.isEmpty { row = ["all"] }
            if hasPaper { row.append(Self.figure(one.paper)) }
            if hasHuman { row.append(Self.figure(one.human)) }
            row.append(.number(one.value, decimals: 2))
            if hasInterval { row.append(between(one.low, one.high)) }
            if hasHuman { row.append(.number(one.off, decimals: 2)) }
            if experiment.swap { row.append(.number(one.orderEffect, decimals: 2)) }
            row.append(.count(one.n))
            if hasUnread { row.append(.count(one.unread)) }
            return row
        }
        var notes: [String] = []
        if hasHuman { notes.append("off: ours minus people's.") }
        if experiment.swap { notes.append("order: the written order minus the reverse; 0 where order does nothing.") }
        if hasUnread { notes.append("unread: refused or not to be read; never counted as any of the options.") }
        let recalled = estimates.contains { $0.human?.fromMemory == true || $0.paper?.fromMemory == true }
        if recalled { notes.append("m: quoted from memory.") }
        if !hasInterval, record.subjects.count == 1 { notes.append("One subject that decides the same each time: nothing varies by chance, so there is no interval.") }
        return .init(
            title: measure.text, columns: columns, rows: rows, note: notes.isEmpty ? nil : notes.joined(separator: " "))
    }

    private static func figure(_ figure: Experiment.Baseline.Figure?) -> TerminalTable.Cell {
        guard let figure else { return "-" }
        return figure.fromMemory ? .text(fixed(figure.value, decimals: 2) + " m") : .number(figure.value, decimals: 2)
    }

    /// A table a measure; the note stands below the last.
    func comparisons(
        _ found: [PlannedDifference], title: String, correction: String, note: String
    ) -> [ReplicationResult.Section] {
        var measures: [Measure] = []
        for one in found where !measures.contains(one.comparison.measure) { measures.append(one.comparison.measure) }
        guard !measures.isEmpty else { return [.init(title: title, columns: ["cells"], rows: [], note: note)] }
        return measures.enumerated().map { place, measure in
            comparisons(
                found.filter { $0.comparison.measure == measure }, title: "\(title): \(measure.text)",
                correction: correction, note: place == measures.count - 1 ? note : nil)
        }
    }

    private func comparisons(
        _ found: [PlannedDifference], title: String, correction: String, note: String?
    ) -> ReplicationResult.Section {
        .init(
            title: title,
            columns: ["cells", "difference", "95% interval", "p", correction, "n"],
            rows: found.map { one in
                let difference = one.difference
                return [
                    .text("\(one.comparison.of.label) - \(one.comparison.against.label)"),
                    .number(difference.difference, decimals: 2), between(difference.low, difference.high),
                    .text(Self.p(difference.p)), .text(Self.p(one.adjusted)), .count(difference.n),
                ]
            }, note: note)
    }

    /// `.012`, `<.001`, `-`.
    static func p(_ p: Double?) -> String { p.map { $0 < 0.001 ? "<.001" : fixed($0, decimals: 3) } ?? "-" }

    /// How far from people over all cells, by endowment where there are some, and how far answering at random is.
    func verdicts(_ measure: Measure, _ estimates: [CellEstimate]) -> [String] {
        let endowments = experiment.factors.first { $0.name == Experiment.endowment }?.levels.map(\.name)
        let groups: [String?] = endowments.map { names in names.map { $0 as String? } } ?? [nil]
        return groups.compactMap { group -> String? in
            let own = estimates.filter { group == nil || record.cells[$0.cell].value(Experiment.endowment) == group }
                .filter { $0.off != nil }
            guard !own.isEmpty else { return nil }
            let ours = own.reduce(0) { $0 + abs($1.off ?? 0) } / Double(own.count)
            let random = own.compactMap { one in one.uniform.flatMap { uniform in one.human.map { abs(uniform - $0.value) } } }
            let who = group.map { "endowment \($0)" } ?? "the model"
            var words = "\(measure.text), \(who): \(fixed(ours, decimals: 2)) from people on average over \(counted(own.count, "cell"))"
            if random.count == own.count {
                let chance = random.reduce(0, +) / Double(random.count)
                words += "; answering at random would be \(fixed(chance, decimals: 2))"
                words += ours < chance - 0.005 ? ", so it is nearer than chance."
                    : ours > chance + 0.005 ? ", so it is farther off than chance." : ": no nearer than chance."
            } else {
                words += "."
            }
            return words
        }
    }

    /// What rests on few because most could not be read.
    func unread() -> [String] {
        experiment.decisions.compactMap { decision in
            let answers = record.decisions.map(\.answer).filter { $0.decision == decision.name }
            let lost = answers.count { $0.unparsed || $0.refused }
            guard !answers.isEmpty, Double(lost) > 0.2 * Double(answers.count) else { return nil }
            return "\(decision.name): \(percent(Double(lost) / Double(answers.count))) of the decisions say nothing that could be "
                + "read; every figure is of the others, who need not be like them."
        }
    }

    /// Whether options are chosen for what they are or for where they stand.
    func orderVerdict(_ measure: Measure, _ estimates: [CellEstimate]) -> String? {
        let effects = estimates.compactMap(\.orderEffect).map(abs)
        let values = estimates.compactMap(\.value)
        guard !effects.isEmpty, let low = values.min(), let high = values.max() else { return nil }
        let moved = effects.reduce(0, +) / Double(effects.count)
        return "\(measure.text): swapping the options moves it by \(fixed(moved, decimals: 2)) on average; what is in them, by "
            + "\(fixed(high - low, decimals: 2)) at most, from cell to cell"
            + (moved > high - low ? ": the model goes by the place, not by the content." : ".")
    }

    /// How decisions were read, and what could not be.
    func reading() -> [String] {
        experiment.decisions.compactMap { decision -> String? in
            let answers = record.decisions.map(\.answer).filter { $0.decision == decision.name }
            guard let method = answers.first?.method else { return nil }
            var words = "\(decision.name): \(counted(answers.count, "decision")) by \(method.rawValue)"
            if method == .sample {
                let (unparsed, refused) = (answers.count { $0.unparsed }, answers.count { $0.refused })
                words += ", \(unparsed) unparsed (\(percent(Double(unparsed) / Double(answers.count)))), \(refused) refused"
                if case .text(let codes) = decision.kind {
                    words += ", \(answers.count { $0.chosen == codes.count }) uncoded"
                }
            }
            let masses = answers.compactMap(\.coveredMass)
            if let least = masses.min() {
                let mean = masses.reduce(0, +) / Double(masses.count)
                words += "; labels hold \(percent(mean)) of the probability, \(percent(least)) at least"
                if mean < 0.5 { words += ", so most of what the model would say is none of them" }
            }
            return words + "."
        }
    }
}
