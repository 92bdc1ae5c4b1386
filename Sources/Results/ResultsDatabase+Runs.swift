public import Agents
internal import Foundation
internal import GRDB
public import Kernel
internal import LanguageModels
public import Worlds

extension ResultsDatabase {
    /// Oldest first.
    public func runs() async throws -> [Run] {
        let path = path
        return try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY number").map { try Run(row: $0, path: path) }
        }
    }

    /// - Throws: ``ResultsError/unknownRun(_:)``
    public func run(_ id: String) async throws -> Run {
        let path = path
        return try await read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [id]) else {
                throw ResultsError.unknownRun(id)
            }
            return try Run(row: row, path: path)
        }
    }

    /// The run begun last, of a kind where one is given.
    public func latestRun(kind: String? = nil) async throws -> Run? {
        try await runs().last { kind == nil || $0.header.kind == kind }
    }

    /// Runs a killed process left behind, or that another process is working on.
    public func unfinishedRuns() async throws -> [Run] {
        try await runs().filter { $0.status == .running }
    }

    /// The files of a run with their contents, in the header's order.
    public func files(ofRun id: String) async throws -> [RunFile] {
        let listed = try await run(id).header.files
        let path = path
        return try await read { database in
            try listed.map { file in
                guard
                    let bytes = try Data.fetchOne(
                        database, sql: "SELECT bytes FROM fileContent WHERE digest = ?", arguments: [file.digest])
                else { throw ResultsError.corrupt(path: path, reason: "file content \(file.digest) is missing") }
                return RunFile(path: file.path, digest: file.digest, bytes: [UInt8](bytes))
            }
        }
    }

    /// The moment of the last step on disk; `nil` before the first and for polls outside a world.
    public func lastCommittedTime(run id: String) async throws -> SimulationTime? {
        try await read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT committedTime FROM run WHERE id = ?", arguments: [id])
            else { throw ResultsError.unknownRun(id) }
            return (row["committedTime"] as Int?).map(SimulationTime.init(seconds:))
        }
    }

    public func counts(run id: String) async throws -> RunCounts {
        try await read { database in
            func number(_ sql: String) throws -> Int {
                try Int.fetchOne(database, sql: sql + " WHERE run = ?", arguments: [id]) ?? 0
            }
            return RunCounts(
                personas: try number("SELECT count(*) FROM persona"),
                occurrences: try number("SELECT count(*) FROM occurrence"),
                memories: try number("SELECT count(*) FROM memory"), uses: try number("SELECT count(*) FROM use"),
                answers: try number("SELECT count(*) FROM answer"),
                completions: try number("SELECT count(*) FROM runCompletion"),
                tokens: try number("SELECT coalesce(sum(tokens), 0) FROM use"))
        }
    }

    /// In the order they were recorded.
    public func personas(run id: String) async throws -> [Persona] {
        let path = path
        return try await read { try Persona.fetchAll($0, run: id, path: path) }
    }

    /// The people of a world, in the order they were recorded.
    public func residents(run id: String) async throws -> [World.Resident] {
        let path = path
        return try await read { database in
            let lives = try Row.fetchAll(
                database, sql: "SELECT persona, lives, knows FROM resident WHERE run = ?", arguments: [id])
            let homes = Dictionary(uniqueKeysWithValues: lives.map { ($0["persona"] as String, $0) })
            return try Persona.fetchAll(database, run: id, path: path).compactMap { persona in
                guard let home = homes[persona.id] else { return nil }
                return World.Resident(
                    persona: persona, lives: home["lives"],
                    knows: try StoredJSON.value([World.Acquaintance].self, home["knows"], in: path))
            }
        }
    }

    /// By branch, then in the order they were made.
    public func interventions(run id: String) async throws -> [Intervention] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM intervention WHERE run = ? ORDER BY branch, sequence", arguments: [id]
            ).map {
                Intervention(branch: $0["branch"], seconds: $0["time"], command: $0["command"], text: $0["text"])
            }
        }
    }
}

extension Run {
    fileprivate init(row: Row, path: String) throws {
        guard let status = RunStatus(rawValue: row["status"]), let seed = UInt64(row["seed"] as String) else {
            throw ResultsError.corrupt(path: path, reason: "unreadable run")
        }
        let files = try StoredJSON.value([StoredFile].self, row["files"], in: path)
        self.init(
            id: row["id"], number: row["number"], status: status,
            header: RunHeader(
                kind: row["kind"], created: row["created"], commandLine: row["commandLine"], version: row["version"],
                seed: seed, source: row["source"],
                files: files.map { RunFile(path: $0.path, digest: $0.digest, bytes: []) },
                models: try StoredJSON.value([RunModel].self, row["models"], in: path),
                settings: try StoredJSON.value([String: String].self, row["settings"], in: path)),
            committedSteps: row["committedSteps"], tokens: row["tokens"], wallSeconds: row["wallSeconds"])
    }
}

extension Persona {
    fileprivate static func fetchAll(_ database: Database, run: String, path: String) throws -> [Persona] {
        var attributes: [String: [String: String]] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT persona, name, value FROM personaAttribute WHERE run = ?", arguments: [run])
        {
            attributes[row["persona"], default: [:]][row["name"]] = row["value"]
        }
        let readings = try Reading.fetchAll(database, run: run, path: path)
        return try Row.fetchAll(database, sql: "SELECT * FROM persona WHERE run = ? ORDER BY sequence", arguments: [run])
            .map { row in
                var persona = Persona(
                    id: row["id"], name: row["name"], age: row["age"], pronouns: row["pronouns"], work: row["work"],
                    about: row["about"],
                    believes: try StoredJSON.value([String].self, row["believes"], in: path),
                    habits: try StoredJSON.value([String].self, row["habits"], in: path),
                    remembers: try StoredJSON.value([Persona.SeedMemory].self, row["remembers"], in: path),
                    answers: try StoredJSON.value([String: Int].self, row["answers"], in: path),
                    facts: try StoredJSON.value([Persona.Fact].self, row["facts"], in: path),
                    respondent: row["respondent"], attributes: attributes[row["id"]] ?? [:],
                    weight: row["weight"])
                persona.read = readings[persona.id] ?? []
                return persona
            }
    }
}
