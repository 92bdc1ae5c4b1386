public import Agents
internal import Foundation
internal import GRDB
internal import Kernel
internal import LanguageModels
public import Worlds

/// The one writer of runs: headers, committed steps and completions.
///
///     let recorder = Recorder(database)
///     let run = try await recorder.beginRun(header, personas: personas)
///     try await recorder.commitStep(run: run, answers: answers)
///     try await recorder.finishRun(run, status: .done, tokens: 900, wallSeconds: 2.5)
///
/// Every call but ``save(_:durably:)`` is one transaction and returns when it is on disk. Calls for one run come one
/// after the other.
public actor Recorder {
    /// How far a run has come in this process: replayed and committed steps, and the rows they hold.
    struct Progress {
        var steps = 0
        var uses = 0
        var answers = 0
        /// Steps that were recorded before this process took the run up.
        var recordedSteps = 0
        /// The run whose memories are recalled.
        var source: String
    }

    public nonisolated let database: ResultsDatabase
    nonisolated let unwritten = UnwrittenCompletions()
    var progress: [String: Progress] = [:]
    var pending: [PendingSave] = []
    var isFlushing = false

    public init(_ database: ResultsDatabase) {
        self.database = database
    }

    /// Records the header, the files' contents and the people, and gives the run its id.
    ///
    /// - Parameter residents: Of a world; their personas need not be in `personas` too.
    public func beginRun(
        _ header: RunHeader, personas: [Persona] = [], residents: [World.Resident] = []
    ) async throws -> String {
        let id = try await writeSettling { database in
            let number = try database.next("number", of: "run")
            let id = "\(header.kind)-\(number)"
            let files = header.files.map { StoredFile(path: $0.path, digest: $0.digest) }
            try database.insert(
                "run",
                [
                    "id": id, "number": number, "kind": header.kind, "status": RunStatus.running.rawValue,
                    "created": header.created, "commandLine": header.commandLine, "version": header.version,
                    "seed": String(header.seed), "source": header.source, "files": try StoredJSON.text(files),
                    "models": try StoredJSON.text(header.models), "settings": try StoredJSON.text(header.settings),
                ])
            for file in header.files {
                try database.insert(
                    "fileContent", ["digest": file.digest, "bytes": Data(file.bytes)], keepFirst: true)
            }
            let people = residents.map(\.persona) + personas
            for (index, persona) in people.enumerated() { try database.insert(persona, run: id, sequence: index + 1) }
            try database.insert(readingsOf: people, run: id, files: header.files)
            for resident in residents {
                try database.insert(
                    "resident",
                    [
                        "run": id, "persona": resident.persona.id, "lives": resident.lives,
                        "knows": try StoredJSON.text(resident.knows),
                    ])
            }
            return id
        }
        progress[id] = Progress(source: header.source ?? id)
        return id
    }

    /// Adds people to a run that has begun.
    public func addPersonas(_ personas: [Persona], run: String) async throws {
        try await database.write { database in
            let last = try Int.fetchOne(database, sql: "SELECT max(sequence) FROM persona WHERE run = ?", arguments: [run])
            for (index, persona) in personas.enumerated() {
                try database.insert(persona, run: run, sequence: (last ?? 0) + index + 1)
            }
        }
    }

    /// Takes an interrupted or stopped run up again, to be re-executed from its first step.
    ///
    /// Steps committed before are then compared with what was recorded instead of being written.
    /// - Returns: The run as it was left.
    public func resumeRun(_ id: String) async throws -> Run {
        let run = try await database.run(id)
        try await database.write { database in
            try database.execute(sql: "UPDATE run SET status = 'running' WHERE id = ?", arguments: [id])
        }
        progress[id] = Progress(recordedSteps: run.committedSteps, source: run.header.source ?? id)
        return run
    }

    /// - Parameter tokens: Of consumed completions, cached or not.
    public func finishRun(_ id: String, status: RunStatus, tokens: Int, wallSeconds: Double) async throws {
        guard wallSeconds.isFinite else { throw ResultsError.notFinite(what: "run.wallSeconds") }
        try await writeSettling { database in
            try database.execute(
                sql: "UPDATE run SET status = ?, tokens = ?, wallSeconds = ? WHERE id = ?",
                arguments: [status.rawValue, tokens, wallSeconds, id])
            if database.changesCount == 0 { throw ResultsError.unknownRun(id) }
        }
        progress[id] = nil
    }

    public func recordIntervention(_ intervention: Intervention, run: String) async throws {
        try await database.write { database in
            let last = try Int.fetchOne(
                database, sql: "SELECT max(sequence) FROM intervention WHERE run = ? AND branch = ?",
                arguments: [run, intervention.branch])
            try database.insert(
                "intervention",
                [
                    "run": run, "branch": intervention.branch, "sequence": (last ?? 0) + 1,
                    "time": intervention.seconds, "command": intervention.command, "text": intervention.text,
                ])
        }
    }
}

/// A file as `run.files` lists it.
struct StoredFile: Codable {
    var path: String
    var digest: String
}

extension Database {
    fileprivate func insert(_ persona: Persona, run: String, sequence: Int) throws {
        try insert(
            "persona",
            [
                "run": run, "id": persona.id, "sequence": sequence, "name": persona.name, "age": persona.age,
                "pronouns": persona.pronouns, "work": persona.work, "about": persona.about,
                "believes": try StoredJSON.text(persona.believes), "habits": try StoredJSON.text(persona.habits),
                "remembers": try StoredJSON.text(persona.remembers), "answers": try StoredJSON.text(persona.answers),
                "facts": try StoredJSON.text(persona.facts), "respondent": persona.respondent,
                "weight": persona.weight,
            ])
        for name in persona.attributes.keys.sorted(by: precedes) {
            try insert(
                "personaAttribute",
                ["run": run, "persona": persona.id, "name": name, "value": persona.attributes[name]])
        }
    }
}
