/// When each resident did something: a row a person, a mark an occurrence.
struct TimelineChart {
    var timeline: ReportDocument.Timeline
    var id: String

    /// Kinds that share a colour stand together.
    private static let legend: [[String]] = [
        ["say"], ["act"], ["move", "sleep", "wake"], ["plan"], ["reflect"], ["event", "failure"],
    ]

    private static func style(_ kind: String) -> String {
        legend.contains { $0.contains(kind) } ? "k-\(kind)" : "k-other"
    }

    var figure: HTML {
        let shown = Set(timeline.entries.map { Self.style($0.kind) })
        return .element(
            "figure", ["class": "card"],
            [
                SVG.legend(
                    Self.legend.filter { kinds in kinds.contains { shown.contains(Self.style($0)) } }
                        .map { (Self.style($0[0]), $0.joined(separator: ", ")) }),
                .element("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Timeline"], [drawing]),
                note,
            ])
    }

    private var note: HTML {
        var words = timeline.entries.contains { $0.to != nil } ? "A grey line joins who speaks and whom they speak to. " : ""
        if !timeline.spread.isEmpty { words += "A coloured one is a piece of news reaching somebody for the first time." }
        return words.isEmpty ? [] : .element("figcaption", [:], [.text(words)])
    }

    /// Lines between the rows of two people, below the marks.
    private func links(_ people: [String], x: (Int) -> Double, y: (Int) -> Double) -> [HTML] {
        let rows = Dictionary(people.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func link(_ seconds: Int, _ from: String?, _ to: String?, _ style: String, _ title: String) -> HTML? {
            guard let from = from.flatMap({ rows[$0] }), let to = to.flatMap({ rows[$0] }), from != to else { return nil }
            return .element(
                "line",
                [
                    "x1": SVG.number(x(seconds)), "y1": SVG.number(y(from)), "x2": SVG.number(x(seconds)),
                    "y2": SVG.number(y(to)), "class": style,
                ], [.element("title", [:], [.text(title)])])
        }
        return timeline.entries.compactMap {
            link($0.seconds, $0.who, $0.to, "tie", "\($0.time): \($0.who ?? "") to \($0.to ?? "")")
        } + timeline.spread.compactMap {
            link($0.seconds, $0.from, $0.to, "tie tie-new", "\($0.time): \($0.to) hears of \($0.news) from \($0.from)")
        }
    }

    private var drawing: HTML {
        let people = unique(timeline.entries.map { $0.who ?? "the world" })
        let first = timeline.entries.map(\.seconds).min() ?? 0
        let last = max(first + 1, timeline.entries.map(\.seconds).max() ?? 0)
        let (left, width, row) = (150.0, 720.0, 24.0)
        func x(_ seconds: Int) -> Double { left + Double(seconds - first) / Double(last - first) * width }
        let bottom = Double(people.count) * row + 6
        var shapes: [HTML] = []
        for hour in ticks(from: first, to: last) {
            shapes.append(SVG.line(x(hour), 0, x(hour), bottom, style: "rule"))
            let minutes = (hour / 60) % 1440
            let day = last - first > 86_400 ? "day \(hour / 86_400 + 1) " : ""
            let label = "\(day)\(String(minutes / 60 + 100).dropFirst()):\(String(minutes % 60 + 100).dropFirst())"
            shapes.append(SVG.text(x(hour), bottom + 14, label, style: "small faint", anchor: "middle"))
        }
        func y(_ index: Int) -> Double { Double(index) * row + 14 }
        shapes += links(people, x: x, y: y)
        for (index, person) in people.enumerated() {
            let y = y(index)
            shapes.append(SVG.text(0, y + 4, truncated(sanitised(person), to: 21), full: person))
            shapes.append(SVG.line(left, y, left + width, y, style: "rule"))
            for entry in timeline.entries where (entry.who ?? "the world") == person {
                shapes.append(
                    SVG.circle(
                        x(entry.seconds), y, 4.5, style: Self.style(entry.kind),
                        title: "\(entry.time) \(entry.place), \(entry.kind): \(entry.text)"))
            }
        }
        return SVG.chart(
            id: id, width: 890, height: bottom + 20, wide: true, title: timeline.title,
            description: "\(timeline.entries.count) occurrences of \(people.count) rows, \(timeline.spread.count) times that news reached somebody; the table below has them all.",
            shapes)
    }

    /// Whole hours, at most about ten of them.
    private func ticks(from first: Int, to last: Int) -> [Int] {
        let step = [1, 2, 3, 6, 12, 24, 48, 96].first { (last - first) / ($0 * 3600) <= 10 } ?? 240
        let start = (first + step * 3600 - 1) / (step * 3600) * (step * 3600)
        return Array(stride(from: start, through: last, by: step * 3600))
    }

    var table: HTML {
        .element(
            "div", ["class": "scroll tall", "tabindex": "0", "role": "group", "aria-label": "What happened"],
            [
                .element(
                    "table", ["class": "happened"],
                    [
                        .element(
                            "thead", [:],
                            [
                                .element(
                                    "tr", [:],
                                    ["time", "place", "who", "kind", "what"].map {
                                        .element("th", ["scope": "col"], [.text($0)])
                                    })
                            ]),
                        .element(
                            "tbody", [:],
                            timeline.entries.map { entry in
                                .element(
                                    "tr", [:],
                                    [
                                        .element("td", ["class": "time"], [.text(entry.time)]),
                                        .element("td", [:], [.text(entry.place)]),
                                        .element("td", [:], [.text((entry.who ?? "") + (entry.to.map { " to \($0)" } ?? ""))]),
                                        .element("td", ["class": "kind"], [.text(entry.kind)]),
                                        .element("td", [:], [.text(entry.kind == "say" ? "“\(entry.text)”" : entry.text)]),
                                    ])
                            }),
                    ])
            ])
    }

    var link: HTML {
        DataTable(
            caption: timeline.title, name: "timeline", titles: ["seconds", "time", "place", "who", "to", "kind", "text"],
            rows: timeline.entries.map {
                [
                    .count($0.seconds), .text($0.time), .text($0.place), .text($0.who ?? ""), .text($0.to ?? ""), .text($0.kind),
                    .text($0.text),
                ]
            }
        ).link
    }
}
