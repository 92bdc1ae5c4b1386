import Agents
import Foundation
import Kernel
@testable import Results
import Testing

@Suite struct ReadingTests {
    private let article = Article(
        path: "Worlds/media/courier/a.md", date: CivilDate(year: 2026, month: 3, day: 1), title: "Roof", author: "Ann",
        text: "It leaks since 1994 and longer.")

    private func persona(_ id: String, _ read: [Reading]) -> Persona {
        var persona = Persona(id: id, name: id)
        persona.read = read
        return persona
    }

    private func header(_ digest: String) -> RunHeader {
        RunHeader(
            kind: "poll", created: "2026-03-01T00:00:00Z", commandLine: "poll", version: "1", seed: 1,
            files: [RunFile(path: article.path, digest: digest, bytes: [1])])
    }

    @Test func `who was given what is there again, each article stored once`() async throws {
        let database = try ResultsDatabase.inMemory()
        let recorder = Recorder(database)
        let people = [
            persona("a", [Reading(article, length: 100)]), persona("b", []), persona("c", [Reading(article, length: 3)]),
        ]
        let run = try await recorder.beginRun(header("d1"), personas: people)
        let again = try await recorder.beginRun(header("d1"), personas: people)
        let changed = try await recorder.beginRun(header("d2"), personas: people)
        for id in [run, again, changed] { #expect(try await database.personas(run: id).map(\.read) == people.map(\.read)) }
        #expect(try database.rawLines("SELECT digest || ' ' || source FROM article ORDER BY digest", quoted: false) == ["d1 Worlds/media/courier", "d2 Worlds/media/courier"])
        #expect(try database.rawLines("SELECT rank || ' ' || characters || ' ' || cut FROM reading WHERE run = '\(run)' ORDER BY persona", quoted: false) == ["1 31 0", "1 8 23"])
        #expect(try await database.problems().isEmpty)
    }

    @Test func `an article whose file is not the run's is refused`() async throws {
        let recorder = Recorder(try ResultsDatabase.inMemory())
        var header = header("d1")
        header.files = []
        await #expect(throws: ResultsError.missingReference(table: "article")) {
            _ = try await recorder.beginRun(header, personas: [persona("a", [Reading(article, length: 100)])])
        }
    }
}
