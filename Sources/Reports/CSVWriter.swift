/// Comma-separated values, RFC 4180 with line feeds, that a spreadsheet opens without obeying them.
///
/// Text that starts with `=`, `+`, `-`, `@`, a tab or a carriage return gets a leading apostrophe; numbers do not.
/// Control characters and bidirectional marks are written out (see ``sanitised(_:keepingLines:)``).
public struct CSVWriter: Hashable, Sendable {
    public enum Cell: Hashable, Sendable, ExpressibleByStringLiteral {
        case text(String)
        /// Shortest round-trip digits; `nil` and not-a-number are empty cells.
        case number(Double?)
        case count(Int?)
        /// Nothing: an empty cell.
        case missing

        /// - Parameter text: `nil` is nothing.
        public init(_ text: String?) { self = text.map { .text($0) } ?? .missing }

        public init(stringLiteral value: String) { self = .text(value) }
    }

    public private(set) var text: String

    public init(header: [String]) {
        text = ""
        append(header.map { .text($0) })
    }

    public mutating func append(_ row: [Cell]) {
        text += row.map(Self.written).joined(separator: ",") + "\n"
    }

    static func written(_ cell: Cell) -> String {
        switch cell {
        case .number(let value): return value.flatMap { $0.isFinite ? $0.description : nil } ?? ""
        case .count(let value): return value.map(String.init) ?? ""
        case .missing: return ""
        case .text(let raw):
            let first = raw.unicodeScalars.first { $0 != " " && $0 != "\u{FEFF}" }
            let formula = first.map { "=+-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
            let inert = (formula ? "'" : "") + sanitised(raw, keepingLines: true)
            let quoted = inert.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "'" }
            guard quoted || inert.first == " " || inert.last == " " else { return inert }
            return "\"" + inert.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
    }
}
