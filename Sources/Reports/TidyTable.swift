/// A table of one row an observation, to be read by other programs.
public struct TidyTable: Hashable, Sendable {
    /// File name without an ending: `occurrences`.
    public var name: String
    public var columns: [String]
    public var rows: [[CSVWriter.Cell]]

    public init(_ name: String, columns: [String], rows: [[CSVWriter.Cell]] = []) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }

    /// With a header; what a spreadsheet might obey is quoted (``CSVWriter``).
    public var csv: String {
        var writer = CSVWriter(header: columns)
        for row in rows { writer.append(row) }
        return writer.text
    }

    /// JSON Lines: an object a row, text to the byte; `null` where there is nothing.
    public var jsonLines: String {
        rows.map { row in
            JSONValue.object(
                zip(columns, row).map { column, cell in
                    switch cell {
                    case .text(let text): .init(column, .string(text))
                    case .number(let number): .init(column, JSONValue(number))
                    case .count(let count): .init(column, JSONValue(count))
                    case .missing: .init(column, .null)
                    }
                }
            ).written(compact: true) + "\n"
        }.joined()
    }
}
