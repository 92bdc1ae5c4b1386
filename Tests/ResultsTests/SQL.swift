import Foundation
@testable import Results

/// Raw SQL for the tests.
enum SQL {
    /// Rows as the literals SQLite would write, one a line.
    static func dump(_ sql: String, _ path: String) throws -> String {
        try ResultsDatabase(path: path, mustExist: true).rawLines(sql).joined(separator: "\n")
    }
}
