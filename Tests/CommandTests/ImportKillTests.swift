import Foundation
import Testing

@Suite struct ImportKillTests {
    private static let people = 40_000
    private static let questions = 40

    /// A survey whose import takes long enough to be killed in the middle.
    private func command() throws -> Command {
        let command = try Command()
        var yaml = "survey: Large\ndata: Personas/data/large.csv\nrespondent: id\nquestions:\n"
        var header = "id"
        for question in 0..<Self.questions {
            yaml += "  q\(question): { ask: \"Which?\", scale: nominal, options: { 1: A, 2: B, 3: C } }\n"
            header += ",q\(question)"
        }
        var csv = header + "\n"
        for person in 0..<Self.people {
            csv += "person-with-a-long-name-\(person)"
            for question in 0..<Self.questions { csv += ",\((person + question) % 3 + 1)" }
            csv += "\n"
        }
        try Data(csv.utf8).write(to: command.folder.appending(path: "Personas/data/large.csv"))
        let file = command.folder.appending(path: "Personas/large.survey.yaml")
        let unknown = "checksum: sha256:" + String(repeating: "0", count: 64) + "\n"
        try Data((yaml + unknown).utf8).write(to: file)
        // The refusal tells the right one.
        let refused = try command.run("import", "Personas/large.survey.yaml", "--db", command.database).errors
        let digits = try #require(refused.firstMatch(of: /checksum is (sha256:[0-9a-f]{64})/))
        try Data((yaml + "checksum: \(digits.1)\n").utf8).write(to: file)
        return command
    }

    @Test func `an import killed while it stores leaves nothing, and the next one does it all`() throws {
        let command = try command()
        #expect(try command.run("import", "Personas/gss2018.survey.yaml", "--db", command.database).status == 0)
        let log = command.database + "-wal"
        let process = command.process(["import", "Personas/large.survey.yaml", "--db", command.database, "--quiet"])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // What does not fit into SQLite's cache is in the log before the transaction ends.
        let start = ContinuousClock.now
        while process.isRunning, ContinuousClock.now - start < .seconds(60) {
            let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
            if let size, size > 400_000 { break }
            Thread.sleep(forTimeInterval: 0.001)
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "the import ended before it was killed")
        let again = try command.run("import", "Personas/large.survey.yaml", "--db", command.database, "--json")
        #expect(again.output.contains("\"imported\": true"), "\(again.output)\(again.errors)")
        #expect(again.output.contains("\"respondents\": \(Self.people)"), "\(again.output)")
        let doctor = try command.run("import", "Personas/gss2018.survey.yaml", "--db", command.database)
        #expect(doctor.output.contains("was there already"), "\(doctor.output)\(doctor.errors)")
    }
}
