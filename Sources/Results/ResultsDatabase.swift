internal import Foundation
internal import GRDB
public import LanguageModels

/// The database of recorded runs and baselines. See Results/README.md.
///
///     let database = try ResultsDatabase(path: "Results/populace.sqlite")
///     let runs = try await database.runs()
///
/// Readers may be many; everything about runs is written by a ``Recorder``. Nothing is ever deleted.
public struct ResultsDatabase: Sendable {
    /// `:memory:` for a database of its own in memory.
    public let path: String
    let writer: any DatabaseWriter
    /// `nil` in memory, where there is only one connection.
    private let lookup: CompletionLookup?

    /// Above this size opening trusts SQLite's own checks; `doctor` runs ``problems()``.
    private static let checkedBytes = 64 << 20

    /// Opens a database, or makes it with its folder (file mode 0600) and brings its schema up to date.
    ///
    /// - Parameter mustExist: For readers: a missing file is an error and is not made.
    /// - Throws: ``ResultsError``; a file that is not ours, corrupt or newer is left as it is.
    public init(path: String, mustExist: Bool = false) throws {
        self.path = path
        lookup = CompletionLookup(path: path)
        do {
            try Self.prepareFile(path, mustExist: mustExist)
            try Self.check(path: path)
            writer = try Self.patiently {
                let pool = try DatabasePool(path: path, configuration: Self.configuration())
                try Schema.migrator.migrate(pool)
                return pool
            }
        } catch {
            throw Self.explained(error, path: path)
        }
    }

    /// A database in memory, for tests and dry runs.
    public static func inMemory() throws -> Self {
        let queue = try DatabaseQueue(configuration: configuration())
        try Schema.migrator.migrate(queue)
        return Self(path: ":memory:", writer: queue)
    }

    private init(path: String, writer: any DatabaseWriter) {
        self.path = path
        self.writer = writer
        lookup = nil
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        // WAL with NORMAL survives a killed process but not a power cut; what was said to be done is on disk.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return configuration
    }

    /// Of several processes that begin on a new file at once, one may fail at what another has just done, and SQLite
    /// waits for none of them while the journal mode changes: each looks again, for up to 10 seconds.
    private static func patiently<Value>(_ open: () throws -> Value) throws -> Value {
        for attempt in 0..<100 {
            do { return try open() } catch let error as DatabaseError where attempt < 99 {
                let waits = [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
                // What fails at the other's work does not fail twice.
                guard waits || attempt < 4 else { throw error }
                Thread.sleep(forTimeInterval: waits ? 0.1 : 0)
            }
        }
        return try open()
    }

    private static func prepareFile(_ path: String, mustExist: Bool) throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
            if mustExist { throw ResultsError.noDatabase(path: path) }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            do {
                try files.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw ResultsError.cannotOpen(path: path, reason: "its folder could not be made")
            }
            // Never truncates a file that another process made meanwhile.
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600)
            if descriptor >= 0 { close(descriptor) }
            guard descriptor >= 0 || errno == EEXIST else {
                throw ResultsError.cannotOpen(path: path, reason: "its file could not be made")
            }
            return
        }
        // The file itself is only ever opened by SQLite: closing another descriptor would drop the process's locks.
        if isFolder.boolValue { throw ResultsError.cannotOpen(path: path, reason: "it is a folder") }
    }

    /// Looks before anything is changed: opening for writing already turns a database to WAL.
    private static func check(path: String) throws {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size > 0 else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            if size <= checkedBytes {
                let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no verdict"
                if verdict != "ok" { throw ResultsError.corrupt(path: path, reason: verdict) }
            }
            // GRDB's own table comes before ours, so a process killed in between leaves it alone.
            let tables = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'") ?? 0
            let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            if tables > 0, owner != Schema.applicationID { throw ResultsError.notOurs(path: path) }
            if try Schema.migrator.hasBeenSuperseded(database) { throw ResultsError.newerSchema(path: path) }
        }
    }

    /// What a full integrity check and a check of all references find; empty when all is well.
    ///
    /// - Complexity: Reads the whole file.
    public func problems() async throws -> [String] {
        try await read { database in
            var found = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                found.append("a row of \(row["table"] ?? "?") refers to a missing row of \(row["parent"] ?? "?")")
            }
            return found
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await writer.read(body) } catch { throw Self.explained(error, path: path) }
    }

    /// What is on disk under a key.
    ///
    /// - Complexity: O(log n) in the number of completions.
    public func completion(forKey key: String) throws -> Completion? {
        do {
            if let lookup { return try lookup.completion(forKey: key) }
            return try writer.read { try readCompletion($0, key: key, path: path) }
        } catch {
            throw Self.explained(error, path: path)
        }
    }

    /// One transaction: all of it or none.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await writer.write(body) } catch { throw Self.explained(error, path: path) }
    }

    /// Work on the one writing connection, for what is no plain transaction.
    func withWriter<Value: Sendable>(_ body: (any DatabaseWriter) async throws -> Value) async throws -> Value {
        do { return try await body(writer) } catch { throw Self.explained(error, path: path) }
    }

    /// SQLite's errors as ours, without arguments or people's words.
    private static func explained(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_NOTADB: ResultsError.notOurs(path: path)
        case .SQLITE_CORRUPT: ResultsError.corrupt(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: ResultsError.locked(path: path)
        case .SQLITE_FULL: ResultsError.diskFull(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: ResultsError.cannotOpen(path: path, reason: reason)
        default: ResultsError.failed(path: path, reason: reason)
        }
    }
}
