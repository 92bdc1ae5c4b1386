import Foundation
@testable import Results
import Testing

@Suite struct OpeningTests {
    @Test func `opening makes the folder and a file only its owner may read`() throws {
        let path = Samples.path()
        _ = try ResultsDatabase(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a reader makes no database`() {
        let path = Samples.path()
        #expect(throws: ResultsError.noDatabase(path: path)) { try ResultsDatabase(path: path, mustExist: true) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a file that is no database is refused and kept`() throws {
        let path = Samples.path()
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("persona: Rosa\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ResultsError.notOurs(path: path)) { try ResultsDatabase(path: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "persona: Rosa\n")
    }

    @Test func `a damaged database is reported as corrupt with what to do`() async throws {
        let path = Samples.path()
        do {
            let database = try ResultsDatabase(path: path)
            _ = try await Samples.populate(database)
            try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        }
        let url = URL(fileURLWithPath: path)
        var bytes = try Data(contentsOf: url)
        for index in 4096..<bytes.count where index % 3 == 0 { bytes[index] ^= 0x5a }
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try bytes.write(to: url)
        let error = #expect(throws: ResultsError.self) { try ResultsDatabase(path: path) }
        guard case .corrupt(let named, _) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(named == path)
        #expect(error?.description.contains("Move it away") == true)
        #expect(try Data(contentsOf: url) == bytes)
    }

    @Test func `a database of a newer release is refused`() async throws {
        let path = Samples.path()
        try ResultsDatabase(path: path).execute("INSERT INTO grdb_migrations VALUES ('99')")
        #expect(throws: ResultsError.newerSchema(path: path)) { try ResultsDatabase(path: path) }
    }

    @Test func `a database of another program is refused and kept`() async throws {
        let path = Samples.path()
        try ResultsDatabase(path: path).execute("PRAGMA application_id = 1")
        #expect(throws: ResultsError.notOurs(path: path)) { try ResultsDatabase(path: path) }
    }

    @Test func `opening again keeps what was recorded`() async throws {
        let path = Samples.path()
        let (_, run) = try await Samples.populate(try ResultsDatabase(path: path))
        #expect(try await ResultsDatabase(path: path).occurrences(run: run) == Samples.occurrences)
    }
}
