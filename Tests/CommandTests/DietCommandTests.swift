import Foundation
import ScriptedServers
import Testing

/// A server whose answer to a question of "Yes" and "No" follows sentences it has read: each adds to the log odds of Yes.
private func believer(_ beliefs: [(sentence: String, pull: Double)]) throws -> ScriptedServer {
    try ScriptedServer { request, _, _ in
        struct Body: Decodable {
            struct Message: Decodable { var content: String }
            var messages: [Message]
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: request.body) else { return .answer(400, body: "") }
        let text = body.messages.map(\.content).joined()
        let odds = beliefs.filter { text.contains($0.sentence) }.reduce(0.3) { $0 + $1.pull }
        let yes = 1 / (1 + exp(-odds))
        let (a, b) = text.contains("A. Yes") ? (yes, 1 - yes) : (1 - yes, yes)
        let letters = [("A", a), ("B", b)].map { #"{"token":"\#($0.0)","logprob":\#(log($0.1))}"# }.joined(separator: ",")
        return .answer(
            200,
            body: #"{"choices":[{"message":{"content":"A"},"logprobs":{"content":[{"top_logprobs":[\#(letters)]}]}}],"usage":{"prompt_tokens":\#(text.utf8.count / 4),"completion_tokens":1}}"#)
    }
}

private let articles: [(path: String, text: String)] = [
    ("daily/2026-03-01-fair.md", "The fair opens on Friday."), ("daily/2026-03-02-bridge.md", "The bridge will fall, they say."),
    ("daily/2026-03-03-rain.md", "Rain is expected."), ("daily/2026-01-01-old.md", "The bridge will fall, they say."),
    ("herald/2026-03-02-choir.md", "The choir sings."), ("herald/2026-03-03-books.md", "Books are for everybody."),
]

/// A folder with two papers, one article of which the server believes to the harm of the tax, another mildly for it.
private struct Papers {
    let command: Command
    let server: ScriptedServer

    init(panel: String? = nil) throws {
        command = try Command()
        server = try believer([("The bridge will fall", -1.5), ("Books are for everybody", 0.4)])
        for (path, text) in articles {
            let file = command.folder.appending(path: "Worlds/media/\(path)")
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let date = file.lastPathComponent.prefix(10)
            try Data("---\ndate: \(date)\ntitle: The \(file.lastPathComponent.dropFirst(11).dropLast(3))\n---\n\n\(text)\n".utf8).write(to: file)
        }
        let text = panel ?? """
            panel: Readers
            from: Personas/gss2018.survey.yaml
            size: 30
            seed: 4
            where: { party: [Democrat, Independent, Republican] }
            draw: { with replacement: false }
            backstory: { age: "I am {age} years old." }
            reads:
              by: party
              Democrat: { Worlds/media/daily: 90% }
              Republican: { Worlds/media/herald: 90% }
              articles: 2
            """
        try Data(text.utf8).write(to: command.folder.appending(path: "Personas/readers.panel.yaml"))
    }

    func run(_ arguments: [String]) throws -> Command.Outcome { try command.run(arguments + ["--quiet", "--db", command.database]) }

    func poll(_ more: [String]) throws -> Command.Outcome {
        try run(["poll", "Personas/readers.panel.yaml", "--survey", "Personas/alder-creek.survey.yaml", "--model", "m", "--server", "\(server.address)/v1"] + more)
    }
}

private func json(_ outcome: Command.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.errors)")
}

private func logistic(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }

@Suite struct DietCommandTests {
    @Test func `a planted diet: its effect, its source and the guilty article are found`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        let poll = try papers.poll(["--as-of", "2026-03-03"])
        #expect(poll.status == 0 && poll.output.contains("As of 2026-03-03 they have read"), "\(poll.errors)")
        #expect(poll.output.contains("reads most") && poll.output.contains("nothing"))
        let found = try json(try papers.run(["compare", "poll-1", "--diet", "--by", "reads", "--json"]))
        let question = try #require((found["questions"] as? [[String: Any]])?.first)
        let groups = try #require(question["groups"] as? [[String: Any]])
        #expect(groups.map { $0["group"] as? String } == [nil, "Daily", "Herald", "nothing"])
        let everybody = groups[0]
        let rows = try #require(everybody["articles"] as? [[String: Any]])
        func effect(_ row: [String: Any]) -> Double { (row["effect"] as? [Double])?[0] ?? .nan }
        // The guilty article first, then the mild one, and nothing of the others.
        #expect(rows[0]["article"] as? String == "Worlds/media/daily/2026-03-02-bridge.md")
        #expect(rows[1]["article"] as? String == "Worlds/media/herald/2026-03-03-books.md")
        #expect(abs(effect(rows[0]) - (logistic(-1.2) - logistic(0.3))) < 1e-6)
        #expect(abs(effect(rows[1]) - (logistic(0.7) - logistic(0.3))) < 1e-6)
        #expect(rows.dropFirst(2).allSatisfy { abs(effect($0)) < 1e-9 } && !rows.contains { ($0["article"] as? String)?.contains("old") == true })
        let unread = try #require(everybody["unread"] as? [Double])
        #expect(abs(unread[0] - logistic(0.3)) < 1e-6)
        let sources = try #require(everybody["sources"] as? [[String: Any]])
        #expect(sources.map { $0["source"] as? String } == ["Worlds/media/daily", "Worlds/media/herald"])
        #expect(effect(sources[0]) < 0 && effect(sources[1]) > 0)
        // Who reads nothing is moved by nothing.
        #expect(groups[3]["all"] is NSNull && groups[3]["readers"] as? Int == 0)
        let text = try papers.run(["compare", "poll-1", "--diet"])
        let words = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("Moves most: Daily 2026-03-02 The bridge, Yes -0.080 over all."), "\(text.output)")
        #expect(words.contains("2 of 5 articles have an interval without 0"))
        #expect(text.output.contains("  Daily 03-02 The bridge") && words.contains("0 model calls"))
    }

    @Test func `the same people unread answer as the poll without reading foretells`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        _ = try papers.poll(["--as-of", "2026-03-03"])
        let unread = try json(try papers.poll(["--as-of", "2026-03-03", "--without", "reading", "--json"]))
        let shares = ((unread["answers"] as? [[String: Any]])?[0]["shares"] as? [String: Any])?["none"] as? [Double]
        #expect(abs((shares?[0] ?? .nan) - logistic(0.3)) < 1e-6)
        let pair = try papers.run(["compare", "poll-1", "poll-2"])
        #expect(pair.status == 0 && pair.output.contains("TV 0."), "\(pair.errors)")
        let nothing = try papers.run(["compare", "poll-2", "--diet"])
        #expect(nothing.status == 64 && nothing.errors.contains("nobody in poll-2 had read anything"))
    }

    @Test func `who read what is shown, traced and exported`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        _ = try papers.poll(["--as-of", "2026-03-03"])
        #expect(try papers.run(["export", "poll-1", "-o", "out"]).output.contains("out/readings.csv"))
        let readings = try String(contentsOf: papers.command.folder.appending(path: "out/readings.csv"), encoding: .utf8)
        let guilty = try #require(readings.split(separator: "\n").first { $0.contains("bridge") }).split(separator: ",").map(String.init)
        #expect(guilty[2...4] == ["Worlds/media/daily", "2026-03-02", "The bridge"])
        let person = try papers.run(["show", "poll-1/\(guilty[0])"])
        #expect(person.output.contains("Read as of 2026-03-03:") && person.output.contains("  Daily 2026-03-02 The bridge"))
        let traced = try papers.run(["show", "poll-1/\(guilty[0])", "--influence"])
        #expect(traced.status == 0 && traced.output.contains("reads Daily"), "\(traced.errors)")
        let kinds = try papers.run(["compare", "poll-1", "--influence"])
        #expect(kinds.status == 0 && kinds.output.contains("reads Herald"), "\(kinds.errors)")
        // Once more asks nothing, and a dry run says so.
        #expect(try papers.poll(["--as-of", "2026-03-03"]).output.contains("  0 model calls"))
        #expect(try papers.run(["compare", "poll-1", "--diet", "--dry-run"]).output.contains("calls"))
    }

    @Test func `opinion is followed from day to day as articles appear`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        let foretold = try papers.poll(["--as-of", "2026-02-28..2026-03-04", "--every", "2 days", "--dry-run"])
        #expect(foretold.output.contains("3 days x 30 people"), "\(foretold.errors)")
        let series = try json(try papers.poll(["--as-of", "2026-02-28..2026-03-04", "--every", "2 days", "--json"]))
        let days = try #require((series["questions"] as? [[String: Any]])?[0]["days"] as? [[String: Any]])
        #expect(days.map { $0["asOf"] as? String } == ["2026-02-28", "2026-03-02", "2026-03-04"])
        #expect(days.map { $0["run"] as? String } == ["poll-1", "poll-2", "poll-3"])
        #expect(days.map { ($0["appeared"] as? [String])?.count } == [0, 3, 2])
        let yes = days.map { ($0["shares"] as? [Double])?[0] ?? .nan }
        #expect(abs(yes[0] - logistic(0.3)) < 1e-6 && yes[1] < yes[0] - 0.02)
        let report = try papers.run(["report", "poll-1", "-o", "days.html"])
        #expect(report.status == 0, "\(report.errors)")
        let page = try String(contentsOf: papers.command.folder.appending(path: "days.html"), encoding: .utf8)
        #expect(page.contains("Answers day by day") && page.contains("Daily: The bridge"))
        let text = try papers.poll(["--as-of", "2026-03-01..2026-03-02"])
        #expect(text.output.contains("Daily: The bridge") && text.output.contains("  0 model calls") == false)
    }

    @Test func `what cannot be meant is refused with what to do`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        for (arguments, says) in [
            ([], "add --as-of 2026-03-01"),
            (["--as-of", "3 March"], "'3 March' is not a day"),
            (["--as-of", "2026-03-03", "--every", "1 d"], "--every needs two days"),
            (["--as-of", "2026-03-03..2026-03-01"], "2026-03-01 is before 2026-03-03"),
            (["--as-of", "2026-03-01..2026-03-03", "--every", "5 h"], "no number of whole days"),
            (["--as-of", "2000-01-01..2026-03-03"], "ask less often"),
            (["--as-of", "2026-03-03", "--without", "reflection"], "may be asked without reading"),
        ] {
            let outcome = try papers.poll(arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
        }
        let nobody = try papers.run(["poll", "Personas/gss-adults.panel.yaml", "--model", "uniform", "--questions", "natpark", "--as-of", "2026-03-03"])
        #expect(nobody.status == 64 && nobody.errors.contains("nobody in Personas/gss-adults.panel.yaml reads anything"))
        _ = try papers.poll(["--as-of", "2026-03-03"])
        let group = try papers.run(["compare", "poll-1", "--diet", "--by", "paper"])
        #expect(group.status == 64 && group.errors.contains("people of poll-1 have no 'paper'"))
    }

    @Test func `the shipped papers are read by a panel, a persona and residents`() throws {
        let command = try Command()
        let more = ["--quiet", "--db", command.database, "--model", "scripted"]
        let survey = ["--survey", "Personas/alder-creek.survey.yaml"]
        let poll = try command.run(["poll", "Personas/alder-creek-readers.panel.yaml"] + survey + more)
        #expect(poll.status == 0 && poll.output.contains("Courier") && poll.output.contains("Ledger"), "\(poll.errors)")
        let people = try command.run(["compare", "latest", "--by", "reads"] + ["--quiet", "--db", command.database])
        #expect(people.status == 64 && people.errors.contains("baseline"), "\(people.errors)")
        let run = try command.run(["run", "Worlds/alder-creek-papers.yaml", "--until", "day 1 08:00"] + more)
        #expect(run.status == 0, "\(run.errors)")
        let rosa = try command.run(["show", "latest:run/rosa-delgado", "--quiet", "--db", command.database])
        #expect(rosa.output.contains("observation") && rosa.output.contains("Read in the Courier, "))
        let marcus = try command.run(["show", "latest:run/marcus-bell", "--quiet", "--db", command.database])
        #expect(!marcus.output.contains("Read in the"))
        let again = try command.run(["run", "--resume", "run-2", "--until", "day 1 09:00", "--quiet", "--db", command.database])
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"), .timeLimit(.minutes(10)))
    func `an embedded model reads what people share once, and is traced to the bit`() throws {
        let command = try Command()
        let more = ["--quiet", "--db", command.database]
        let panel = try String(contentsOf: command.folder.appending(path: "Personas/alder-creek-readers.panel.yaml"), encoding: .utf8)
        try Data(panel.replacingOccurrences(of: "size: 40", with: "size: 8").utf8)
            .write(to: command.folder.appending(path: "Personas/few.panel.yaml"))
        let poll = try command.run(
            ["poll", "Personas/few.panel.yaml", "--survey", "Personas/alder-creek.survey.yaml", "--json"] + more)
        let reading = try #require(try json(poll)["reading"] as? [String: Any])
        let (asked, evaluated) = (reading["asked"] as? Int ?? 0, reading["evaluated"] as? Int ?? .max)
        #expect(evaluated < asked)
        // Asked again without each article, the answer with all of them must be the recorded one.
        let diet = try command.run(["compare", "poll-1", "--diet", "--by", "reads"] + more)
        #expect(diet.status == 0 && diet.output.contains("Moves most: "), "\(diet.errors)")
        let again = try command.run(["compare", "poll-1", "--diet", "--by", "reads"] + more)
        #expect(again.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("0 model calls"))
    }

    @Test func `groups that read differently are set beside people who read alike`() throws {
        let papers = try Papers()
        defer { papers.server.stop() }
        let database = ["--quiet", "--db", papers.command.database]
        let poll = try papers.command.run(
            ["poll", "Personas/readers.panel.yaml", "--questions", "natpark,natsci", "--as-of", "2026-03-03", "--model", "scripted"] + database)
        #expect(poll.status == 0, "\(poll.errors)")
        let compared = try papers.command.run(["compare", "poll-1", "--by", "reads", "--bootstrap", "0"] + database)
        #expect(compared.status == 0 && compared.output.contains("r of shares") && compared.output.contains("Herald"), "\(compared.errors)")
        let found = try json(try papers.command.run(["compare", "poll-1", "--by", "party", "--bootstrap", "0", "--json"] + database))
        let likeness = try #require((found["groupLikeness"] as? [[String: Any]])?.first)
        #expect(likeness["pairs"] as? Int == 18 && likeness["differences"] is Double)
    }
}
