/// A cell of the microdata that does not fit the codebook.
public struct ImportMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// Line of the data file, from 1.
    public var line: Int
    /// Name of the column.
    public var column: String
    public var message: String

    public init(line: Int, column: String, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String { "\(line): error: column '\(column)': \(message)" }
}

extension Codebook {
    /// Reads microdata by the codebook. An empty cell is missing.
    ///
    /// - Returns: Everybody, and every mismatch by line and column: import nobody where there is one.
    /// - Complexity: O(rows x columns).
    public func respondents(from table: CSVTable) -> (respondents: [Respondent], mismatches: [ImportMismatch]) {
        var reader = RespondentReader(self, header: table.header)
        let respondents = table.rows.compactMap { reader.read($0.cells, line: $0.line) }
        return (respondents, reader.mismatches)
    }
}
