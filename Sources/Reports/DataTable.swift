/// The figures behind a chart: a table for readers, and the same as CSV to keep.
struct DataTable {
    var caption: String
    /// Of the downloaded file, without `.csv`.
    var name: String
    var titles: [String]
    var rows: [[CSVWriter.Cell]]

    /// A closed block below the chart.
    var details: HTML {
        .element("details", [:], [.element("summary", [:], ["Figures"]), table, link])
    }

    var table: HTML {
        .element(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption],
            [
                .element(
                    "table", [:],
                    [
                        .element("caption", [:], [.text(caption)]),
                        .element(
                            "thead", [:],
                            [
                                .element(
                                    "tr", [:],
                                    titles.indices.map { column in
                                        let numeric = rows.first.map { column < $0.count && isNumber($0[column]) } ?? false
                                        return .element(
                                            "th", ["scope": "col", "class": numeric ? "n" : nil], [.text(titles[column])])
                                    })
                            ]),
                        .element(
                            "tbody", [:],
                            rows.map { row in
                                .element(
                                    "tr", [:],
                                    row.map { .element("td", ["class": isNumber($0) ? "n" : nil], [.text(shown($0))]) })
                            }),
                    ])
            ])
    }

    /// A link whose target is the CSV itself: it works from a file, without network and script.
    var link: HTML {
        var writer = CSVWriter(header: titles)
        for row in rows { writer.append(row) }
        return Self.link(csv: writer.text, name: name)
    }

    static func link(csv: String, name: String) -> HTML {
        let stem = String(name.unicodeScalars.map { "\(isNameable($0) ? $0 : "-")" }.joined().prefix(60))
        return .element(
            "p", ["class": "download"],
            [
                .element(
                    "a", ["download": stem + ".csv", "href": "data:text/csv;charset=utf-8," + percentEncoded(csv)],
                    [.text("Download \(stem).csv")])
            ])
    }

    private func isNumber(_ cell: CSVWriter.Cell) -> Bool { if case .text = cell { false } else { true } }

    private func shown(_ cell: CSVWriter.Cell) -> String {
        switch cell {
        case .text(let text): text
        case .number(let value): fixed(value, decimals: 3)
        case .count(let value): value.map(String.init) ?? "-"
        case .missing: "-"
        }
    }

    private static func isNameable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar { case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true; default: false }
    }

    private static func percentEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if isNameable(scalar) || scalar == "." {
                result.unicodeScalars.append(scalar)
            } else {
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
