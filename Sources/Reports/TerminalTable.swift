/// A table in aligned columns for a terminal.
///
///     item         similarity
///     ----------   ----------
///     noise floor       0.953
///
/// Text is sanitised, so that a cell can neither move the cursor nor break its line. Lines have no trailing spaces.
public struct TerminalTable: Hashable, Sendable {
    /// Numbers are right-aligned, `-` where there is none.
    public enum Cell: Hashable, Sendable, ExpressibleByStringLiteral {
        case text(String)
        case number(Double?, decimals: Int)
        case count(Int?)
        /// A share 0...1 shown as per cent.
        case percent(Double?)
        /// Nothing, in a column of any kind.
        case blank

        public init(stringLiteral value: String) { self = .text(value) }

        var shown: String {
            switch self {
            case .text(let text): sanitised(text)
            case .number(let value, let decimals): fixed(value, decimals: decimals)
            case .count(let value): value.map(String.init) ?? "-"
            case .percent(let value): Reports.percent(value)
            case .blank: ""
            }
        }

        var isText: Bool { if case .text = self { true } else { false } }
    }

    public var titles: [String]
    public var rows: [[Cell]]

    public init(titles: [String], rows: [[Cell]] = []) {
        self.titles = titles
        self.rows = rows
    }

    /// The table with a line feed after each line; the widest columns are cut with `…` to fit `width`,
    /// numbers never.
    public func rendered(width: Int = 80, indent: Int = 0) -> String {
        guard !titles.isEmpty else { return "" }
        let shown = rows.map { row in titles.indices.map { $0 < row.count ? row[$0].shown : "" } }
        let heads = titles.map { sanitised($0) }
        // A column is of numbers when no row has text in it.
        let numeric = titles.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { column >= $0.count || !$0[column].isText }
        }
        var widths = titles.indices.map { column in
            shown.reduce(displayWidth(heads[column])) { max($0, displayWidth($1[column])) }
        }
        // Text may be cut down to four columns; of a column of numbers only the title is ever cut.
        let least = titles.indices.map { column in
            numeric[column] ? shown.reduce(1) { max($0, displayWidth($1[column])) } : 4
        }
        let room = width - indent - 2 * (titles.count - 1)
        while widths.reduce(0, +) > room,
            let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
        { widths[widest] -= 1 }
        func line(_ cells: [String], rule: Bool = false) -> String {
            let padded = cells.indices.map { column in
                let cell = truncated(cells[column], to: widths[column])
                let space = String(repeating: " ", count: max(0, widths[column] - displayWidth(cell)))
                return numeric[column] ? space + cell : cell + space
            }
            var text = String(repeating: " ", count: indent) + padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }
        let rules = widths.map { String(repeating: "─", count: $0) }
        return line(heads) + line(rules) + shown.map { line($0) }.joined()
    }
}
