import Foundation
import Kernel
import Results
import Testing

@testable import Studies

struct ReplShowTests {
    private func json(_ command: Command, _ address: String) throws -> [String: Any] {
        let shown = try command.run("show", address, "--json", "--db", command.database)
        #expect(shown.status == 0, "\(address): \(shown.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any], "\(address)")
    }

    /// Alder Creek until 07:30, when everybody has been polled.
    private func town() throws -> Command {
        let command = try Command()
        let run = try command.run(
            "run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--until", "day 1 07:30", "--db", command.database)
        #expect(run.status == 0, "\(run.errors)")
        return command
    }

    @Test func `everything recorded has an address, in words and as JSON`() async throws {
        let command = try town()
        let run = try json(command, "run-1")
        let occurrences = try #require(run["occurrences"] as? [[String: Any]])
        let decided = try #require(occurrences.last { $0["completion"] is String })
        let address = try #require(decided["address"] as? String)
        let why = try json(command, address)
        #expect((why["cost"] as? [String: Any])?["completions"] as? Int == 1)
        let recalled = try #require((why["recalled"] as? [[String: Any]])?.first)
        let memory = try #require(recalled["address"] as? String)
        #expect(try json(command, memory)["text"] as? String == recalled["text"] as? String)
        let moment = try json(command, "run-1@day 1 07:00")
        #expect((moment["whereabouts"] as? [String: Any])?.count == 6 && moment["answers"] as? Int == 24)
        let person = try json(command, "run-1/rosa-delgado")
        let answers = try #require(person["answers"] as? [String])
        #expect(answers.contains("run-1/rosa-delgado/libtax"))
        let answer = try json(command, answers[0])
        #expect((answer["cost"] as? [String: Any])?["completions"] as? Int ?? 0 > 0)
        let key = try #require(decided["completion"] as? String)
        #expect(try json(command, String(key.prefix(12)))["key"] as? String == key)
        // The prompt is there by its digest, and its words only where they are asked for.
        let words = try command.run("show", address, "--db", command.database).output
        let all = try command.run("show", address, "--show-prompts", "--db", command.database).output
        #expect(words.contains("  prompt ") && !words.contains("    | ") && all.contains("    | "))
    }

    @Test(arguments: [
        ("run-9", "the database holds no run 'run-9'; it has run-1"), ("run-1/nobody", "there are run-1/rosa-delgado"),
        ("run-1/rosa-delgado/999", "run-1/rosa-delgado/1 to run-1/rosa-delgado/"),
        ("run-1/rosa-delgado/natroad", "there are run-1/rosa-delgado/libtax"), ("run-1#0", "it has run-1#1 to run-1#"),
        ("run-1#x", "write RUN#NUMBER"), ("run-1@day 3 09:00", "goes from run-1@day 1 06:00 to run-1@day 1 07:30"),
        ("run-1@noon", "is not a moment"), ("zzz", "RUN/PERSON/QUESTION"), ("run-1//2", "is no address"), ("/", "is no address"),
    ])
    func `a wrong address says which there are`(_ address: String, _ words: String) throws {
        let command = try town()
        let shown = try command.run("show", address, "--db", command.database)
        #expect(shown.status == 64 && shown.errors.contains(words), "\(shown.errors)")
    }

    @Test func `a poll by hand is recorded, leaves no memory and tells why there is no baseline`() async throws {
        let command = try Command()
        let session = """
            run 1 h
            poll natpark by place
            poll libtax
            poll natprak
            poll natpark by shoe size
            poll natpark by shoes
            rosa??
            quit

            """
        let told = try command.run(
            "repl", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--db", command.database, input: session)
        #expect(told.status == 0, "\(told.errors)")
        for words in [
            "About right", "6 residents by words", "No human baseline: these residents were written by hand and stand for no",
            "poll-2/PERSON/natpark", "did you mean 'natpark'?", "write it as: poll QUESTION", "nobody has an attribute 'shoes'; there are age",
        ] { #expect(told.output.contains(words), "\(words)") }
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        #expect(try await database.answers(run: "poll-2").count == 6)
        #expect(try await database.run("poll-2").header.source == "run-1")
        let whole = try Command()
        _ = try whole.run(
            "repl", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--db", whole.database, input: "run 1 h\nquit\n")
        #expect(try await CommandTests().rows(command.database) == CommandTests().rows(whole.database))
        #expect(try json(command, "poll-2/rosa-delgado/natpark")["run"] as? String == "poll-2")
    }

    @Test func `drawn residents are shown beside the people of their panel`() throws {
        let command = try Command()
        let world = """
            world: A Street
            about: People of a survey.
            seed: 7
            clock:
              starts: 2026-03-02 06:00
              grain: 30 min
              night: 22:00 to 06:00
            places:
              street:
                about: A street.
            residents:
              - panel: Personas/gss-adults.panel.yaml
                take: 4
                lives: street
            stop:
              - at: day 1 20:00

            """
        try Data(world.utf8).write(to: command.folder.appending(path: "Worlds/street.yaml"))
        let told = try command.run(
            "repl", "Worlds/street.yaml", "--model", "scripted", "--quiet", "--db", command.database, "--survey",
            "Personas/gss2018.survey.yaml", input: "poll natpark by party\nquit\n")
        #expect(told.output.contains("people") && told.output.contains("respondents of General Social Survey 2018 in the panel's"))
        #expect(told.output.contains("\n  party "), "\(told.output)")
        let compared = try command.run("compare", "poll-2", "--db", command.database, "--bootstrap", "0")
        #expect(compared.status == 0, "\(compared.errors)")
    }

    @Test func `a script does the same from a pipe, and show and why know the run under way`() throws {
        let command = try Command()
        let told = try command.run(
            "repl", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--db", command.database,
            input: "run until 07:30\nwhy 3\nshow #3\nwhy last\nshow rosa/1\nshow rosa\nshow @06:30\ncost\n")
        #expect(told.status == 0, "\(told.errors)")
        let blocks = told.output.components(separatedBy: "day 1 07:30> ")
        #expect(blocks.count == 8)
        // Beside what 'show' says stands what each memory did; nothing was recalled for getting up.
        #expect(blocks[1].dropFirst("why 3".count) == blocks[2].dropFirst("show #3".count))
        #expect(blocks[3].contains("recency  importance  relevance  memory") && blocks[3].contains("prompt "))
        #expect(blocks[3].contains("influence, each memory left out in turn (how far the shares of the choices"))
        #expect(blocks[4].contains("1. day 1 06:00 seed"))
        #expect(blocks[6].contains("run-1, Monday 2 March 2026, 06:30"))
        #expect(blocks[7].contains("decide") && blocks[7].contains("from the record"))
        #expect(told.output.contains("run-1#1\n"))
    }

    @Test func `an interrupted script stops between two model calls, and nothing of the step is recorded`() async throws {
        let command = try Command()
        let process = command.process(
            ["repl", "Worlds/valentine.yaml", "--model", "scripted", "--quiet", "--db", command.database])
        let (input, output) = (command.folder.appending(path: "in"), command.folder.appending(path: "out"))
        try Data("run 40 h\nwho\n".utf8).write(to: input)
        try Data().write(to: output)
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        var steps = 0
        for _ in 0..<600 where steps < 2 && process.isRunning {
            try await Task.sleep(for: .milliseconds(20))
            let database = try? ResultsDatabase(path: command.database, mustExist: true)
            steps = (try? await database?.run("run-1").committedSteps) ?? 0
        }
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 1)
        let told = try String(contentsOf: output, encoding: .utf8)
        #expect(told.contains("Stopped: the step is discarded, and it is still day ") && !told.contains("> who"))
        let run = try await ResultsDatabase(path: command.database, mustExist: true).run("run-1")
        #expect(run.status == .stopped && run.committedSteps >= 2)
    }
}
