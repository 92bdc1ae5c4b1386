import Foundation
import LanguageModels
import Results

extension StudyEnvironment {
    /// Opens the database, making it where it is missing.
    func openDatabase() throws -> ResultsDatabase { try ResultsDatabase(path: database) }

    /// Opens a database that must be there.
    func openExisting() throws -> ResultsDatabase { try ResultsDatabase(path: database, mustExist: true) }

    /// Now, for run headers only: nothing a result depends on reads the clock.
    func now() -> String { Date().formatted(.iso8601) }
}

extension ResultsDatabase {
    /// A run by its id, or `latest`, `latest:run`, `latest:poll`, `latest:experiment`.
    func run(named name: String) async throws -> Run {
        let kind: String?
        switch name {
        case "latest": kind = nil
        case "latest:run": kind = "run"
        case "latest:poll": kind = "poll"
        case "latest:experiment": kind = "experiment"
        default: return try await run(name)
        }
        guard let run = try await latestRun(kind: kind) else {
            throw StudyError.usage("the database holds no \(kind ?? "run") yet; begin with 'populace run' or 'populace poll'")
        }
        return run
    }

    /// Identities that runs were made with, newest first.
    func recordedIdentities() async throws -> [ModelIdentity] {
        try await runs().reversed().flatMap { $0.header.models.map(\.identity) }
    }
}
