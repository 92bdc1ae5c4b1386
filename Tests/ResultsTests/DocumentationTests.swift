import Foundation
@testable import Results
import Testing

@Suite struct DocumentationTests {
    private func readme() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("Results/README.md"), encoding: .utf8)
    }

    @Test func `the schema is the one on file`() throws {
        let path = Samples.path()
        _ = try ResultsDatabase(path: path)
        let found = try ResultsDatabase(path: path).rawLines(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb_%' ORDER BY name",
            quoted: false
        ).map { $0 + ";\n" }.joined()
        let url = try #require(Bundle.module.url(forResource: "schema", withExtension: "sql", subdirectory: "Fixtures"))
        // A change here is a change of a public interface: add a migration, then this file and Results/README.md.
        #expect(try String(contentsOf: url, encoding: .utf8) == found)
    }

    @Test func `every table, view and column is documented`() throws {
        var documented: [String: Set<String>] = [:]
        var table = ""
        for line in try readme().split(separator: "\n") {
            if line.hasPrefix("### ") { table = String(line.dropFirst(4)) }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if line.hasPrefix("| "), cells.count == 2, cells[0] != "column" {
                documented[table, default: []].insert(cells[0])
            }
        }
        let path = Samples.path()
        var actual: [String: Set<String>] = [:]
        for line in try ResultsDatabase(path: path).rawLines(
            """
            SELECT m.name || ' ' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'grdb_%'
            """, quoted: false)
        {
            let words = line.split(separator: " ").map(String.init)
            actual[words[0], default: []].insert(words[1])
        }
        #expect(actual == documented)
    }

    @Test func `each of the ten documented queries finds something`() async throws {
        let path = Samples.path()
        let (recorder, run) = try await Samples.populate(try ResultsDatabase(path: path))
        try await recorder.finishRun(run, status: .done, tokens: 13, wallSeconds: 1)
        let blocks = try readme().components(separatedBy: "```sql\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
        #expect(blocks.count == 10)
        for sql in blocks {
            let rows = try SQL.dump(sql, path)
            #expect(!rows.isEmpty, "\(sql)")
        }
    }
}
