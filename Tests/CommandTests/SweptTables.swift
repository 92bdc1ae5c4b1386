import Foundation
@testable import Results

/// All that a database holds, less when things were done and how long they took.
enum SweptTables {
    static func rows(_ path: String) throws -> [String: [String]] {
        let database = try ResultsDatabase(path: path, mustExist: true)
        let tables = try database.rawLines(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%' ORDER BY name", quoted: false)
        var rows: [String: [String]] = [:]
        for table in tables {
            let columns = try database.rawLines("SELECT name FROM pragma_table_info('\(table)') ORDER BY cid", quoted: false)
                .filter { !["created", "wallSeconds", "milliseconds"].contains($0) }.map { "\"\($0)\"" }
            let named = columns.joined(separator: ", ")
            rows[table] = try database.rawLines("SELECT \(named) FROM \"\(table)\" ORDER BY \(named)")
        }
        return rows
    }

    /// The tables that differ.
    static func difference(_ one: String, _ other: String) throws -> [String] {
        let (ours, theirs) = (try rows(one), try rows(other))
        return Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }.sorted()
    }
}
