import Foundation
import ScriptedServers
import Testing

@Suite struct ReportCommandTests {
    @Test func `a poll's page has its associations, influence and cost`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        let poll = try command.run(
            ["poll", "Personas/gss-adults.panel.yaml", "--model", "scripted", "--questions", "natpark,natsci,abany"] + database)
        #expect(poll.status == 0, "\(poll.errors)")
        let report = try command.run(["report", "poll-1", "--by", "party", "--influence", "-o", "page.html"] + database)
        #expect(report.status == 0 && report.output == "page.html\n", "\(report.errors)")
        let page = try String(contentsOf: command.folder.appending(path: "page.html"), encoding: .utf8)
        for words in [
            "How answers hang together", "Cramer&#39;s V of each of 3 pairs of questions", "What moves the answers of poll-1",
            "What poll-1 took", "Cost: nothing.", "Methods: to reproduce poll-1", "pattern-none.csv", "influence.csv", "cost.csv",
        ] { #expect(page.contains(words), "\(words)") }
        let again = try command.run(["report", "poll-1", "--by", "party", "--influence", "-o", "again.html"] + database)
        #expect(again.status == 0)
        #expect(try String(contentsOf: command.folder.appending(path: "again.html"), encoding: .utf8) == page)
        let plain = try command.run(["report", "poll-1", "-o", "plain.html"] + database)
        #expect(plain.status == 0)
        #expect(try !String(contentsOf: command.folder.appending(path: "plain.html"), encoding: .utf8).contains("What moves"))
    }

    @Test func `the answers of people written by hand are reported without a baseline`() throws {
        let command = try Command()
        let database = ["--quiet", "--db", command.database]
        let poll = try command.run(
            ["poll", "Personas/rosa-delgado.yaml", "--survey", "Personas/gss2018.survey.yaml", "--model", "scripted", "--questions", "natpark,abany"]
                + database)
        #expect(poll.status == 0, "\(poll.errors)")
        let report = try command.run(["report", "poll-1", "-o", "page.html"] + database)
        #expect(report.status == 0, "\(report.errors)")
        let page = try String(contentsOf: command.folder.appending(path: "page.html"), encoding: .utf8)
        for words in ["Answers of poll-1", "Of 1 person. People written by hand stand for no population", "natpark by correction", "Download town-abany.csv"] {
            #expect(page.contains(words), "\(words)")
        }
        let by = try command.run(["report", "poll-1", "--by", "party", "-o", "none.html"] + database)
        #expect(by.status == 64 && by.errors.contains("--by is for answers beside people's"), "\(by.errors)")
    }

    @Test func `what a server's answers cost is told afterwards, whatever it said`() throws {
        let said = #"<script>alert(1)</script>\u001b[31m Too little"#
        let body = #"{"choices":[{"message":{"content":"\#(said)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":10}}"#
        let server = try ScriptedServer(.answer(200, body: body))
        defer { server.stop() }
        let command = try Command()
        let poll = [
            "poll", "Personas/gss-adults.panel.yaml", "--questions", "natpark", "--method", "sample", "--model", "m", "--server",
            server.address + "/v1", "--quiet", "--db", command.database,
        ]
        let outcome = try command.run(poll + ["--prices", "1,2"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let shown = try command.run("show", "poll-1", "--db", command.database)
        #expect(shown.output.contains("  its calls: 120000 tokens read, 1200 written, "), "\(shown.output)")
        #expect(shown.output.contains(", cost 0.1224\n"))
        #expect(try command.run("show", "poll-1", "--json", "--db", command.database).output.contains(#""money": 0.1224"#))
        // Where nobody says what it costs, nothing is made up.
        #expect(try command.run(poll).status == 0)
        #expect(try command.run("show", "poll-2", "--db", command.database).output.contains(", cost unknown: no prices were given\n"))
        let report = try command.run("report", "poll-1", "-o", "page.html", "--quiet", "--db", command.database)
        #expect(report.status == 0, "\(report.errors)")
        let page = try String(contentsOf: command.folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.contains("Cost: 0.1224.") && page.contains("of a million tokens: input 1.0, output 2.0"))
        #expect(!page.contains("<script") && !page.contains("\u{1B}"))
    }
}
