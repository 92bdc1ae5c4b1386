import Foundation
@testable import Results
import Testing

@Suite struct SweepCommandTests {
    private static let file = "Worlds/studies/alder-seeds.study.yaml"

    private func sweep(_ command: Command, _ more: String..., database: String? = nil) throws -> Command.Outcome {
        try command.run(["sweep", Self.file, "--model", "scripted", "--db", database ?? command.database, "--quiet"] + more)
    }

    @Test func `a sweep is its runs, merged in the order of the cells, and nothing twice`() async throws {
        let command = try Command()
        let first = try sweep(command, "--json")
        #expect(first.status == 0, "\(first.errors)")
        let said = try #require(try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any])
        let cells = try #require(said["cells"] as? [[String: Any]])
        #expect(cells.map { $0["runs"] as? [String] } == [["run-1"], ["run-2"], ["run-3"]] && said["ranNow"] as? Int == 3)
        #expect(cells.map { ($0["chosen"] as? [String: String])?["seed"] } == ["1", "2", "3"])
        let database = try ResultsDatabase(path: command.database)
        #expect(try await database.problems() == [])
        #expect(try await database.runs().map(\.header.seed) == [1, 2, 3])
        let before = try SweptTables.rows(command.database)

        // Each is what the command alone would have recorded.
        let alone = command.folder.appending(path: "alone.sqlite").path
        let ran = try command.run(["run", "Worlds/alder-creek.yaml", "--seed", "2", "--until", "day 1 07:30", "--model", "scripted", "--quiet", "--db", alone])
        #expect(ran.status == 0, "\(ran.errors)")
        for table in ["occurrence", "memory", "answer"] {
            let own = try database.rawLines("SELECT * FROM \(table) WHERE run = 'run-2' ORDER BY 1, 2, 3")
            let one = try ResultsDatabase(path: alone).rawLines("SELECT * FROM \(table) ORDER BY 1, 2, 3")
            #expect(own.map { $0.replacingOccurrences(of: "'run-2'", with: "'run-1'") } == one && !one.isEmpty)
        }
        let again = try sweep(command)
        #expect(again.status == 0 && again.output.contains("0 run now, 3 before"), "\(again.output)\(again.errors)")
        #expect(try SweptTables.rows(command.database) == before)
        // A merged run is a run: it can be replayed without a model.
        let replayed = try command.run(["run", "--resume", "run-2", "--until", "day 1 07:30", "--offline", "--quiet", "--db", command.database])
        #expect(replayed.status == 0, "\(replayed.errors)")
        // Its cells are not needed any more, and one more seed is one more cell.
        try FileManager.default.removeItem(at: command.folder.appending(path: "sweeps"))
        let path = command.folder.appending(path: Self.file)
        try Data(try String(contentsOf: path, encoding: .utf8).replacingOccurrences(of: "1..3", with: "1..4").utf8).write(to: path)
        let more = try sweep(command)
        #expect(more.status == 0 && more.output.contains("1 run now, 3 before"), "\(more.output)\(more.errors)")
    }

    @Test func `cells at once, and a kill in between, change nothing`() throws {
        let (serial, killed) = (try Command(), try Command())
        #expect(try sweep(serial, "--jobs", "1").status == 0)
        let process = killed.process(["sweep", Self.file, "--model", "scripted", "--db", killed.database, "--quiet", "--jobs", "3"])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let cells = killed.folder.appending(path: "sweeps/alder-seeds/cells").path
        for _ in 0..<2000 {
            if ((try? FileManager.default.contentsOfDirectory(atPath: cells)) ?? []).contains(where: { $0.hasSuffix("sqlite-wal") }) { break }
            Thread.sleep(forTimeInterval: 0.005)
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // What it had begun may go on by itself: the next waits for it, and runs nothing a second time at once.
        let again = try sweep(killed, "--jobs", "2")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try SweptTables.difference(serial.database, killed.database) == [])
    }

    @Test func `an experiment is swept as anything else, with what was decided in each treatment`() async throws {
        let command = try Command()
        let path = command.folder.appending(path: "Worlds/games.study.yaml")
        let text = "study: Games\nexperiment: Worlds/studies/horton/dictator-games.experiment.yaml\nsweep: { model: [scripted, uniform] }\n"
        try Data(text.utf8).write(to: path)
        let swept = try command.run("sweep", path.path, "--db", command.database, "--quiet", "--json")
        #expect(swept.status == 0, "\(swept.errors)")
        let said = try #require(try JSONSerialization.jsonObject(with: Data(swept.output.utf8)) as? [String: Any])
        let cells = try #require(said["cells"] as? [[String: Any]])
        #expect(cells.map { $0["runs"] as? [String] } == [["experiment-1"], ["experiment-2"]])
        #expect(swept.output.contains("share choice = left: Berk29, none"))
        let database = try ResultsDatabase(path: command.database)
        #expect(try await database.problems() == [])
        let decided = try database.rawLines("SELECT run, count(*) FROM decision GROUP BY run ORDER BY run")
        #expect(decided.count == 2 && decided.allSatisfy { $0.contains("48") }, "\(decided)")
        let shown = try command.run("show", "experiment-2", "--db", command.database)
        #expect(shown.status == 0 && shown.output.contains("Berk29"), "\(shown.errors)")
    }

    @Test func `of drawn people asked what nobody's answers are known to, a sweep shows what they said`() throws {
        let command = try Command()
        let path = command.folder.appending(path: "Worlds/readers.study.yaml")
        let text = """
            study: Readers
            poll: Personas/alder-creek-readers.panel.yaml
            survey: Personas/alder-creek.survey.yaml
            sweep: { seed: 1..2 }

            """
        try Data(text.utf8).write(to: path)
        let swept = try command.run("sweep", path.path, "--model", "scripted", "--db", command.database, "--quiet")
        #expect(swept.status == 0 && swept.output.contains("libtax: Yes"), "\(swept.output)\(swept.errors)")
    }

    @Test func `a cell that fails is listed with the command that shows why, and the others can be had`() throws {
        let command = try Command()
        let text = "study: Models\nrun: Worlds/alder-creek.yaml\nuntil: day 1 06:30\nsweep: { model: [scripted, no-such-model], seed: 1..2 }\n"
        try Data(text.utf8).write(to: command.folder.appending(path: "Worlds/models.study.yaml"))
        let arguments = ["sweep", "Worlds/models.study.yaml", "--db", command.database, "--quiet"]
        let outcome = try command.run(arguments)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("error: 2 of 4 cells are not done:"), "\(outcome.errors)")
        #expect(outcome.errors.contains("cell 3 (model no-such-model, seed 1): "), "\(outcome.errors)")
        #expect(outcome.errors.contains("populace run Worlds/alder-creek.yaml --seed=1 --model=no-such-model '--until=day 1 06:30' --db "))
        let collected = try command.run(arguments + ["--collect"])
        #expect(collected.status == 0 && collected.output.contains("0 run now, 2 before, 2 not done"), "\(collected.output)\(collected.errors)")
        #expect(collected.output.contains("merged into \(command.database) as run-1 to run-2"))
        let page = try command.run("report", "run-1", "run-2", "--db", command.database, "-o", command.folder.appending(path: "r.html").path)
        #expect(page.status == 0, "\(page.errors)")
    }

    @Test func `a poll is swept over how it is asked, and set beside people`() throws {
        let command = try Command()
        let text = """
            study: How to ask
            poll: Personas/gss-adults.panel.yaml
            questions: [natpark]
            sweep: { ask as: [qa, bio], seed: [1, 2] }
            """
        try Data(text.utf8).write(to: command.folder.appending(path: "Personas/ways.study.yaml"))
        let estimate = try command.run(["sweep", "Personas/ways.study.yaml", "--model", "scripted", "--db", command.database, "--dry-run"])
        #expect(estimate.status == 0 && estimate.output.hasPrefix("sweep: 4 cells, 0 done already, 4 to run: "), "\(estimate.output)\(estimate.errors)")
        #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: "sweeps").path))
        let outcome = try command.run(["sweep", "Personas/ways.study.yaml", "--model", "scripted", "--db", command.database, "--quiet"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("By ask as") && outcome.output.contains("ordinal similarity") && !outcome.output.contains("By seed"))
        #expect(outcome.output.contains("poll-4"), "\(outcome.output)")
        let compared = try command.run("compare", "poll-1", "--db", command.database)
        #expect(compared.status == 0, "\(compared.errors)")
    }

    @Test func `a paper's design is swept as it is`() throws {
        let command = try Command()
        let path = command.folder.appending(path: "Worlds/studies/argyle-vote.study.yaml")
        try Data((try String(contentsOf: path, encoding: .utf8) + "\nsweep: { seed: 1..2, people: 20 }\n").utf8).write(to: path)
        #expect(try command.run("validate", path.path).status == 0)
        let outcome = try command.run(["sweep", path.path, "--model", "scripted", "--db", command.database, "--quiet"])
        #expect(outcome.status == 0 && outcome.output.contains("study-2") && outcome.output.contains("agreement"), "\(outcome.output)\(outcome.errors)")
        // The design alone is done as ever.
        #expect(try command.run("study", path.path, "--model", "scripted", "--people", "10", "--db", command.database, "--quiet").status == 0)
    }

    @Test func `nonsense is refused before anything is written`() throws {
        let command = try Command()
        for (more, expected) in [
            (["--batch", "2"], "--partition, --batch, --slurm and --resubmit are for --on slurm"),
            (["--on", "mars"], "'mars' is invalid"), (["--jobs", "0"], "--jobs is at least 1"),
            (["--on", "slurm", "--batch", "few"], "--batch is auto or at least 1"),
            (["--seed", "3"], "the file sweeps over seeds"),
        ] {
            let outcome = try command.run(["sweep", Self.file, "--db", command.database, "--quiet"] + more)
            #expect(outcome.status == 64 && outcome.errors.contains(expected), "\(outcome.errors)")
        }
        let outcome = try command.run("sweep", "Worlds/alder-creek.yaml", "--db", command.database)
        #expect(outcome.status == 64 && outcome.errors.contains("is no study file"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: command.database))
    }

    @Test func `tasks of a scheduler do the same, killed ones are named and submitted again alone`() throws {
        let serial = try Command()
        #expect(try sweep(serial).status == 0)
        var command = try Command()
        // A place that a shell would break at.
        let place = command.folder.appending(path: "it's $(a) 100% \"place\"")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let database = place.appending(path: "db.sqlite").path
        let slurm = try FakeSlurm(in: command.folder, kills: [2])
        command.environment = slurm.variables()
        let first = try sweep(command, "--on", "slurm", "--batch", "1", database: database)
        #expect(first.status == 1, "\(first.output)\(first.errors)")
        #expect(first.errors.contains("1 of 3 cells is not done") && first.errors.contains("it was killed: its task ended without a word"))
        #expect(first.errors.contains("--resubmit"))
        #expect(slurm.calls().count == 1 && slurm.calls()[0].contains("--array=1-3 "))
        // Again, but not asked to: nothing is submitted.
        #expect(try sweep(command, "--on", "slurm", database: database).status == 1)
        #expect(slurm.calls().count == 1)
        let second = try sweep(command, "--on", "slurm", "--resubmit", database: database)
        #expect(second.status == 0, "\(second.errors)")
        #expect(slurm.calls().count == 2 && slurm.calls()[1].contains("--array=1-1 "))
        #expect(try SweptTables.difference(serial.database, database) == [])
        #expect(try sweep(command, "--on", "slurm", database: database).status == 0)
        #expect(slurm.calls().count == 2)
    }

    @Test func `who stops waiting comes back to the same jobs`() throws {
        var command = try Command()
        let slurm = try FakeSlurm(in: command.folder, waits: true)
        command.environment = slurm.variables()
        let process = command.process(["sweep", Self.file, "--model", "scripted", "--db", command.database, "--on", "slurm"])
        let errors = command.folder.appending(path: "errors")
        try Data().write(to: errors)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        for _ in 0..<1000 where slurm.calls().isEmpty { Thread.sleep(forTimeInterval: 0.01) }
        Thread.sleep(forTimeInterval: 0.5)
        process.interrupt()
        process.waitUntilExit()
        let said = try String(contentsOf: errors, encoding: .utf8)
        #expect(process.terminationStatus == 1 && said.contains("what was submitted goes on without us"), "\(said)")
        #expect(said.contains("go on with: populace sweep"))
        // Two at once: the second is told that a first is at work, or finds the jobs; none submits them again.
        try slurm.go()
        let outcome = try sweep(command, "--on", "slurm")
        #expect(outcome.status == 0 && outcome.output.contains("run-3"), "\(outcome.output)\(outcome.errors)")
        #expect(slurm.calls().count == 1)
    }
}
