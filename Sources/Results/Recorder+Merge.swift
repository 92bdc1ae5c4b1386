internal import Foundation
internal import GRDB

/// Runs of one database that were copied into another.
public struct MergedRuns: Hashable, Sendable {
    /// Their ids here, in the order of their numbers there.
    public var ids: [String]
    /// Whether this call copied them; otherwise they were here already.
    public var isNew: Bool
    /// Keys of completions that are here with another response. The response that was here stays.
    public var conflicts: [String]

    public init(ids: [String], isNew: Bool, conflicts: [String]) {
        self.ids = ids
        self.isNew = isNew
        self.conflicts = conflicts
    }
}

extension Recorder {
    /// Copies runs of another database, with all that they rest on, as one transaction: all of it or nothing.
    ///
    /// They get the next numbers here, in the order of their numbers there; references follow. Only what the runs
    /// rest on is copied: completions that nobody used stay behind. Copying what is here already changes nothing.
    ///
    /// - Parameters:
    ///   - runs: Their ids there.
    ///   - path: Of a database that nobody writes to meanwhile.
    ///   - cell: Names them: runs with it under `cell digest` in their settings are these.
    ///   - settings: Added to theirs.
    ///   - commandLine: Takes the place of theirs, which names another database.
    public func merge(
        _ runs: [String], from path: String, cell: String, settings: [String: String], commandLine: String
    ) async throws -> MergedRuns {
        // Brings an older file up to date, and refuses what is none of ours.
        _ = try ResultsDatabase(path: path, mustExist: true)
        let added = settings.merging(["cell digest": cell]) { $1 }
        return try await database.writeAttached(path) { database in
            let before = try String.fetchAll(
                database, sql: "SELECT id FROM main.run WHERE json_extract(settings, '$.\"cell digest\"') = ? ORDER BY number",
                arguments: [cell])
            if !before.isEmpty { return MergedRuns(ids: before, isNew: false, conflicts: []) }
            let copy = try RunCopy(database, runs: runs)
            let conflicts = try copy.contents()
            try copy.rows()
            for (_, new) in copy.ids {
                let text = try String.fetchOne(database, sql: "SELECT settings FROM main.run WHERE id = ?", arguments: [new]) ?? "{}"
                var own = try StoredJSON.value([String: String].self, text, in: path)
                for (name, value) in own {
                    if let renamed = copy.ids.first(where: { $0.old == value }) { own[name] = renamed.new }
                }
                own.merge(added) { $1 }
                try database.execute(
                    sql: "UPDATE main.run SET settings = ?, commandLine = ? WHERE id = ?",
                    arguments: [try StoredJSON.text(own), commandLine, new])
            }
            return MergedRuns(ids: copy.ids.map(\.new), isNew: true, conflicts: conflicts)
        }
    }
}

extension ResultsDatabase {
    /// Runs that were merged, by what names their cell.
    public func mergedCells() async throws -> [String: [String]] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: """
                    SELECT id, json_extract(settings, '$."cell digest"') AS cell FROM run
                    WHERE json_extract(settings, '$."cell digest"') IS NOT NULL ORDER BY number
                    """)
            return Dictionary(grouping: rows) { $0["cell"] as String }.mapValues { $0.map { $0["id"] as String } }
        }
    }

    /// One transaction with another database attached as `cell`, references checked at its end.
    fileprivate func writeAttached<Value: Sendable>(
        _ path: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withWriter { writer in
            try await writer.writeWithoutTransaction { database in
                try database.execute(sql: "ATTACH DATABASE ? AS cell", arguments: [path])
                defer { try? database.execute(sql: "DETACH DATABASE cell") }
                var value: Value?
                try database.inTransaction(.immediate) {
                    try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
                    value = try body(database)
                    return .commit
                }
                guard let value else { throw ResultsError.failed(path: path, reason: "nothing was merged") }
                return value
            }
        }
    }
}
