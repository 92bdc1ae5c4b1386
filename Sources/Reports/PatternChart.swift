import Surveys

/// How answers hang together: for every pair of questions the model's Cramer's V over people's, on and off the diagonal.
struct PatternChart {
    var pattern: PanelPattern
    /// Unique on the page.
    var id: String

    var figure: HTML {
        .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text("Correction \(pattern.correction)")]),
                .element("p", ["class": "ask"], [.text("Cramer's V of each of \(pattern.model.pairs) pairs of questions")]),
                drawing,
                .element("figcaption", [:], [.text(words)]),
                table.details,
            ])
    }

    static let legend = SVG.legend([("s1", "the model's answers"), ("mirror", "the drawn people's own answers")])

    private var words: String {
        let model = pattern.model
        var words = "Model beside people: r \(fixed(model.correlation, decimals: 2)), mean difference "
            + "\(signed(model.meanDifference)), mean absolute \(fixed(model.meanAbsoluteDifference, decimals: 3))."
        if let drawn = pattern.drawnPeople {
            words += " The drawn people's own answers: r \(fixed(drawn.correlation, decimals: 2)), mean absolute "
                + "\(fixed(drawn.meanAbsoluteDifference, decimals: 3))."
        }
        if let halves = pattern.halves {
            words += " One half of the people beside the other: r \(fixed(halves.correlation, decimals: 2)), mean absolute "
                + "\(fixed(halves.meanAbsoluteDifference, decimals: 3))."
        }
        if model.undefined > 0 { words += " Left out, undefined: \(model.undefined)." }
        return words + " n \(pattern.humanCount), m \(pattern.modelCount)."
    }

    private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + fixed(value, decimals: 3) }

    private var drawing: HTML {
        let (left, top, side) = (44.0, 8.0, 250.0)
        let values = pattern.pairs.flatMap { [$0.human, $0.model, $0.drawn].compactMap(\.self) }
        // Associations of answers are mostly small: the axes end at the least half or whole that holds all.
        let most = (values.max() ?? 0) > 0.5 ? 1.0 : 0.5
        func x(_ value: Double) -> Double { left + value / most * side }
        func y(_ value: Double) -> Double { top + (1 - value / most) * side }
        var shapes: [HTML] = []
        for step in 0...5 {
            let tick = most * Double(step) / 5
            shapes.append(SVG.line(x(tick), top, x(tick), top + side, style: step == 0 ? "axis" : "rule"))
            shapes.append(SVG.line(left, y(tick), left + side, y(tick), style: step == 0 ? "axis" : "rule"))
            shapes.append(SVG.text(x(tick), top + side + 15, fixed(tick, decimals: 1), style: "small faint", anchor: "middle"))
            shapes.append(SVG.text(left - 6, y(tick) + 4, fixed(tick, decimals: 1), style: "small faint", anchor: "end"))
        }
        shapes.append(SVG.line(x(0), y(0), x(most), y(most), style: "tie"))
        shapes.append(SVG.text(left + side / 2, top + side + 32, "people", style: "faint", anchor: "middle"))
        shapes.append(SVG.text(left + 4, top + 13, "model", style: "faint"))
        for pair in pattern.pairs {
            guard let human = pair.human, let drawn = pair.drawn else { continue }
            shapes.append(SVG.circle(x(human), y(drawn), 3.5, style: "mirror", title: title(pair, "drawn people", drawn)))
        }
        for pair in pattern.pairs {
            guard let human = pair.human, let model = pair.model else { continue }
            shapes.append(SVG.circle(x(human), y(model), 4, style: "s1", title: title(pair, "model", model)))
        }
        return SVG.chart(
            id: id, width: left + side + 16, height: top + side + 40,
            title: "Associations of answers, correction \(pattern.correction)", description: words, shapes)
    }

    private func title(_ pair: PanelPattern.Pair, _ who: String, _ value: Double) -> String {
        "\(pair.first) and \(pair.second): people \(fixed(pair.human, decimals: 3)), \(who) \(fixed(value, decimals: 3))"
    }

    private var table: DataTable {
        DataTable(
            caption: "Cramer's V of pairs of questions, correction \(pattern.correction)", name: "pattern-\(pattern.correction)",
            titles: ["first", "second", "people", "model", "drawn people"],
            rows: pattern.pairs.map { [.text($0.first), .text($0.second), .number($0.human), .number($0.model), .number($0.drawn)] })
    }
}
