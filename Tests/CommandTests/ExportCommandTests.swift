import Foundation
import Testing

@Suite struct ExportCommandTests {
    /// Rows of a CSV file whose cells hold no line feed.
    private func rows(_ file: URL) throws -> [[Substring]] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    @Test func `a poll becomes tables whose shares sum to one a person, question and correction`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        #expect(
            try command.run(
                ["poll", "Personas/gss-adults.panel.yaml", "--model", "scripted", "--questions", "natenvir"] + database
            ).status == 0)
        let folder = command.folder.appending(path: "out")
        let outcome = try command.run(["export", "latest", "-o", folder.path] + database)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("people.csv  120 rows") && !outcome.output.contains("memories"))
        let shares = try rows(folder.appending(path: "shares.csv"))
        #expect(shares[0] == ["person", "question", "time", "method", "correction", "option", "code", "label", "share"])
        var sums: [String: Double] = [:]
        for row in shares.dropFirst() { sums["\(row[0]) \(row[4])", default: 0] += Double(row[8]) ?? .nan }
        #expect(sums.count == 360 && sums.values.allSatisfy { abs($0 - 1) < 1e-12 })
    }

    @Test func `JSON Lines hold text to the byte and one object a row`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        #expect(try command.run(["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--until", "day 1 09:00"] + database).status == 0)
        let folder = command.folder.appending(path: "out")
        let outcome = try command.run(["export", "run-1", "--format", "jsonl", "-o", folder.path] + database)
        #expect(outcome.status == 0, "\(outcome.errors)")
        struct Row: Decodable { var sequence: Int, text: String, kind: String }
        for table in ["occurrences", "memories"] {
            let lines = try String(contentsOf: folder.appending(path: "\(table).jsonl"), encoding: .utf8).split(separator: "\n")
            let rows = try lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
            #expect(rows.count > 20 && rows.allSatisfy { !$0.text.isEmpty })
        }
        // Written again over itself: the same bytes.
        let before = try Data(contentsOf: folder.appending(path: "uses.jsonl"))
        #expect(try command.run(["export", "run-1", "--format", "jsonl", "-o", folder.path] + database).status == 0)
        #expect(try Data(contentsOf: folder.appending(path: "uses.jsonl")) == before)
    }

    @Test func `unknown formats, tables, runs and folders that cannot be are refused`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        #expect(try command.run(["poll", "Personas/gss-adults.panel.yaml", "--model", "uniform", "--questions", "natenvir"] + database).status == 0)
        for (arguments, says) in [
            (["--format", "xlsx"], "csv or jsonl"), (["--tables", "people,wages"], "no table 'wages'"),
            (["-o", command.database], "cannot be written"),
        ] {
            let outcome = try command.run(["export", "latest"] + arguments + database)
            #expect(outcome.status == 64 && outcome.errors.contains(says), "\(outcome.errors)")
        }
        #expect(try command.run(["export", "run-9"] + database).status != 0)
    }
}
