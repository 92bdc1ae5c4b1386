import Surveys

/// Shares of a town's answers to one question, a stacked bar a moment or a correction.
struct TownChart {
    var series: ReportDocument.TownOverTime.Series
    /// `over time`, `by correction`.
    var rows: String
    var id: String

    var figure: HTML {
        .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text(series.question)]),
                series.ask.map { .element("p", ["class": "ask"], [.text($0)]) } ?? [],
                SVG.legend(series.options.enumerated().map { (Self.style($0), $1) }),
                drawing, table.details,
            ])
    }

    private static func style(_ option: Int) -> String { "o\(option % 7)" }

    private var drawing: HTML {
        let row = 40.0
        var shapes: [HTML] = []
        for (index, moment) in series.moments.enumerated() {
            let y = Double(index) * row
            shapes.append(
                SVG.text(1, y + 13, truncated(sanitised(moment.time), to: 36)))
            shapes.append(SVG.text(339, y + 13, "n \(moment.answers.count)", style: "small faint", anchor: "end"))
            var x = 1.0
            for (option, share) in moment.answers.shares.enumerated() where share > 0 && share.isFinite {
                let width = share * 338
                let name = element(option, of: series.options) ?? ""
                shapes.append(
                    SVG.rectangle(
                        x, y + 18, width - 1, 16, style: Self.style(option), title: "\(name): \(percent(share))"))
                if width >= 30 { shapes.append(SVG.text(x + 5, y + 30, percent(share), style: "on")) }
                x += width
            }
        }
        return SVG.chart(
            id: id, width: 340, height: Double(series.moments.count) * row, title: "\(series.question) \(rows)",
            description: words, shapes)
    }

    private var words: String {
        series.moments.map { moment in
            "\(moment.time): "
                + series.options.enumerated().map { "\($1) \(percent(element($0, of: moment.answers.shares)))" }
                .joined(separator: ", ")
        }.joined(separator: ". ")
    }

    private var table: DataTable {
        DataTable(
            caption: "\(series.question) \(rows)", name: "town-\(series.question)",
            titles: ["", "n"] + series.options,
            rows: series.moments.map { moment in
                [.text(moment.time), .count(moment.answers.count)]
                    + series.options.indices.map { .number(element($0, of: moment.answers.shares)) }
            })
    }
}
