internal import GRDB
internal import GRDBSQLite
internal import Synchronization

typealias Columns = KeyValuePairs<String, any ColumnValue>

extension Database {
    /// Adds one row. Text with a NUL, which SQLite would cut there, and numbers that are not finite are refused.
    ///
    /// - Parameters:
    ///   - columns: Of a table, always the same.
    ///   - keepFirst: A row whose primary key is taken is left as it is.
    func insert(_ table: String, _ columns: Columns, keepFirst: Bool = false) throws {
        let statement = try cachedStatement(sql: InsertStatements.sql(table, columns, keepFirst: keepFirst)).sqliteStatement
        for (index, column) in columns.enumerated() {
            do { try column.value.bind(to: statement, at: Int32(index + 1)) } catch {
                switch error {
                case .containsNUL: throw ResultsError.containsNUL(table: table, column: column.key)
                case .notFinite: throw ResultsError.notFinite(what: "\(table).\(column.key)")
                }
            }
        }
        let code = sqlite3_step(statement)
        guard code != SQLITE_DONE else {
            sqlite3_reset(statement)
            return
        }
        // Reset gives the code in full, and undoes nothing of the transaction.
        let error = DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_reset(statement)), message: String(cString: sqlite3_errmsg(sqliteConnection)))
        if error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY { throw ResultsError.missingReference(table: table) }
        throw error
    }

    /// One more than the largest value of a column, from 1.
    func next(_ column: String, of table: String) throws -> Int {
        (try Int.fetchOne(self, sql: "SELECT max(\(column)) FROM \(table)") ?? 0) + 1
    }
}

/// The texts of INSERT statements, each put together once.
private enum InsertStatements {
    private struct Key: Hashable {
        var table: String
        var keepFirst: Bool
    }

    private static let texts = Mutex<[Key: String]>([:])

    static func sql(_ table: String, _ columns: Columns, keepFirst: Bool) -> String {
        texts.withLock { texts in
            let key = Key(table: table, keepFirst: keepFirst)
            if let text = texts[key] { return text }
            let names = columns.map(\.key).joined(separator: ", ")
            let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            let text = "INSERT INTO \(table) (\(names)) VALUES (\(places))" + (keepFirst ? " ON CONFLICT DO NOTHING" : "")
            texts[key] = text
            return text
        }
    }
}
