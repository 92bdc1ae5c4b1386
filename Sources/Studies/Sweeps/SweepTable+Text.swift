import Files
import Reports
import Surveys

extension SweepTable {
    /// Cells shown to people; programs get all.
    private static let mostRows = 40
    private static let mostColumns = 4

    /// - Parameter now: Cells that were run by this command.
    func outcome(now: Int) -> StudyOutcome {
        StudyOutcome(text: text(now: now), json: json(now: now))
    }

    private func text(now: Int) -> String {
        let done = rows.filter { !$0.runs.isEmpty }
        let ids = done.flatMap(\.runs)
        var lines = [
            wrapped("\(plan.sweep.id): \(sanitised(plan.sweep.title))"),
            "  \(counted(plan.cells.count, "cell")) over \(plan.axes.joined(separator: ", ")): \(now) run now, \(done.count - now) before"
                + (left.isEmpty ? "" : ", \(left.count) not done"),
        ]
        if let first = ids.first, let last = ids.last {
            lines.append("  merged into \(database) as \(first)\(ids.count > 1 ? " to \(last)" : "")")
        }
        for conflict in conflicts {
            lines.append(wrapped(
                "  Cell \(conflict.cell.number): \(counted(conflict.keys.count, "completion")) (first \(conflict.keys[0].prefix(12))) had another response in an earlier cell, which stays. Its figures are its own, but it will not replay: did machines or servers differ?"))
        }
        lines += ["", cells(done)]
        let seeds = plan.sweep.dimensions.first { $0.axis == .seed }?.values.count ?? 1
        let chance = seeds > 1
            ? "SD: from seed to seed, nothing else varied; 95%: of the mean, by that chance alone."
            : "No seed varies, so nothing here tells a difference from chance: add 'seed: 1..10'."
        if !measures.isEmpty, done.count > 1 {
            for axis in compared { lines += ["", "By \(plan.axes[axis])", levels(axis)] }
            if compared.isEmpty { lines += ["", "Over all \(done.count) cells", levels(nil)] }
            lines.append(chance)
        }
        for cell in left.prefix(Self.mostRows) { lines.append("Not done: cell \(cell.number) (\(sanitised(cell.name)))") }
        if let first = ids.first {
            lines.append(plan.sweep.procedure == .poll
                ? "Next: populace compare \(first); populace report \(first)" : "Next: populace show \(first); populace report \(first)")
        }
        return lines.joined(separator: "\n")
    }

    private func cells(_ done: [Row]) -> String {
        let shown = measures.prefix(Self.mostColumns)
        var table = TerminalTable(titles: ["cell"] + plan.axes + ["run"] + shown.map(\.name))
        for row in done.prefix(Self.mostRows) {
            let chosen = zip(plan.sweep.dimensions.indices, row.cell.chosen).map { place, value in
                plan.sweep.dimensions[place].axis == .seed ? TerminalTable.Cell.count(Int(value)) : .text(short(value, place))
            }
            table.rows.append(
                [.count(row.cell.number)] + chosen + [.text(row.runs.last ?? "")]
                    + shown.map { measure in cell(row.measures.first { $0.name == measure.name }?.value, measure.form) })
        }
        let more = done.count > Self.mostRows ? "  ... and \(done.count - Self.mostRows) more; --json has all\n" : ""
        return (table.rendered(indent: 2) + more).trimmingSuffix("\n")
    }

    private func levels(_ axis: Int?) -> String {
        let levels = levels(of: axis)
        var table = TerminalTable(titles: ["measure"] + (axis.map { [plan.axes[$0]] } ?? []) + ["mean", "SD", "95%", "cells"])
        for (place, measure) in measures.enumerated() where levels.contains(where: { $0.spreads[place] != nil }) {
            for (number, level) in levels.enumerated() {
                let spread = level.spreads[place]
                table.rows.append(
                    [.text(number == 0 ? measure.name : "")] + (axis.map { [.text(short(level.value, $0))] } ?? [])
                        + [
                            cell(spread?.mean, measure.form), cell(spread?.deviation, measure.form),
                            .text(spread?.interval.map { shown($0, measure.form) } ?? "-"),
                            .count(spread?.count ?? 0),
                        ])
            }
        }
        return table.rendered(indent: 2).trimmingSuffix("\n")
    }

    /// A file by its stem, where no other of the axis has it.
    private func short(_ value: String, _ axis: Int) -> String {
        func stem(_ path: String) -> String { String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...].prefix { $0 != "." }) }
        guard plan.sweep.dimensions[axis].axis.isTarget || plan.sweep.dimensions[axis].axis == .survey else { return value }
        let alike = plan.sweep.dimensions[axis].values.filter { stem($0.shown) == stem(value) }
        return alike.count == 1 ? stem(value) : value
    }

    private func cell(_ value: Double?, _ form: SweepMeasure.Form) -> TerminalTable.Cell { .number(value, decimals: decimals(form)) }

    private func decimals(_ form: SweepMeasure.Form) -> Int {
        switch form {
        case .share: 3
        case .count: 1
        case .number(let decimals): decimals
        }
    }

    /// No further than the measure goes.
    private func shown(_ interval: ClosedRange<Double>, _ form: SweepMeasure.Form) -> String {
        let (low, high) = switch form {
        case .share: (max(0, interval.lowerBound), min(1, interval.upperBound))
        case .count: (max(0, interval.lowerBound), interval.upperBound)
        case .number: (interval.lowerBound, interval.upperBound)
        }
        return "\(fixed(low, decimals: decimals(form))) to \(fixed(high, decimals: decimals(form)))"
    }

    private func json(now: Int) -> JSONValue {
        func members(_ levels: [Level]) -> JSONValue {
            .array(levels.map { level in
                .object([
                    .init("value", .string(level.value)),
                    .init("measures", .array(zip(measures, level.spreads).map { measure, spread in
                        .object([
                            .init("name", .string(measure.name)), .init("mean", JSONValue(spread?.mean)),
                            .init("sd", JSONValue(spread?.deviation)), .init("low", JSONValue(spread?.interval?.lowerBound)),
                            .init("high", JSONValue(spread?.interval?.upperBound)), .init("cells", .integer(spread?.count ?? 0)),
                        ])
                    })),
                ])
            })
        }
        return .object([
            .init("sweep", .string(plan.sweep.id)), .init("title", .string(plan.sweep.title)), .init("ranNow", .integer(now)),
            .init("cells", .array(rows.map { row in
                .object([
                    .init("cell", .integer(row.cell.number)),
                    .init("chosen", .object(zip(plan.axes, row.cell.chosen).map { .init($0, .string($1)) })),
                    .init("done", .bool(!row.runs.isEmpty)), .init("runs", JSONValue(row.runs)),
                    .init("measures", .object(row.measures.map { .init($0.name, JSONValue($0.value)) })),
                ])
            })),
            .init("over", members(levels(of: nil))),
            .init("axes", .array(compared.map { .object([.init("axis", .string(plan.axes[$0])), .init("values", members(levels(of: $0)))]) })),
            .init("conflicts", .array(conflicts.map {
                .object([.init("cell", .integer($0.cell.number)), .init("completions", JSONValue($0.keys))])
            })),
            .init("notDone", .array(left.map { .integer($0.number) })),
        ])
    }
}
