internal import GRDB
internal import GRDBSQLite

typealias Columns = KeyValuePairs<String, any ColumnValue>

/// Adds rows within one transaction, each table's by one prepared statement.
///
/// Text with a NUL, which SQLite would cut there, and numbers that are not finite are refused.
final class RowWriter {
    private struct Key: Hashable {
        var table: String
        var keepFirst: Bool
    }

    let database: Database
    private var inserts: [Key: Statement] = [:]

    init(_ database: Database) { self.database = database }

    /// - Parameters:
    ///   - columns: Of a table, always the same.
    ///   - keepFirst: A row whose primary key is taken is left as it is.
    func insert(_ table: String, _ columns: Columns, keepFirst: Bool = false) throws {
        let key = Key(table: table, keepFirst: keepFirst)
        let statement = try inserts[key] ?? prepare(table, columns, keepFirst: keepFirst)
        inserts[key] = statement
        try run(statement, of: table, columns)
    }

    /// Runs a statement on a table with the values of its parameters, in their order.
    func run(_ statement: Statement, of table: String, _ columns: Columns) throws {
        let handle = statement.sqliteStatement
        for (index, column) in columns.enumerated() {
            do { try column.value.write(to: handle, at: Int32(index + 1)) } catch {
                switch error {
                case .containsNUL: throw ResultsError.containsNUL(table: table, column: column.key)
                case .notFinite: throw ResultsError.notFinite(what: "\(table).\(column.key)")
                }
            }
        }
        let code = sqlite3_step(handle)
        guard code != SQLITE_DONE else {
            sqlite3_reset(handle)
            return
        }
        // Reset gives the code in full, and undoes nothing of the transaction.
        let error = DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_reset(handle)),
            message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
        if error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY { throw ResultsError.missingReference(table: table) }
        throw error
    }

    private func prepare(_ table: String, _ columns: Columns, keepFirst: Bool) throws -> Statement {
        let names = columns.map(\.key).joined(separator: ", ")
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return try database.cachedStatement(
            sql: "INSERT INTO \(table) (\(names)) VALUES (\(places))" + (keepFirst ? " ON CONFLICT DO NOTHING" : ""))
    }
}

extension Database {
    /// Adds one row, as ``RowWriter/insert(_:_:keepFirst:)`` does.
    func insert(_ table: String, _ columns: Columns, keepFirst: Bool = false) throws {
        try RowWriter(self).insert(table, columns, keepFirst: keepFirst)
    }

    /// One more than the largest value of a column, from 1.
    func next(_ column: String, of table: String) throws -> Int {
        (try Int.fetchOne(self, sql: "SELECT max(\(column)) FROM \(table)") ?? 0) + 1
    }
}
