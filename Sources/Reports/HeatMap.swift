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
        let rows = groups.map { group in
            (name: group ?? "all", values: questions.map { question in
                cells.first { $0.group == group && $0.question == question }?.similarity.value
            })
        }
        let table = Self.table(caption, corner: "group", columns: questions, rows: rows, style: Self.style)
        return [.element("p", ["class": "note"], [.text(caption)]), table]
    }

    static var legend: HTML { legend("Colours of similarity", steps: steps, first: 0) }

    /// A table of figures, each cell in the colour that its figure has.
    ///
    /// - Parameters:
    ///   - corner: What the rows are.
    ///   - rows: With a figure for each column; `nil` where there is none.
    ///   - style: The class of a figure.
    static func table(
        _ caption: String, corner: String, columns: [String], rows: [(name: String, values: [Double?])],
        style: (Double) -> String
    ) -> HTML {
        let titles = columns.map { HTML.element("th", ["scope": "col"], [.text($0)]) }
        let body = rows.map { row in
            HTML.element(
                "tr", [:],
                [.element("th", ["scope": "row"], [.text(row.name)])]
                    + row.values.map { .element("td", ["class": $0.map(style)], [.text(fixed($0, decimals: 2))]) })
        }
        return .element(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption],
            [
                .element(
                    "table", ["class": "heat", "aria-label": caption],
                    [
                        .element(
                            "thead", [:],
                            [.element("tr", [:], [.element("th", ["scope": "col"], [.text(corner)])] + titles)]),
                        .element("tbody", [:], body),
                    ])
            ])
    }

    /// The colours of figures below and from each step on, the first of them of class `h` and a number.
    static func legend(_ label: String, steps: [Double], first: Int) -> HTML {
        let names = ["below \(fixed(steps[0], decimals: 2))"] + steps.map { "from \(fixed($0, decimals: 2))" }
        return .element(
            "ul", ["class": "chips", "aria-label": label],
            names.enumerated().map { .element("li", ["class": "h\($0 + first)"], [.text($1)]) })
    }
}
