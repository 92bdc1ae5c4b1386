import Agents
import Foundation
import Kernel
import Results
import Testing
import Worlds

private let slow = ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"

@Suite struct MindCommandTests {
    @Test func `a world of 25 lives, and its measures, memories and reflections can be read`() async throws {
        let command = try Command()
        // Short, so that the suite stays quick: ValentineTests lets both days pass.
        let run = try command.run(
            "run", "Worlds/valentine.yaml", "--model", "scripted", "--quiet", "--until", "day 1 12:00", "--db", command.database)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("25 residents, until day 1 12:00"))
        let measures = try command.run("show", "latest", "--measures", "--db", command.database)
        #expect(measures.status == 0, "\(measures.errors)")
        for words in ["Known to 1 of 25 (4%) at the start", "day 1 00:00     50    0.167", "conversations", "reflections", "idle"] {
            #expect(measures.output.contains(words), "\(words)")
        }
        #expect(measures.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let json = try command.run("show", "latest", "--measures", "--json", "--db", command.database)
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])

        let database = try ResultsDatabase(path: command.database, mustExist: true)
        // Unlike a peer, which sorts step 10 before step 9 as text.
        let occurrences = try await database.occurrences(run: "run-1")
        #expect(occurrences.count > 100 && occurrences.map(\.sequence) == Array(1...occurrences.count))
        #expect(zip(occurrences, occurrences.dropFirst()).allSatisfy { $0.time <= $1.time })
        var reflections = 0
        for persona in try await database.personas(run: "run-1") {
            let memories = try await database.memories(run: "run-1", resident: persona.id)
            guard let reflection = memories.last(where: { $0.kind == .reflection }) else { continue }
            reflections += 1
            let shown = try command.run("show", "run-1/\(persona.id)/\(reflection.sequence)", "--db", command.database)
            #expect(shown.output.hasPrefix("\(reflection.sequence). \(reflection.time) reflection "))
            for evidence in reflection.evidence { #expect(shown.output.contains("\n  \(evidence). ")) }
            if reflections == 3 { break }
        }
        #expect(reflections > 0)
        let none = try command.run("show", "run-1/sam-moore/99999", "--db", command.database)
        #expect(none.status == 64 && none.errors.contains("has no memory 99999"))
    }

    @Test func `a replay opened at a moment is a branch: what is done there leaves the run as it was`() async throws {
        let command = try Command()
        #expect(
            try command.run(
                "run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--until", "day 1 10:00", "--db", command.database
            ).status == 0)
        let before = try await CommandTests().rows(command.database)
        let session = "tell rosa The roof has fallen in.\nrun 1 h\nquit\n"
        let branch = try command.run(
            "repl", "run-1", "--at", "day 1 08:00", "--quiet", "--db", command.database, input: session)
        #expect(branch.status == 0 && branch.output.contains("Replayed from run-1"), "\(branch.errors)")
        #expect(try await CommandTests().rows(command.database) == before)
        let there = try await CommandTests().rows(command.database, run: "run-2")
        #expect(there.contains { $0.contains("The roof has fallen in.") })
        // Up to the branch both are the same.
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        func early(_ run: String) async throws -> [Occurrence] {
            try await database.occurrences(run: run).filter { $0.time < SimulationTime(day: 1, hour: 8) }
        }
        #expect(try await early("run-1") == early("run-2"))
        #expect(try await !early("run-1").isEmpty)
    }

    @Test(.enabled(if: slow)) func `a run killed at 50 moments goes on to the same rows each time`() async throws {
        let whole = try Command()
        let arguments = ["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet"]
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try whole.run(arguments + ["--db", whole.database]).status == 0)
        let length = (clock.now - start) / .milliseconds(1)
        let expected = try await CommandTests().rows(whole.database)
        var random = RandomStream(seed: 50, "kills")
        var interrupted = 0
        for _ in 0..<50 {
            let killed = try Command()
            let process = killed.process(arguments + ["--db", killed.database])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            try await Task.sleep(for: .milliseconds(Int(length * random.unit())))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let opened = try? ResultsDatabase(path: killed.database, mustExist: true)
            // Before its header was written there is no run to resume, and the command is given again.
            let there = try await opened?.runs().isEmpty == false
            let left = there ? try await CommandTests().rows(killed.database).count : 0
            if left > 0, left < expected.count { interrupted += 1 }
            let again = try killed.run((there ? ["run", "--resume", "run-1", "--quiet"] : arguments) + ["--db", killed.database])
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await CommandTests().rows(killed.database) == expected)
            try? FileManager.default.removeItem(at: killed.folder)
        }
        #expect(interrupted > 10)
    }

    @Test(.enabled(if: slow)) func `the town of the paper runs on the real model`() async throws {
        let command = try Command()
        let world = command.folder.appending(path: "Worlds/valentine.yaml")
        var text = try String(contentsOf: world, encoding: .utf8)
        text = text.replacingOccurrences(of: "starts: 2023-02-13 00:00", with: "starts: 2023-02-13 09:30")
        try text.write(to: world, atomically: true, encoding: .utf8)
        let run = try command.run("run", "Worlds/valentine.yaml", "--quiet", "--until", "day 1 09:50", "--db", command.database)
        #expect(run.status == 0, "\(run.errors)")
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        let occurrences = try await database.occurrences(run: "run-1")
        #expect(Set(occurrences.filter { $0.kind == .wake }.compactMap(\.actor)).count >= 23)
        #expect(occurrences.contains { $0.kind == .act } && occurrences.contains { $0.kind == .plan && $0.completion != nil })
        #expect(try command.run("show", "latest", "--measures", "--db", command.database).status == 0)
    }
}
