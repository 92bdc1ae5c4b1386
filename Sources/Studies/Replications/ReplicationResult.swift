import Files
import Reports

/// What a paper's study found with a model: tables, and what they come to in sentences.
struct ReplicationResult: Sendable {
    struct Section: Sendable {
        var title: String
        /// The first column names the row.
        var columns: [String]
        var rows: [[TerminalTable.Cell]]
        var note: String?
        /// Too wide for a terminal: for programs only.
        var forProgramsOnly = false
    }

    var sections: [Section]
    /// Plain sentences: what is worse than random answers, what a simpler rule does better.
    var verdicts: [String]

    func outcome(of study: Replication, run: String, head: [String], facts: [JSONValue.Member]) -> StudyOutcome {
        var lines = head
        for section in sections where !section.forProgramsOnly {
            lines += ["", wrapped(section.title)]
            lines.append(
                TerminalTable(titles: section.columns, rows: section.rows).rendered(indent: 2).trimmingSuffix("\n"))
            if let note = section.note { lines.append(wrapped(note)) }
        }
        lines.append("")
        lines += verdicts.map { wrapped($0) }
        lines += figures(study)
        if !study.differs.isEmpty {
            lines += ["", "Not as in the paper:"] + study.differs.map { wrapped("- " + sanitised($0)) }
        }
        let tables = sections.map { section in
            JSONValue.object([
                .init("title", .string(section.title)),
                .init("rows", .array(section.rows.map { row in
                    .object(zip(section.columns, row).map { .init($0.isEmpty ? "name" : $0, Self.json($1)) })
                })),
                .init("note", section.note.map { .string($0) } ?? .null),
            ])
        }
        let paper = study.paper.map { figure in
            JSONValue.object([
                .init("statistic", .string(figure.statistic)), .init("of", .string(figure.of)),
                .init("value", .number(figure.value)), .init("people", .bool(figure.ofPeople)),
                .init("fromMemory", .bool(figure.fromMemory)),
            ])
        }
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object(
                facts + [
                    .init("tables", .array(tables)), .init("verdicts", JSONValue(verdicts)),
                    .init("paper", .array(paper)), .init("differs", JSONValue(study.differs)),
                ]))
    }

    private func figures(_ study: Replication) -> [String] {
        guard !study.paper.isEmpty else { return [] }
        let table = TerminalTable(
            titles: ["statistic", "of", "value", "read"],
            rows: study.paper.map {
                [.text($0.statistic), .text($0.of), .number($0.value, decimals: 3), .text($0.fromMemory ? "from memory" : "in the source")]
            })
        return ["", wrapped("The paper: \(sanitised(study.source))"), table.rendered(indent: 2).trimmingSuffix("\n")]
    }

    static func json(_ cell: TerminalTable.Cell) -> JSONValue {
        switch cell {
        case .text(let text): .string(text)
        case .number(let value, _), .percent(let value): value.map { .number($0) } ?? .null
        case .count(let count): count.map { .integer($0) } ?? .null
        case .blank: .null
        }
    }
}

extension Replication {
    /// The paper's figures for a statistic, as one cell: `0.850 to 0.890 m`, where m is "from memory".
    func cell(_ statistic: String, ofPeople: Bool = false) -> TerminalTable.Cell {
        let figures = paper.filter { $0.statistic == statistic && $0.ofPeople == ofPeople }
        guard let low = figures.map(\.value).min(), let high = figures.map(\.value).max() else { return "-" }
        let range = low == high ? fixed(low, decimals: 3) : "\(fixed(low, decimals: 2))-\(fixed(high, decimals: 2))"
        return .text(range + (figures.contains(where: \.fromMemory) ? " m" : ""))
    }
}

/// A 95% interval as a cell.
func between(_ low: Double?, _ high: Double?) -> TerminalTable.Cell {
    guard let low, let high else { return "-" }
    return .text("\(fixed(low, decimals: 2)) to \(fixed(high, decimals: 2))")
}

/// The middle 95% of bootstrap values, `nil` under 20 of them.
func middle(_ values: [Double]) -> (low: Double, high: Double)? {
    guard values.count >= 20 else { return nil }
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        return sorted[below] + (place - Double(below)) * (sorted[min(below + 1, sorted.count - 1)] - sorted[below])
    }
    return (at(0.025), at(0.975))
}
