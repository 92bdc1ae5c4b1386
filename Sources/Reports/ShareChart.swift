import Surveys

/// Shares of answers to one question as bars: people first, then the model under each correction, with 95% intervals.
struct ShareChart {
    var block: ComparisonBlock
    var id: String
    var heading: String
    var ask: String?

    static func style(_ series: Int) -> String { "s\(min(series, 4))" }

    var figure: HTML {
        let first = block.cells[0]
        let scores = block.cells.map { "\($0.correction) \(fixed($0.similarity.value, decimals: 3))" }
        return .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text(heading)]),
                ask.map { .element("p", ["class": "ask"], [.text($0)]) } ?? [],
                drawing,
                .element(
                    "figcaption", [:],
                    [
                        .text(
                            "Similarity \(scores.joined(separator: ", ")); noise floor "
                                + "\(fixed(first.mirrors.noiseFloor, decimals: 3)), uniform "
                                + "\(fixed(first.mirrors.uniform, decimals: 3)). n \(first.human.count), n_eff "
                                + "\(fixed(first.human.effectiveSize, decimals: 0)), m \(first.model.count).")
                    ]),
                table.details,
            ])
    }

    private var drawing: HTML {
        let series = block.series
        let (bar, gap, full) = (9.0, 2.0, 286.0)
        let row = 18 + Double(series.count) * (bar + gap) + 9
        let bottom = Double(block.options.count) * row
        var shapes: [HTML] = []
        for tick in [0.0, 0.25, 0.5, 0.75, 1] {
            shapes.append(SVG.line(1 + tick * full, 4, 1 + tick * full, bottom, style: tick == 0 ? "axis" : "rule"))
            shapes.append(
                SVG.text(
                    1 + tick * full, bottom + 14, fixed(tick * 100, decimals: 0) + (tick == 1 ? "%" : ""), style: "small faint",
                    anchor: tick == 0 ? "start" : "middle"))
        }
        for (index, option) in block.options.enumerated() {
            let top = Double(index) * row
            shapes.append(SVG.text(1, top + 13, truncated(sanitised(option), to: 52), full: option))
            for (place, one) in series.enumerated() {
                let y = top + 18 + Double(place) * (bar + gap)
                let share = element(index, of: one.shares).flatMap { $0.isFinite ? $0 : nil }
                let interval = element(index, of: one.intervals)
                var end = (share ?? 0) * full
                shapes.append(
                    SVG.rectangle(
                        1, y, end, bar, style: Self.style(place), title: "\(option): \(one.name) \(percent(share))"))
                if let low = interval?.low, let high = interval?.high {
                    shapes.append(SVG.whisker(from: 1 + low * full, to: 1 + high * full, y: y + bar / 2, cap: 3))
                    end = max(end, high * full)
                }
                shapes.append(SVG.text(6 + end, y + bar, percent(share), style: "small faint"))
            }
        }
        return SVG.chart(
            id: id, width: 340, height: bottom + 20, title: heading, description: description, shapes)
    }

    /// The shares in words.
    private var description: String {
        block.options.enumerated().map { index, option in
            "\(option): "
                + block.series.map { "\($0.name) \(percent(element(index, of: $0.shares)))" }.joined(separator: ", ")
        }.joined(separator: ". ")
    }

    private var table: DataTable {
        DataTable(
            caption: "Shares of answers, \(heading)", name: "shares-" + block.question + (block.group.map { "-\($0)" } ?? ""),
            titles: ["option"] + block.series.flatMap { [$0.name, "low", "high"] },
            rows: block.options.enumerated().map { index, option in
                [.text(option)]
                    + block.series.flatMap { one -> [CSVWriter.Cell] in
                        let interval = element(index, of: one.intervals)
                        return [.number(element(index, of: one.shares)), .number(interval?.low), .number(interval?.high)]
                    }
            })
    }
}
