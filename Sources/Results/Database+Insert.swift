internal import GRDB

typealias Columns = KeyValuePairs<String, (any DatabaseValueConvertible)?>

extension Database {
    /// Adds one row. Text with a NUL, which SQLite would cut there, and numbers that are not finite are refused.
    ///
    /// - Parameter keepFirst: A row whose primary key is taken is left as it is.
    func insert(_ table: String, _ columns: Columns, keepFirst: Bool = false) throws {
        for (column, value) in columns {
            if let text = value as? String, text.utf8.contains(0) {
                throw ResultsError.containsNUL(table: table, column: column)
            }
            if let number = value as? Double, !number.isFinite {
                throw ResultsError.notFinite(what: "\(table).\(column)")
            }
        }
        let names = columns.map(\.key).joined(separator: ", ")
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let sql = "INSERT INTO \(table) (\(names)) VALUES (\(places))" + (keepFirst ? " ON CONFLICT DO NOTHING" : "")
        do {
            try cachedStatement(sql: sql).execute(arguments: StatementArguments(columns.map(\.value)))
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            throw ResultsError.missingReference(table: table)
        }
    }

    /// One more than the largest value of a column, from 1.
    func next(_ column: String, of table: String) throws -> Int {
        (try Int.fetchOne(self, sql: "SELECT max(\(column)) FROM \(table)") ?? 0) + 1
    }
}
