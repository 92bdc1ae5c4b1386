import Foundation
import LanguageModels
@testable import Results
import Testing

@Suite struct MergeTests {
    private static let tables = [
        "run", "fileContent", "completion", "runCompletion", "persona", "personaAttribute", "resident", "occurrence", "memory",
        "memoryEvidence", "intervention", "use", "recall", "answer", "answerOption", "answerCompletion", "survey", "question",
        "option", "respondent",
    ]

    private func rows(_ path: String, _ table: String) throws -> String { try SQL.dump("SELECT * FROM \"\(table)\"", path) }

    private func all(_ path: String) throws -> [String] { try Self.tables.map { try rows(path, $0) } }

    /// A database of one cell, with a run, a poll of its residents, and a completion that nobody used.
    private func cell(_ text: String = "yes") async throws -> (path: String, runs: [String]) {
        let path = Samples.path()
        let database = try ResultsDatabase(path: path)
        let recorder = Recorder(database)
        for key in ["c1", "c2"] { try await recorder.save(Samples.completion(key, text)) }
        let (_, run) = try await Samples.populate(database)
        try await recorder.save(Samples.completion("unused"))
        var header = Samples.header
        (header.kind, header.source) = ("poll", run)
        header.settings["asked"] = run
        let poll = try await recorder.beginRun(header, personas: [Samples.rosa, Samples.ned])
        try await recorder.commitStep(run: poll, uses: [Samples.uses[0]], answers: Samples.answers, survey: "d1")
        try await recorder.finishRun(poll, status: .done, tokens: 9, wallSeconds: 1)
        return (path, [run, poll])
    }

    private func merge(_ cell: (path: String, runs: [String]), _ name: String, into path: String) async throws -> MergedRuns {
        try await Recorder(try ResultsDatabase(path: path)).merge(
            cell.runs, from: cell.path, cell: name, settings: ["sweep": "s", "cell": name], commandLine: "populace run w.yaml --seed=1")
    }

    @Test func `every table belongs to a run, to what runs refer to, or to a survey`() async throws {
        #expect(try await ResultsDatabase.inMemory().read { try RunCopy.forgotten($0) } == [])
    }

    @Test func `runs get the next numbers, and all that names them follows`() async throws {
        let cell = try await cell()
        let path = Samples.path()
        _ = try await Samples.populate(try ResultsDatabase(path: path))
        let merged = try await merge(cell, "a", into: path)
        #expect(merged == MergedRuns(ids: ["run-2", "poll-3"], isNew: true, conflicts: []))
        let database = try ResultsDatabase(path: path)
        #expect(try await database.problems() == [])
        let poll = try await database.run("poll-3")
        #expect(poll.header.source == "run-2" && poll.number == 3 && poll.status == .done)
        #expect(poll.header.settings == Samples.header.settings.merging(
            ["asked": "run-2", "sweep": "s", "cell": "a", "cell digest": "a"]) { $1 })
        #expect(poll.header.commandLine == "populace run w.yaml --seed=1")
        #expect(try SQL.dump("SELECT DISTINCT memoryRun FROM recall WHERE run = 'poll-3'", path) == "'run-2'")
        for table in ["occurrence", "memory", "memoryEvidence", "use", "recall", "answerOption", "answerCompletion", "personaAttribute", "resident"] {
            // The second column on is the same, whatever the run is called.
            let columns = try SQL.dump("SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('\(table)') WHERE name NOT LIKE '%run'", path)
                .replacingOccurrences(of: "'", with: "")
            let own = try SQL.dump("SELECT \(columns) FROM \"\(table)\" WHERE run = 'run-2' ORDER BY 1, 2, 3", path)
            #expect(try own == SQL.dump("SELECT \(columns) FROM \"\(table)\" WHERE run = 'run-1' ORDER BY 1, 2, 3", cell.path) && !own.isEmpty)
        }
    }

    @Test func `merging again changes nothing, and unused completions stay behind`() async throws {
        let cell = try await cell()
        let path = Samples.path()
        _ = try await merge(cell, "a", into: path)
        let before = try all(path)
        let again = try await merge(cell, "a", into: path)
        #expect(again == MergedRuns(ids: ["run-1", "poll-2"], isNew: false, conflicts: []))
        #expect(try all(path) == before)
        #expect(try SQL.dump("SELECT key FROM completion ORDER BY key", path) == "'c1'\n'c2'")
        #expect(try await ResultsDatabase(path: path).mergedCells() == ["a": ["run-1", "poll-2"]])
        #expect(try SQL.dump("SELECT count(*) FROM respondent", path) == "2")
    }

    @Test func `the first response stays, and another to the same request is told`() async throws {
        let (one, other) = (try await cell(), try await cell("no"))
        let path = Samples.path()
        _ = try await merge(one, "a", into: path)
        let merged = try await merge(other, "b", into: path)
        #expect(merged == MergedRuns(ids: ["run-3", "poll-4"], isNew: true, conflicts: ["c1", "c2"]))
        #expect(try SQL.dump("SELECT DISTINCT json_extract(response, '$.text') FROM completion", path) == "'yes'")
        #expect(try SQL.dump("SELECT count(*) FROM survey", path) == "1")
    }

    @Test func `a run that is not there merges nothing at all`() async throws {
        let cell = try await cell()
        let path = Samples.path()
        _ = try ResultsDatabase(path: path)
        await #expect(throws: ResultsError.unknownRun("run-9")) { _ = try await merge((cell.path, ["run-1", "run-9"]), "a", into: path) }
        #expect(try rows(path, "run").isEmpty && rows(path, "completion").isEmpty)
        // A poll whose residents' run is left out names memories that are not here.
        await #expect(throws: (any Error).self) { _ = try await merge((cell.path, ["poll-2"]), "a", into: path) }
        #expect(try rows(path, "run").isEmpty)
        await #expect(throws: ResultsError.noDatabase(path: "/nowhere.sqlite")) { _ = try await merge(("/nowhere.sqlite", []), "a", into: path) }
    }
}
