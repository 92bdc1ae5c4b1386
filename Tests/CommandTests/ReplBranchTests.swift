import Foundation
import Results
import Testing

@testable import Studies

struct ReplBranchTests {
    private let house: House

    init() throws { house = try House() }

    private func rows(_ house: House, _ run: String) async throws -> [String] {
        try await CommandTests().rows(house.environment.database, run: run)
    }

    /// The rows of a session that goes straight on for 3 hours.
    private func straight() async throws -> [String] {
        let other = try House()
        var repl = try await other.opened()
        _ = await House.said(&repl, ["run 3 h", "quit"])
        let rows = try await rows(other, "run-1")
        #expect(rows.count > 20)
        return rows
    }

    @Test func `going back and on again gives the bytes of a run that never went there`() async throws {
        var repl = try await house.opened()
        let answers = await House.said(
            &repl, ["run 1 h", "tell Ann \"The stove is broken.\"", "run 90 min", "inject garden \"A fox runs by.\"", "back to 06:30"])
        #expect(answers.last?.hasPrefix("Back at day 1 06:30, as run-2. What was undone is main~1 (run-1)") == true)
        #expect(repl.prompt == "day 1 06:30> ")
        #expect(await House.said(&repl, "ann??").contains("stove") == false)
        _ = await House.said(&repl, ["run until 09:00", "quit"])
        #expect(try await rows(house, "run-2") == straight())
        // What was undone is as it was.
        #expect(try await rows(house, "run-1").contains { $0.contains("The stove is broken.") })
    }

    @Test func `back undoes one step at a time, and what was done by hand with it`() async throws {
        var repl = try await house.opened()
        _ = await House.said(&repl, "run 1 h")
        let before = await House.said(&repl, "ann??").split(separator: "\n").dropLast()
        _ = await House.said(&repl, "tell Ann \"The stove is broken.\"")
        #expect(await House.said(&repl, "back").hasPrefix("Back at day 1 07:00"))
        #expect(await House.said(&repl, "ann??").split(separator: "\n").dropLast() == before)
        #expect(try await repl.database.interventions(run: repl.session.run).isEmpty)
        var moments: [String] = []
        while await !House.said(&repl, "back").contains("nothing has happened") { moments.append(repl.prompt) }
        #expect(moments.last == "day 1 06:00> " && moments == moments.sorted(by: >))
        #expect(await House.said(&repl, "ann??").contains("remembers nothing"))
        let undone = "Nothing has happened on main yet.\nmain~1 goes on to day 1 06:00, with "
        #expect(await House.said(&repl, "changes").hasPrefix(undone))
        _ = await House.said(&repl, ["run until 09:00", "quit"])
        #expect(try await rows(house, repl.session.run) == straight())
    }

    @Test func `a branch goes on beside, and each has the bytes of a run without the other`() async throws {
        var repl = try await house.opened()
        _ = await House.said(&repl, ["run 1 h", "branch tent"])
        #expect(repl.prompt == "day 1 07:00 (tent)> ")
        _ = await House.said(&repl, ["tell Ann \"The stove is broken.\"", "run 2 h", "branch main"])
        #expect(repl.prompt == "day 1 07:00> ")
        let changes = await House.said(&repl, ["run 2 h", "changes tent"])[1]
        #expect(changes.hasPrefix("Different from day 1 07:00 on, looked at until day 1 09:00"))
        #expect(changes.contains("  - day 1 07:00  tell ann-lee \"The stove is broken.\""))
        #expect(changes.contains("Memories of Ann Lee: ") && changes.contains("  - day 1 07:00  observation: The stove is broken."))
        let list = await House.said(&repl, "branch")
        #expect(list.contains("*  main    run-1  day 1 09:00"))
        #expect(list.contains("   tent    run-2  day 1 09:00  run-1 at day 1 07:00"))
        _ = await House.said(&repl, "quit")
        #expect(try await rows(house, "run-1") == straight())
        let other = try House()
        var alone = try await other.opened()
        _ = await House.said(&alone, ["run 1 h", "tell Ann \"The stove is broken.\"", "run 2 h", "quit"])
        #expect(try await rows(house, "run-2") == rows(other, "run-1"))
    }

    @Test func `branches outlive the session, and an undone one can be gone on with`() async throws {
        var repl = try await house.opened()
        _ = await House.said(&repl, ["run 1 h", "branch tent", "run 1 h", "branch main", "back", "quit"])
        var again = try await Repl.open(.recorded("run-3"), environment: house.environment)
        let list = await House.said(&again, "branch")
        for row in ["   main~2  run-1  day 1 07:00", "   tent    run-2  day 1 08:00", "   main~1  run-3", "*  main    run-4"] {
            #expect(list.contains(row), "\(list)")
        }
        #expect(await House.said(&again, "branch tent") == "On tent (run-2), day 1 08:00.")
        #expect(await House.said(&again, "branch main~2") == "On main~2 (run-1), day 1 07:00.")
        _ = await House.said(&again, ["run until 09:00", "quit"])
        #expect(try await rows(house, "run-1") == straight())
    }

    @Test func `the same lines give the same runs with 1 and 8 jobs`() async throws {
        let lines = [
            "run 1 h", "branch tent", "inject garden \"A fox runs by.\"", "run 1 h", "branch main", "back", "run 2 h", "open run-2",
            "run 1 h", "quit",
        ]
        var (one, eight) = (house, try House())
        (one.environment.jobs, eight.environment.jobs) = (1, 8)
        var answers: [[String]] = []
        for house in [one, eight] {
            var repl = try await house.opened()
            answers.append(await House.said(&repl, lines))
        }
        #expect(answers[0] == answers[1])
        for run in ["run-1", "run-2", "run-3", "run-4"] {
            let rows = try await rows(one, run)
            #expect(try await rows == self.rows(eight, run) && rows.count > 20)
        }
    }

    @Test func `a branch is resumed as a run, with what was done on it`() async throws {
        var repl = try await house.opened()
        _ = await House.said(&repl, ["run 1 h", "branch tent", "tell Ann \"The stove is broken.\"", "run 30 min", "quit"])
        _ = try await RunStudy(environment: house.environment).run(.recorded("run-2"), until: "day 1 10:00")
        let other = try House()
        var alone = try await other.opened()
        _ = await House.said(&alone, ["run 1 h", "tell Ann \"The stove is broken.\"", "run until 10:00", "quit"])
        #expect(try await rows(house, "run-2") == rows(other, "run-1"))
    }

    @Test func `what cannot be gone to is said and changes nothing`() async throws {
        var repl = try await house.opened()
        _ = await House.said(&repl, "run 1 h")
        let mistakes = [
            ("back to day 2 09:00", "is not past"), ("back to 05:00", "the world begins at day 1 06:00"),
            ("back to noon", "is not a moment"), ("branch 1x", "cannot be the name"), ("branch main~1", "cannot be the name"),
            ("changes", "no other branch"), ("changes tent", "no branch is called 'tent'"), ("open run-9", "no run run-9"),
            ("open nowhere", "no run nowhere"),
        ]
        for (line, words) in mistakes { #expect(await House.said(&repl, line).contains(words), "\(line)") }
        #expect(repl.prompt == "day 1 07:00> ")
        #expect(try await repl.database.runs().count == 1)
    }

    @Test func `open takes another run to its end and keeps the surveys and the script`() async throws {
        var first = try await house.opened()
        _ = await House.said(&first, ["run 2 h", "tell Ann \"The stove is broken.\"", "quit"])
        var repl = try await house.opened()
        _ = await House.said(&repl, "step")
        #expect(await House.said(&repl, "open run-1").contains("Replayed from run-1"))
        #expect(await House.said(&repl, "ann??").contains("The stove is broken."))
        #expect(await House.said(&repl, "save").contains("\nstep\nopen run-1\n"))
        #expect(try await repl.database.run("run-2").status == .stopped)
    }

    @Test func `a saved session repeats to the same rows`() async throws {
        var repl = try await house.opened()
        let file = house.url.appending(path: "session.txt").path
        let lines = ["run 1 h", "stpe", "branch tent", "tell Ann \"The stove is broken.\"", "run 1 h", "back", "look kitchen"]
        _ = await House.said(&repl, lines)
        #expect(await House.said(&repl, "save \(file)").hasPrefix("Saved 6 lines"))
        _ = await House.said(&repl, "quit")
        let script = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(script.first == "# populace repl \(house.world) --model scripted" && !script.contains("stpe"))
        let other = try House()
        var again = try await other.opened()
        _ = await House.said(&again, script)
        for run in ["run-1", "run-2", "run-3"] {
            #expect(try await rows(other, run) == rows(house, run))
        }
        // Another file is never written over.
        let mine = house.url.appending(path: "mine.txt")
        try Data("mine\n".utf8).write(to: mine)
        #expect(await House.said(&again, "save \(mine.path)").contains("is no saved session"))
        #expect(try String(contentsOf: mine, encoding: .utf8) == "mine\n")
    }

    @Test func `a step that is told to stop is discarded, and can be taken again`() async throws {
        let repl = try await house.opened()
        let stopped = Task { [repl] in
            var repl = repl
            withUnsafeCurrentTask { $0?.cancel() }
            let answer = await House.said(&repl, "run 1 h")
            return (repl, answer)
        }
        var (after, answer) = await stopped.value
        #expect(answer == "Stopped: the step is discarded, and it is still day 1 06:00.")
        #expect(try await after.database.counts(run: "run-1").occurrences == 0)
        _ = await House.said(&after, ["run until 09:00", "quit"])
        #expect(try await rows(house, "run-1") == straight())
    }

    @Test func `names that a terminal would obey do nothing, wherever they are shown`() async throws {
        let evil = try House(ann: "\"An\\u202En \\u2066Lee\"")
        var repl = try await evil.opened()
        let lines = [
            "run 1 h", "who", "map", "look", "ann-lee?", "ann-lee??", "why last", "show", "show ann-lee", "show #1", "show @06:00",
            "branch tent", "tell ann-lee \"\u{1B}]0;x\u{7}hi\u{202E}\"", "run 1 h", "changes", "branch", "back", "cost", "save", "plan ann-lee",
        ]
        for (line, answer) in zip(lines, await House.said(&repl, lines)) {
            let bad = answer.unicodeScalars.contains { $0 != "\n" && ($0.value < 32 || $0.value == 0x7F || $0 == "\u{202E}" || $0 == "\u{2066}") }
            #expect(!bad, "\(line): \(answer.debugDescription)")
        }
        #expect(!repl.vocabulary.continuations(of: "tell An").contains { $0.unicodeScalars.contains("\u{202E}") })
    }
}
