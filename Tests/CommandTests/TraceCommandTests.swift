import Foundation
import Testing

@testable import Studies

@Suite struct TraceCommandTests {
    private func indexed(_ arguments: String...) throws -> Command {
        let command = try Command()
        let corpus = command.folder.appending(path: "news")
        try FileManager.default.createDirectory(at: corpus, withIntermediateDirectories: true)
        for (name, text) in [
            ("a.txt", "What this country spends on parks and recreation is too little, they say.\nIt is too little."),
            ("b.md", "What this country spends on parks and recreation\nis too much. What it spends on science is about right."),
            ("evil.txt", "He said \u{1B}[31mred \u{202E}words and no more"),
        ] {
            try Data(text.utf8).write(to: corpus.appending(path: name))
        }
        let built = try command.run(["trace", "index", "news", "-o", "news.trace", "--quiet"] + arguments)
        #expect(built.status == 0, "\(built.errors)")
        return command
    }

    @Test func `a corpus is indexed once and again only when it has changed`() throws {
        let command = try indexed()
        let again = try command.run("trace", "index", "news", "-o", "news.trace", "--quiet")
        #expect(again.status == 0 && again.output.contains("3 documents") && again.output.contains("up to date"))
        try Data("more".utf8).write(to: command.folder.appending(path: "news/c.txt"))
        let changed = try command.run("trace", "index", "news", "-o", "news.trace", "--quiet", "--json")
        #expect(changed.output.contains("\"built\": true") && changed.output.contains("\"documents\": 4"))
        let info = try command.run("trace", "info", "news.trace", "--check", "--quiet")
        #expect(info.status == 0 && info.output.contains("every byte is as it was built") && info.output.contains("sha256:"))
    }

    @Test func `a survey's options are counted behind its statements, beside people and a model`() throws {
        let command = try indexed("--not-trained", "scripted")
        let alone = try command.run("trace", "survey", "news.trace", "Personas/gss2018.survey.yaml", "--questions", "natpark,natsci")
        #expect(alone.status == 0, "\(alone.errors)")
        for part in [
            "natpark: \"... this country spends on parks and recreation is\" (the last 8 words", "news/a.txt (1)", "news/b.md (1)", "No model is asked",
            "association with this corpus", "A match is not yet influence", "So few questions say little",
        ] {
            #expect(alone.output.contains(part), "\(part): \(alone.output)")
        }
        let database = ["--quiet", "--db", command.database]
        let polled = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--questions", "natpark,natsci,natsoc", "--model", "scripted"] + database)
        #expect(polled.status == 0, "\(polled.errors)")
        let beside = try command.run(
            ["trace", "survey", "news.trace", "Personas/gss2018.survey.yaml", "--run", "poll-1", "--words", "1"] + database)
        #expect(beside.status == 0, "\(beside.errors)")
        #expect(beside.output.contains("scripted was not trained on news"))
        #expect(beside.output.contains("persona-free") && beside.output.contains("and people"))
        #expect(beside.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(beside.output)")
        let json = try command.run(
            ["trace", "survey", "news.trace", "Personas/gss2018.survey.yaml", "--run", "poll-1", "--json"] + database)
        #expect(json.output.contains("\"trainedOnCorpus\": \"not trained\"") && json.output.contains("\"associations\""))
    }

    @Test func `an utterance is traced to documents, its prompt and the memories that hold it`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        #expect(try command.run(["run", "Worlds/alder-creek.yaml", "--model", "scripted", "--until", "day 1 12:00"] + database).status == 0)
        // The scripted model says words of what it was given: a corpus of the very utterance holds it whole.
        let all = try command.run(["export", "run-1", "-o", "out", "--format", "jsonl", "--tables", "occurrences"] + database)
        #expect(all.status == 0, "\(all.errors)")
        let rows = try String(contentsOf: command.folder.appending(path: "out/occurrences.jsonl"), encoding: .utf8)
        let said = try #require(rows.split(separator: "\n").first { $0.contains("\"say\"") })
        let number = try #require(said.firstMatch(of: /"sequence": ?([0-9]+)/)?.1)
        let indexed = try command.run("trace", "index", "out/occurrences.jsonl", "-o", "said.trace", "--trained", "scripted", "--quiet")
        #expect(indexed.status == 0, "\(indexed.errors)")
        let traced = try command.run(["trace", "text", "said.trace", "run-1#\(number)", "--words", "2"] + database)
        #expect(traced.status == 0, "\(traced.errors)")
        #expect(traced.output.contains("occurrences.jsonl:\(number)") && traced.output.contains("scripted was trained on"))
        // The scripted model says its most relevant memory: its words stand in the prompt, and moved what was said.
        #expect(traced.output.contains("the prompt had these words: run-1/"), "\(traced.output)")
        #expect(traced.output.contains("log odds"), "\(traced.output)")
        let offline = try command.run(["trace", "text", "said.trace", "run-1#\(number)", "--words", "2", "--offline"] + database)
        #expect(offline.output == traced.output)
        let spared = try command.run(["trace", "text", "said.trace", "run-1#\(number)", "--words", "2", "--no-influence"] + database)
        #expect(spared.status == 0 && !spared.output.contains("log odds") && spared.output.contains("the prompt had these words"))
        let foretold = try command.run(["trace", "text", "said.trace", "run-1#\(number)", "--dry-run"] + database)
        #expect(foretold.status == 0 && foretold.output.contains("calls"), "\(foretold.errors)")
    }

    @Test func `a corpus of people's own answers has their shares, and correlates with them at one`() throws {
        let command = try Command()
        let (topics, fills) = (["roads", "parks", "ships"], ["too little", "about right", "too much"])
        var (data, text) = ("id,q0,q1,q2\n", "")
        for person in 0..<60 {
            // Everybody's answers differ by question and person, in shares that are not even.
            let chosen = topics.indices.map { (person % (3 + $0)) % 3 }
            data += "\(person)," + chosen.map { String($0 + 1) }.joined(separator: ",") + "\n"
            for (topic, option) in zip(topics, chosen) { text += "I say that money for \(topic) is\n\(fills[option]), and so on.\n" }
        }
        var survey = "survey: Money\ndata: Personas/money.csv\nchecksum: sha256:\(StudyLoader.digest(Array(data.utf8)))\nrespondent: id\nquestions:\n"
        for (number, topic) in topics.enumerated() {
            survey += "  q\(number):\n    ask: What of money for \(topic)?\n    say: I say that money for \(topic) is ...\n    scale: ordinal\n    options:\n"
            for (code, fill) in fills.enumerated() { survey += "      \(code + 1): { text: \(fill), fills: \(fill) }\n" }
        }
        for (file, content) in [("money.csv", data), ("money.survey.yaml", survey), ("said.txt", text)] {
            try Data(content.utf8).write(to: command.folder.appending(path: "Personas/\(file)"))
        }
        #expect(try command.run("trace", "index", "Personas/said.txt", "-o", "said.trace", "--quiet").status == 0)
        let found = try command.run("trace", "survey", "said.trace", "Personas/money.survey.yaml", "--db", command.database)
        #expect(found.status == 0, "\(found.errors)")
        let people = try #require(found.output.split(separator: "\n").first { $0.hasPrefix("people") })
        #expect(people.contains("1.00 [1.00, 1.00]"), "\(found.output)")
        #expect(found.output.contains("(all of the statement)"))
        // A different corpus has the same statements, followed by others' words.
        try Data(text.replacingOccurrences(of: "too little", with: "none of mine").utf8)
            .write(to: command.folder.appending(path: "Personas/said.txt"))
        #expect(try command.run("trace", "index", "Personas/said.txt", "-o", "said.trace", "--quiet").status == 0)
        let other = try command.run("trace", "survey", "said.trace", "Personas/money.survey.yaml", "--db", command.database)
        #expect(other.output.split(separator: "\n").first { $0.hasPrefix("people") }?.contains("1.00 [") == false, "\(other.output)")
    }

    @Test func `what a corpus says cannot move the cursor`() throws {
        let command = try indexed()
        let found = try command.run("trace", "text", "news.trace", "31mred \u{202E}words and no more", "--words", "3")
        #expect(found.status == 0 && found.output.contains("news/evil.txt") && found.output.contains("\\u{202E}"))
        #expect(!found.output.unicodeScalars.contains("\u{1B}") && !found.output.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `nonsense is refused with what to do`() throws {
        let command = try indexed()
        for (arguments, says) in [
            (["index", "nowhere"], "no such file or folder"), (["index", "Worlds/studies", "-o", "w.trace"], "no text"),
            (["index", "news", "-o", "Personas/gss2018.survey.yaml"], "there is another file"),
            (["index", "news", "--memory", "1"], "--memory"), (["index", "news", "--trained", "x", "--not-trained", "x"], "either"),
            (["info", "Personas/gss2018.survey.yaml"], "no index of a corpus"), (["info", "nothing.trace"], "no index of a corpus"),
            (["survey", "news.trace", "Personas/rosa-delgado.yaml"], "survey"),
            (["survey", "news.trace", "Personas/gss2018.survey.yaml", "--questions", "nothing"], "no question 'nothing'"),
            (["survey", "news.trace", "Personas/gss2018.survey.yaml", "--run", "poll-9"], "error"),
            (["text", "news.trace", "run-1#x"], "no number"), (["text", "news.trace", " ... "], "no word"), (["text", "news.trace", "a b", "--words", "0"], "at least 1"),
        ] {
            let outcome = try command.run(["trace"] + arguments + (arguments[0] == "info" ? [] : ["--db", command.database]))
            #expect(outcome.status == 64 && outcome.errors.contains(says), "\(arguments): \(outcome.status) \(outcome.errors)")
        }
    }

    @Test func `a build that is killed leaves the index that was there, and the next one takes over`() throws {
        let command = try indexed()
        let before = try Data(contentsOf: command.folder.appending(path: "news.trace"))
        let many = (0..<400_000).map { "word\($0 % 5000) and word\($0 % 313) are here\n" }.joined()
        try Data(many.utf8).write(to: command.folder.appending(path: "news/many.txt"))
        let arguments = ["trace", "index", "news", "-o", "news.trace", "--quiet", "--memory", "16"]
        let process = command.process(arguments)
        try process.run()
        let building = command.folder.appending(path: ".news.trace.building").path
        while process.isRunning, !FileManager.default.fileExists(atPath: building) { usleep(1000) }
        usleep(50_000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(try Data(contentsOf: command.folder.appending(path: "news.trace")) == before)
        #expect(try command.run(arguments).status == 0)
        #expect(!FileManager.default.fileExists(atPath: building))
        let info = try command.run("trace", "info", "news.trace", "--check", "--quiet", "--json")
        #expect(info.status == 0 && info.output.contains("\"documents\": 4"))
    }
}
