internal import GRDB
internal import GRDBSQLite
internal import LanguageModels
internal import Synchronization

/// Looks completions up by key on a connection of its own, on the thread of whoever asks.
///
/// A replay asks once a call: what a pool of connections adds, queues and a transaction around each statement, would
/// cost more than SQLite itself. Each look-up sees what was committed before it. The connection is opened by the first.
final class CompletionLookup: Sendable {
    private struct Connection {
        let database: OpaquePointer
        let statement: OpaquePointer
    }

    private let path: String
    private let connection = Mutex<Connection?>(nil)

    init(path: String) { self.path = path }

    deinit {
        connection.withLock { connection in
            guard let open = connection else { return }
            sqlite3_finalize(open.statement)
            sqlite3_close(open.database)
            connection = nil
        }
    }

    /// - Throws: `DatabaseError`; ``ResultsError/corrupt(path:reason:)``.
    func completion(forKey key: String) throws -> Completion? {
        try connection.withLock { connection in
            let open = try connection ?? open()
            connection = open
            let statement = open.statement
            defer { sqlite3_reset(statement) }
            try key.write(to: statement, at: 1)
            let code = sqlite3_step(statement)
            guard code == SQLITE_ROW else {
                if code == SQLITE_DONE { return nil }
                throw Self.error(open.database)
            }
            guard let response = Response(storedText: Self.text(statement, 3)) else {
                throw ResultsError.corrupt(path: path, reason: "completion \(key) has no response")
            }
            return Completion(
                key: key, model: Self.text(statement, 0), kind: Self.text(statement, 1), request: Self.text(statement, 2),
                response: response,
                usage: TokenUsage(
                    input: Int(sqlite3_column_int64(statement, 4)), output: Int(sqlite3_column_int64(statement, 5))),
                milliseconds: Int(sqlite3_column_int64(statement, 6)))
        }
    }

    private func open() throws -> Connection {
        var database: OpaquePointer?
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK, let database
        else {
            defer { sqlite3_close(database) }
            throw Self.error(database)
        }
        sqlite3_extended_result_codes(database, 1)
        sqlite3_busy_timeout(database, 10_000)
        var statement: OpaquePointer?
        let sql = "SELECT model, kind, request, response, tokensIn, tokensOut, milliseconds FROM completion WHERE key = ?"
        guard
            sqlite3_exec(database, "PRAGMA cache_size = -65536", nil, nil, nil) == SQLITE_OK,
            sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK, let statement
        else {
            defer { sqlite3_close(database) }
            throw Self.error(database)
        }
        return Connection(database: database, statement: statement)
    }

    private static func text(_ statement: OpaquePointer, _ column: Int32) -> String {
        guard let text = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    private static func error(_ database: OpaquePointer?) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database)), message: String(cString: sqlite3_errmsg(database)))
    }
}
