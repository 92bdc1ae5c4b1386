import Agents
import Foundation
import Results
import Testing
import Worlds

@Suite struct `A run with a budget` {
    /// Everything a run recorded of its world, as one text.
    private func rows(_ command: Command) async throws -> [String] {
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        var rows = try await database.occurrences(run: "run-1").map { "\($0)" }
        for persona in try await database.personas(run: "run-1") {
            rows += try await database.memories(run: "run-1", resident: persona.id).map { "\($0)" }
        }
        rows += try await database.answers(run: "run-1").map { "\($0)" }
        return rows + (try await database.uses(run: "run-1").map { "\($0.use)" })
    }

    @Test func `stops before it is exceeded and resumes to the rows of one go`() async throws {
        let (whole, parts) = (try Command(), try Command())
        let world = ["Worlds/alder-creek.yaml", "--until", "day 1 08:00"]
        let once = try whole.run(["run"] + world + ["--model", "scripted", "--quiet", "--db", whole.database])
        #expect(once.status == 0, "\(once.errors)")
        var stopped = try parts.run(
            ["run"] + world + ["--model", "scripted", "--max-tokens", "4000", "--quiet", "--db", parts.database])
        var stops = 0
        while stopped.status != 0, stops < 20 {
            stops += 1
            #expect(stopped.status == 1 && stopped.output.isEmpty)
            #expect(stopped.errors.contains("The budget is spent: at most 4000 tokens"), "\(stopped.errors)")
            #expect(stopped.errors.contains("Nothing recorded is lost; go on with: populace run --resume run-1"))
            let database = try ResultsDatabase(path: parts.database, mustExist: true)
            #expect(try await database.run("run-1").status == .stopped)
            stopped = try parts.run(
                "run", "--resume", "run-1", "--until", "day 1 08:00", "--max-tokens", "4000", "--jobs", "\(1 + stops % 5)",
                "--quiet", "--db", parts.database)
        }
        #expect(stopped.status == 0 && stops >= 2, "\(stopped.errors)")
        #expect(try await rows(parts) == rows(whole))
    }

    @Test func `or prices that are none is a usage error`() throws {
        let command = try Command()
        for wrong in [["--max-tokens", "0"], ["--max-cost", "-1"], ["--prices", "1"], ["--prices", "1,-2"], ["--prices", "a,b"]] {
            let outcome = try command.run(["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--db", command.database] + wrong)
            #expect(outcome.status == 64, "\(wrong)")
        }
        let unpriced = try command.run(
            "run", "Worlds/alder-creek.yaml", "--model", "m", "--server", "http://127.0.0.1:9/v1", "--max-cost", "1", "--quiet",
            "--db", command.database)
        #expect(unpriced.status == 64 && unpriced.errors.contains("--max-cost needs to know what m costs"))
    }
}
