import Surveys

/// Similarity of each group on each question: a table whose cells are coloured in eight steps.
struct HeatMap {
    /// Of one scale and one correction.
    var cells: [ComparisonCell]
    var caption: String

    /// Lower ends of the steps above the first.
    static let steps = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]

    static func style(_ similarity: Double) -> String { "h\(steps.count { similarity >= $0 })" }

    var table: HTML {
        let questions = unique(cells.map(\.question))
        let groups: [String?] = (cells.contains { $0.group == nil } ? [nil] : []) + unique(cells.compactMap(\.group))
        let table: HTML = .element(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption],
            [
                .element(
                    "table", ["class": "heat", "aria-label": caption],
                    [
                        .element(
                            "thead", [:],
                            [
                                .element(
                                    "tr", [:],
                                    [.element("th", ["scope": "col"], ["group"])]
                                        + questions.map { .element("th", ["scope": "col"], [.text($0)]) })
                            ]),
                        .element(
                            "tbody", [:],
                            groups.map { group in
                                .element(
                                    "tr", [:],
                                    [.element("th", ["scope": "row"], [.text(group ?? "all")])]
                                        + questions.map { question in
                                            let cell = cells.first { $0.group == group && $0.question == question }
                                            return .element(
                                                "td", ["class": cell.map { Self.style($0.similarity.value) }],
                                                [.text(fixed(cell?.similarity.value, decimals: 2))])
                                        })
                            }),
                    ])
            ])
        return [.element("p", ["class": "note"], [.text(caption)]), table]
    }

    static var legend: HTML {
        let names =
            ["below \(fixed(steps[0], decimals: 2))"] + steps.map { "from \(fixed($0, decimals: 2))" }
        return .element(
            "ul", ["class": "chips", "aria-label": "Colours of similarity"],
            names.enumerated().map { .element("li", ["class": "h\($0)"], [.text($1)]) })
    }
}
