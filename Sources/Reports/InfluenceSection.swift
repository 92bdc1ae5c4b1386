import Surveys

/// An influence table on a page: a heat map of kinds and questions, then each question with its intervals.
struct InfluenceSection {
    var table: InfluenceTable
    /// Unique on the page.
    var id: String

    var content: [HTML] {
        [
            HTMLReport.lead(table.caution),
            .element("h3", [:], ["Kinds of facts and questions"]), Self.legend, map, data.link,
            .element("h3", [:], ["Question by question"]),
            .element("div", ["class": "grid"], table.questions.enumerated().map { figure($1, id: "\(id)-\($0)") }),
        ]
    }

    /// Lower ends of the steps above the first.
    private static let steps = [0.05, 0.1, 0.2]

    private static func style(_ moved: Double) -> String { "h\(4 + steps.count { moved >= $0 })" }

    private static var legend: HTML { HeatMap.legend("Colours of influence", steps: steps, first: 4) }

    private var map: HTML {
        HeatMap.table(
            "How far shares of answers move without a kind of fact, 0 to 1, mean over people", corner: "told",
            columns: table.questions.map(\.question),
            rows: table.kinds.map { kind in (kind, table.questions.map { $0.moved[kind]?.mean }) }, style: Self.style)
    }

    private func figure(_ summary: InfluenceSummary, id: String) -> HTML {
        let rows = rows(summary)
        let (left, width, row) = (140.0, 150.0, 20.0)
        // What is left over has no upper end: its dot may lie beyond the axis, its number is there.
        let most = max(0.1, rows.dropLast().map { $0.moved.high ?? $0.moved.mean }.max() ?? 0)
        let bottom = Double(rows.count) * row + 4
        func x(_ value: Double) -> Double { left + min(max(value / most, 0), 1) * width }
        var shapes: [HTML] = []
        for tick in [0.0, 0.5, 1] {
            shapes.append(SVG.line(x(tick * most), 0, x(tick * most), bottom, style: tick == 0 ? "axis" : "rule"))
            shapes.append(
                SVG.text(x(tick * most), bottom + 14, fixed(tick * most, decimals: 2), style: "small faint", anchor: "middle"))
        }
        for (index, one) in rows.enumerated() {
            let y = Double(index) * row + 12
            shapes.append(
                SVG.text(
                    0, y + 4, truncated(sanitised(one.name), to: 21), style: one.isWhole ? "faint" : nil, full: one.name))
            shapes.append(SVG.text(338, y + 4, fixed(one.moved.mean, decimals: 3), anchor: "end"))
            guard one.moved.high ?? one.moved.mean <= most else { continue }
            if let low = one.moved.low, let high = one.moved.high {
                shapes.append(SVG.whisker(from: x(low), to: x(high), y: y, cap: 3))
            }
            shapes.append(SVG.circle(x(one.moved.mean), y, 4, style: one.isWhole ? "mirror" : "s0"))
        }
        let heading = "\(summary.question), \(summary.people) answer\(summary.people == 1 ? "" : "s")"
        return .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text(heading)]),
                SVG.chart(
                    id: id, width: 340, height: bottom + 20, title: "What moves answers to \(summary.question)",
                    description: rows.map { "\($0.name) \(fixed($0.moved.mean, decimals: 3))" }.joined(separator: ", "), shapes),
                .element("figcaption", [:], ["Whiskers: 95% intervals over people."]),
            ])
    }

    /// The most moving kinds first, equals in the order of telling; then all together, and what is no sum.
    private func rows(_ summary: InfluenceSummary) -> [(name: String, moved: InfluenceSummary.Moved, isWhole: Bool)] {
        let kinds = table.kinds.enumerated().compactMap { place, kind in summary.moved[kind].map { (place, kind, $0) } }
            .sorted { (-$0.2.mean, $0.0) < (-$1.2.mean, $1.0) }
        return kinds.map { ($0.1, $0.2, false) }
            + [("all of it", summary.together, true), ("interaction", summary.interaction, true)]
    }

    private var data: DataTable {
        DataTable(
            caption: "", name: "influence", titles: ["question", "told", "moves", "low", "high", "people"],
            rows: table.questions.flatMap { summary in
                rows(summary).map { row -> [CSVWriter.Cell] in
                    [
                        .text(summary.question), .text(row.name), .number(row.moved.mean), .number(row.moved.low),
                        .number(row.moved.high), .count(row.moved.people),
                    ]
                }
            })
    }
}
