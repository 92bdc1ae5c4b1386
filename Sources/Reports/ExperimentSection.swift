/// An experiment on a page.
struct ExperimentSection {
    var experiment: ReportDocument.Experiment
    /// Unique on the page.
    var id: String

    var content: [HTML] {
        experiment.lead.map { .element("p", [:], [.text($0)]) }
            + [
                .element("h3", [:], ["Cell by cell"]), SVG.legend(legend),
                .element(
                    "div", ["class": "grid"],
                    experiment.charts.enumerated().map { place, chart in
                        ExperimentChart(chart: chart, id: "\(id)-e\(place)").figure
                    }),
            ]
            + experiment.tables.map(planned)
            + (experiment.remarks.isEmpty ? [] : [
                .element("h3", [:], ["Remarks"]),
                .element("ul", [:], experiment.remarks.map { .element("li", [:], [.text($0)]) }),
            ])
    }

    private var legend: [(style: String, name: String)] {
        let rows = experiment.charts.flatMap(\.rows)
        var entries = [(style: "s0", name: "ours, with a 95% interval")]
        if rows.contains(where: { $0.human != nil }) { entries.append(("s1", "people")) }
        if rows.contains(where: { $0.paper != nil }) { entries.append(("mirror", "the paper's model")) }
        return entries
    }

    private func planned(_ table: ReportDocument.Experiment.Table) -> HTML {
        let data = DataTable(caption: table.title, name: table.name, titles: table.columns, rows: table.rows)
        return .joined(
            [.element("h3", [:], [.text(table.title)])] + (table.rows.isEmpty ? [] : [data.table, data.link])
                + (table.note.map { [.element("p", ["class": "note"], [.text($0)])] } ?? []))
    }
}

/// A measure in every cell as points on a line: ours with its interval, people's, the paper's.
struct ExperimentChart {
    var chart: ReportDocument.Experiment.Chart
    var id: String

    private let left = 168.0
    private let width = 250.0
    private let row = 20.0

    var figure: HTML {
        .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text(chart.title)]), drawing,
                chart.table.note.map { .element("figcaption", [:], [.text($0)]) } ?? [],
                DataTable(
                    caption: chart.title, name: chart.table.name, titles: chart.table.columns, rows: chart.table.rows
                ).details,
            ])
    }

    /// From 0 to 1 for shares, else around all that is drawn.
    private var bounds: (low: Double, high: Double) {
        if chart.isShare { return (0, 1) }
        let all = chart.rows.flatMap { [$0.value, $0.low, $0.high, $0.human, $0.paper] }.compactMap(\.self).filter(\.isFinite)
        guard let low = all.min(), let high = all.max() else { return (0, 1) }
        let margin = max((high - low) * 0.08, high == low ? max(abs(low) * 0.1, 0.5) : 0)
        return (low - margin, high + margin)
    }

    private var drawing: HTML {
        let (low, high) = bounds
        let bottom = 8 + Double(chart.rows.count) * row
        func x(_ value: Double) -> Double { left + (min(max(value, low), high) - low) / (high - low) * width }
        var shapes: [HTML] = []
        for tick in 0...4 {
            let value = low + (high - low) * Double(tick) / 4
            shapes.append(SVG.line(x(value), 4, x(value), bottom, style: tick == 0 ? "axis" : "rule"))
            shapes.append(
                SVG.text(
                    x(value), bottom + 14, chart.isShare ? fixed(value * 100, decimals: 0) + "%" : fixed(value, decimals: 1),
                    style: "small faint", anchor: "middle"))
        }
        for (place, one) in chart.rows.enumerated() {
            let y = 8 + (Double(place) + 0.5) * row
            shapes.append(SVG.text(1, y + 4, truncated(sanitised(one.label), to: 25), style: "small", full: one.label))
            if let low = one.low, let high = one.high { shapes.append(SVG.whisker(from: x(low), to: x(high), y: y, cap: 3)) }
            if let paper = one.paper {
                shapes.append(SVG.circle(x(paper), y, 5.5, style: "mirror", title: "\(one.label): paper \(words(paper))"))
            }
            if let human = one.human {
                shapes.append(SVG.rectangle(x(human) - 2, y - 7, 4, 14, style: "s1", title: "\(one.label): people \(words(human))"))
            }
            if let value = one.value {
                shapes.append(SVG.circle(x(value), y, 4, style: "s0", title: "\(one.label): ours \(words(value))"))
            }
        }
        return SVG.chart(
            id: id, width: left + width + 22, height: bottom + 20, title: chart.title, description: description, shapes)
    }

    private func words(_ value: Double) -> String { chart.isShare ? percent(value) : fixed(value, decimals: 2) }

    /// The figures in words.
    private var description: String {
        chart.rows.map { row in
            "\(row.label): ours \(row.value.map(words) ?? "none")" + (row.human.map { ", people \(words($0))" } ?? "")
                + (row.paper.map { ", paper \(words($0))" } ?? "")
        }.joined(separator: ". ")
    }
}
