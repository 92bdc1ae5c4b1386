import Surveys

/// Where the model stands between answers at random and a second sample of people: one row a correction or mirror.
struct SimilarityChart {
    /// Of one scale and group, one a correction.
    var summaries: [ComparisonSummary]
    var id: String

    var figure: HTML {
        guard let first = summaries.first else { return [] }
        let what = first.scale == .ordinal ? "1 - WD/range" : "1 - total variation"
        let heading = "\(first.questions) \(first.scale.rawValue) item\(first.questions == 1 ? "" : "s")"
        let over = summaries.compactMap { summary in
            summary.similarityOverItems.map { "\(summary.correction) \(ComparisonText.interval($0))" }
        }
        return .element(
            "figure", ["class": "card"],
            [
                .element("h4", [:], [.text(heading)]),
                .element("p", ["class": "ask"], [.text("Similarity to the people's shares (\(what)), mean over items")]),
                drawing(heading),
                .element(
                    "figcaption", [:],
                    [
                        .text(
                            "Whiskers: 95% intervals over respondents and personas. Shaded: from answers at random to the "
                                + "noise floor, a second sample of people of these sizes. n \(first.humanCount), n_eff "
                                + "\(fixed(first.humanEffectiveSize, decimals: 0)), m \(first.modelCount)."
                                + (over.isEmpty ? "" : " With the items resampled too: \(over.joined(separator: ", ")).")
                                + " " + skill)
                    ]),
                table(heading).details,
            ])
    }

    /// 0 = answers at random, 1 = at the noise floor.
    private var skill: String {
        let known = summaries.compactMap { summary in
            summary.skill.map { "\(summary.correction) \(fixed($0, decimals: 2))" }
        }
        return known.isEmpty
            ? "Skill is undefined here: the noise floor lies too near random answers."
            : "Skill (0 random, 1 noise floor): \(known.joined(separator: ", "))."
    }

    private var rows: [(name: String, value: Double?, interval: ComparisonCell.Estimate?)] {
        summaries.map { ("model, \($0.correction)", $0.similarity.value, $0.similarity) }
            + ComparisonMirrors.rows(summaries).map { ($0.name, $0.value, nil) }
    }

    private func drawing(_ heading: String) -> HTML {
        let (left, width, row) = (132.0, 158.0, 22.0)
        let bottom = Double(rows.count) * row + 4
        func x(_ value: Double) -> Double { left + min(max(value, 0), 1) * width }
        var shapes: [HTML] = []
        if let mirrors = summaries.first?.mirrors, let floor = mirrors.noiseFloor, floor > mirrors.uniform {
            shapes.append(SVG.rectangle(x(mirrors.uniform), 0, x(floor) - x(mirrors.uniform), bottom, style: "band"))
        }
        for tick in [0.0, 0.5, 1] {
            shapes.append(SVG.line(x(tick), 0, x(tick), bottom, style: "rule"))
            shapes.append(SVG.text(x(tick), bottom + 14, fixed(tick, decimals: 1), style: "small faint", anchor: "middle"))
        }
        for (index, one) in rows.enumerated() {
            let y = Double(index) * row + 13
            shapes.append(
                SVG.text(
                    0, y + 4, truncated(sanitised(one.name), to: 20), style: one.interval == nil ? "faint" : nil,
                    full: one.name))
            shapes.append(SVG.text(338, y + 4, fixed(one.value, decimals: 3), anchor: "end"))
            guard let value = one.value, value.isFinite else { continue }
            if let low = one.interval?.low, let high = one.interval?.high {
                shapes.append(SVG.whisker(from: x(low), to: x(high), y: y, cap: 4))
            }
            shapes.append(
                SVG.circle(x(value), y, 4.5, style: one.interval == nil ? "mirror" : ShareChart.style(index + 1)))
        }
        let words = rows.map { "\($0.name) \(fixed($0.value, decimals: 3))" }.joined(separator: ", ")
        return SVG.chart(
            id: id, width: 340, height: bottom + 20, title: "Similarity to people, \(heading)", description: words, shapes)
    }

    private func table(_ heading: String) -> DataTable {
        DataTable(
            caption: "Similarity to people, \(heading)", name: "similarity-\(summaries.first?.scale.rawValue ?? "")",
            titles: ["", "similarity", "low", "high"],
            rows: rows.map { [.text($0.name), .number($0.value), .number($0.interval?.low), .number($0.interval?.high)] })
    }
}
