internal import GRDB

extension ResultsDatabase {
    /// Rows of a query, one a line, exact to the byte: the documented queries and identity of tables are tested on it.
    ///
    /// - Parameter quoted: Values as SQL literals; otherwise as plain text.
    func rawLines(_ sql: String, quoted: Bool = true) throws -> [String] {
        try writer.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .null: "NULL"
                    case .int64(let number): String(number)
                    case .double(let number): String(number)
                    case .string(let text): quoted ? "'" + text.replacing("'", with: "''") + "'" : text
                    case .blob(let bytes): "x'" + bytes.map { String($0, radix: 16) }.joined(separator: ".") + "'"
                    }
                }.joined(separator: "|")
            }
        }
    }

    /// Runs a statement outside any transaction.
    func execute(_ sql: String) throws {
        try writer.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
