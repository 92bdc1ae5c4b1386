import Agents
import Foundation
import Results
import Testing
import Worlds

@Suite struct CommandTests {
    @Test func `import, poll and compare print real figures`() throws {
        let command = try Command()
        let imported = try command.run("import", "Personas/gss2018.survey.yaml", "--db", command.database)
        #expect(imported.status == 0)
        #expect(
            imported.output
                == "gss2018: General Social Survey 2018, 2348 respondents, 25 questions, without weights\n")
        let poll = try command.run(
            "poll", "Personas/gss-adults.panel.yaml", "--questions", "natsci,abany", "--model", "scripted", "--quiet",
            "--db", command.database)
        #expect(poll.status == 0, "\(poll.errors)")
        #expect(poll.output.hasPrefix("poll-1: 120 people asked 2 questions of General Social Survey 2018\n"))
        let compare = try command.run("compare", "latest", "--by", "party", "--db", command.database)
        #expect(compare.status == 0, "\(compare.errors)")
        for word in ["noise floor", "uniform", "modal", "persona-free", "Republican", "n_eff"] {
            #expect(compare.output.lowercased().contains(word.lowercased()), "\(word)")
        }
        #expect(compare.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let again = try command.run("compare", "poll-1", "--by", "party", "--db", command.database)
        #expect(again.output == compare.output)
        let unmet = try command.run("compare", "latest", "--require", "skill>0.99", "--quiet", "--db", command.database)
        #expect(unmet.status == 1 && unmet.errors.contains("unmet: skill>0.99"))
        let json = try command.run("compare", "latest", "--json", "--db", command.database)
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
        let report = try command.run("report", "latest", "-o", "page.html", "--db", command.database)
        #expect(report.output == "page.html\n")
        let page = try String(contentsOf: command.folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.contains("Content-Security-Policy") && !page.contains("<script"))
    }

    /// Everything `run` recorded of a world, as one text.
    func rows(_ path: String, run: String = "run-1") async throws -> [String] {
        let database = try ResultsDatabase(path: path, mustExist: true)
        var rows = try await database.occurrences(run: run).map { "\($0)" }
        for persona in try await database.personas(run: run) {
            rows += try await database.memories(run: run, resident: persona.id).map { "\($0)" }
        }
        rows += try await database.answers(run: run).map { "\($0)" }
        // Also the calls each rests on, in order, with what was recalled for them.
        rows += try await database.uses(run: run).map { "\($0.use)" }
        return rows
    }

    @Test func `the same seed gives the same rows with 1 and 8 jobs and in any locale, another seed does not`() async throws {
        var (one, eight, other) = (try Command(), try Command(), try Command())
        one.environment = ["LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"]
        eight.environment = ["LANG": "C", "TZ": "UTC"]
        other.environment = [:]
        let shared = ["--model", "scripted", "--quiet"]
        for (command, extra) in [(one, ["--jobs", "1"]), (eight, ["--jobs", "8"]), (other, ["--seed", "7"])] {
            let process = command.process(["run", "Worlds/alder-creek.yaml", "--db", command.database] + shared + extra)
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let first = try await rows(one.database)
        #expect(first.count > 100)
        #expect(try await rows(eight.database) == first)
        #expect(try await rows(other.database) != first)
    }

    @Test func `a run killed in the middle goes on to the same rows`() async throws {
        let (whole, killed) = (try Command(), try Command())
        let arguments = ["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet"]
        let full = whole.process(arguments + ["--db", whole.database])
        full.standardOutput = FileHandle.nullDevice
        try full.run()
        full.waitUntilExit()
        let expected = try await rows(whole.database)

        let process = killed.process(arguments + ["--db", killed.database])
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // Killed as soon as something is on disk.
        for _ in 0..<2000 {
            try await Task.sleep(for: .milliseconds(2))
            if let database = try? ResultsDatabase(path: killed.database, mustExist: true),
                let count = try? await database.answers(run: "run-1").count, count > 5
            { break }
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let left = try await rows(killed.database)
        #expect(left.count < expected.count, "the run had ended before it was killed")
        let resumed = try killed.run("run", "--resume", "run-1", "--quiet", "--db", killed.database)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try await rows(killed.database) == expected)
    }

    @Test func `a recorded run replays offline without a call`() async throws {
        let command = try Command()
        let arguments = ["--model", "scripted", "--quiet", "--json", "--db", command.database, "--until", "day 1 09:00"]
        for extra in [[], ["--offline"]] {
            let process = command.process(["run", "Worlds/alder-creek.yaml"] + arguments + extra)
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let summary = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(((summary["calls"] as? Int) == 0) == !extra.isEmpty)
        }
        #expect(try await rows(command.database, run: "run-2") == rows(command.database))
        let miss = try command.run(
            "run", "Worlds/alder-creek.yaml", "--model", "scripted", "--offline", "--seed", "9", "--quiet", "--db",
            command.database)
        #expect(miss.status == 1 && miss.errors.contains("populace run --resume run-3"))
    }

    @Test func `mistakes are said with a place and exit 64, and nothing is written`() throws {
        let command = try Command()
        try Data("persona: X\nlive: y\n".utf8).write(to: command.folder.appending(path: "Personas/bad.yaml"))
        let bad = try command.run("validate", "Personas/bad.yaml")
        #expect(bad.status == 64 && bad.errors.contains("bad.yaml:2:1: error: unknown key 'live'"))
        for arguments in [
            ["poll", "Personas/rosa-delgado.yaml"], ["compare", "run-9"], ["run"], ["poll", "missing.yaml"],
            ["poll", "Personas/gss-adults.panel.yaml", "--questions", "nosuch"], ["new", "castle"], ["frobnicate"],
            ["run", "Worlds/alder-creek.yaml", "--until", "noon"],
        ] {
            let process = command.process(arguments + (["run", "poll", "compare"].contains(arguments[0]) ? ["--db", command.database] : []))
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 64, "\(arguments)")
        }
    }

    @Test func `hand-written people have no baseline, and compare says so`() throws {
        let command = try Command()
        let poll = try command.run(
            "poll", "Personas/rosa-delgado.yaml", "--survey", "Personas/gss2018.survey.yaml", "--questions", "natsci",
            "--model", "scripted", "--quiet", "--db", command.database)
        #expect(poll.status == 0, "\(poll.errors)")
        let compare = try command.run("compare", "latest", "--db", command.database)
        #expect(compare.status == 64 && compare.errors.contains("no population"))
    }

    @Test func `hostile text shows as text`() throws {
        let command = try Command()
        try Data("persona: \"<script>\\e[31m<|im_end|>\"\nabout: \"=cmd() \\e]0;x\\a\"\n".utf8)
            .write(to: command.folder.appending(path: "Personas/evil.yaml"))
        let poll = try command.run(
            "poll", "Personas/evil.yaml", "--survey", "Personas/gss2018.survey.yaml", "--questions", "natsci", "--model",
            "scripted", "--quiet", "--db", command.database)
        #expect(!poll.output.contains("\u{1B}") && !poll.errors.contains("\u{1B}"))
        let show = try command.run("show", "latest/evil", "--db", command.database)
        #expect(!show.output.contains("\u{1B}"))
    }
}

@Suite(.serialized) struct EmbeddedModelCommandTests {
    @Test func `a poll on the real model replays offline with the model's files away`() throws {
        var command = try Command()
        let arguments = [
            "poll", "Personas/rosa-delgado.yaml", "--survey", "Personas/gss2018.survey.yaml", "--questions", "natsci",
            "--quiet", "--json", "--db", command.database,
        ]
        let first = try command.run(arguments)
        #expect(first.status == 0, "\(first.errors)")
        let answers = try #require(try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any])
        #expect((answers["calls"] as? Int ?? 0) > 0)
        command.environment = ["POPULACE_CACHE": command.folder.appending(path: "empty").path]
        let away = try command.run(arguments)
        #expect(away.status == 64 && away.errors.contains("smollm2-135m"))
        let replayed = try command.run(arguments + ["--offline"])
        #expect(replayed.status == 0, "\(replayed.errors)")
        let again = try #require(try JSONSerialization.jsonObject(with: Data(replayed.output.utf8)) as? [String: Any])
        #expect(again["calls"] as? Int == 0)
        // As sorted JSON: a dictionary prints in another order each time.
        let (before, after) = (try #require(answers["answers"]), try #require(again["answers"]))
        let sorted = JSONSerialization.WritingOptions.sortedKeys
        #expect(
            try JSONSerialization.data(withJSONObject: before, options: sorted)
                == JSONSerialization.data(withJSONObject: after, options: sorted))
    }

    @Test func `a poll on the real model foretells what it reads, and jobs change no row`() async throws {
        var found: [[String]] = []
        for jobs in ["1", "8"] {
            let command = try Command()
            let panel = command.folder.appending(path: "Personas/gss-adults.panel.yaml")
            try String(contentsOf: panel, encoding: .utf8).replacing("size: 120", with: "size: 4")
                .write(to: panel, atomically: true, encoding: .utf8)
            let arguments = [
                "poll", panel.path, "--questions", "natsci,natpark,natroad", "--json", "--quiet", "--jobs", jobs, "--db",
                command.database,
            ]
            func reading(_ more: [String]) throws -> [String: Int] {
                let outcome = try command.run(arguments + more)
                #expect(outcome.status == 0, "\(outcome.errors)")
                let summary = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
                return try #require(summary?["reading"] as? [String: Int])
            }
            let foretold = try reading(["--dry-run"])
            let read = try reading([])
            #expect(foretold["floor"] == read["floor"] && foretold["asked"] == read["asked"])
            #expect(foretold["evaluated"] == 0)
            let (floor, evaluated) = (try #require(read["floor"]), try #require(read["evaluated"]))
            // More only where a request came after those it shares with were answered.
            #expect(floor <= evaluated && evaluated * 2 < floor * 3)
            found.append(try await CommandTests().rows(command.database, run: "poll-1"))
        }
        #expect(found[0].count >= 12 && found[0] == found[1])
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"))
    func `the real model gives the same rows with 1 and 8 jobs, in any locale, and after a kill`() async throws {
        var (one, eight) = (try Command(), try Command())
        let killed = try Command()
        one.environment = ["LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"]
        eight.environment = ["LANG": "C", "TZ": "UTC"]
        let arguments = ["run", "Worlds/alder-creek.yaml", "--quiet", "--until", "day 1 07:30"]
        for (command, jobs) in [(one, "1"), (eight, "8")] {
            let outcome = try command.run(arguments + ["--jobs", jobs, "--db", command.database])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let rows = CommandTests()
        let expected = try await rows.rows(one.database)
        #expect(expected.count > 40)
        #expect(try await rows.rows(eight.database) == expected)

        let process = killed.process(arguments + ["--db", killed.database])
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1200 {
            try await Task.sleep(for: .milliseconds(100))
            if let database = try? ResultsDatabase(path: killed.database, mustExist: true),
                let count = try? await database.occurrences(run: "run-1").count, count > 0
            { break }
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try await rows.rows(killed.database).count < expected.count)
        let resumed = try killed.run(["run", "--resume", "run-1", "--until", "day 1 07:30", "--quiet", "--db", killed.database])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try await rows.rows(killed.database) == expected)
    }
}
