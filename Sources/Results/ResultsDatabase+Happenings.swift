public import Agents
internal import Foundation
internal import GRDB
internal import Kernel
public import Worlds

/// A use with its place in the run.
public struct RecordedUse: Hashable, Sendable {
    /// From 1 within the run, in resolved order.
    public var sequence: Int
    public var use: Use
}

extension ResultsDatabase {
    /// In resolved order.
    public func occurrences(run id: String) async throws -> [Occurrence] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM occurrence WHERE run = ? ORDER BY sequence", arguments: [id])
                .map(Occurrence.init(row:))
        }
    }

    /// One resident's stream, oldest first.
    public func memories(run id: String, resident: String) async throws -> [Memory] {
        try await read { try Memory.fetchAll($0, run: id, resident: resident) }
    }

    /// In resolved order, with the memories recalled for each by rank.
    public func uses(run id: String) async throws -> [RecordedUse] {
        try await read { database in
            var recalled: [Int: [Use.Recall]] = [:]
            for row in try Row.fetchAll(
                database, sql: "SELECT * FROM recall WHERE run = ? ORDER BY use, rank", arguments: [id])
            {
                recalled[row["use"], default: []].append(
                    Use.Recall(
                        memory: row["memory"], rank: row["rank"], recency: row["recency"],
                        importance: row["importance"], relevance: row["relevance"]))
            }
            return try Row.fetchAll(database, sql: "SELECT * FROM use WHERE run = ? ORDER BY sequence", arguments: [id])
                .map { row in
                    RecordedUse(
                        sequence: row["sequence"],
                        use: Use(
                            persona: row["persona"], purpose: row["purpose"],
                            time: SimulationTime(seconds: row["time"]), completion: row["completion"],
                            tokens: row["tokens"], recalled: recalled[row["sequence"]] ?? []))
                }
        }
    }
}

extension Occurrence {
    init(row: Row) throws {
        guard let kind = Kind(rawValue: row["kind"]) else {
            throw ResultsError.corrupt(path: "occurrence", reason: "unknown kind")
        }
        self.init(
            sequence: row["sequence"], time: SimulationTime(seconds: row["time"]), place: row["place"],
            actor: row["actor"], kind: kind, text: row["text"], addressee: row["addressee"],
            completion: row["completion"])
    }
}

extension Memory {
    /// - Parameter sequence: Only that one.
    static func fetchAll(_ database: Database, run: String, resident: String, sequence: Int? = nil) throws -> [Memory] {
        var evidence: [Int: [Int]] = [:]
        let arguments: StatementArguments = ["run": run, "resident": resident, "sequence": sequence]
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT memory, evidence FROM memoryEvidence
                WHERE run = :run AND resident = :resident AND (:sequence IS NULL OR memory = :sequence)
                ORDER BY memory, position
                """, arguments: arguments)
        {
            evidence[row["memory"], default: []].append(row["evidence"])
        }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM memory
                WHERE run = :run AND resident = :resident AND (:sequence IS NULL OR sequence = :sequence)
                ORDER BY sequence
                """, arguments: arguments
        ).map { row in
            guard let kind = Kind(rawValue: row["kind"]) else {
                throw ResultsError.corrupt(path: "memory", reason: "unknown kind")
            }
            return Memory(
                sequence: row["sequence"], time: SimulationTime(seconds: row["time"]), kind: kind, text: row["text"],
                importance: row["importance"], embedding: [Float](blob: row["embedding"]),
                lastAccess: SimulationTime(seconds: row["lastAccess"]), evidence: evidence[row["sequence"]] ?? [],
                completion: row["completion"])
        }
    }
}
