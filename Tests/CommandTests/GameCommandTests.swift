import Foundation
import Testing

/// Games by `experiment` of the built binary, with models that need no weights.
@Suite struct GameCommandTests {
    @Test func `a public goods game is played, killed, gone on with and shown, to the same bytes`() throws {
        let file = "Worlds/studies/games/public-goods.experiment.yaml"
        func decisions(_ command: Command, _ run: String) throws -> String {
            let export = try command.run("export", run, "-o", "out", "--tables", "decisions")
            #expect(export.status == 0, "\(export.errors)")
            return try String(contentsOf: command.folder.appending(path: "out/decisions.csv"), encoding: .utf8)
        }
        let (whole, broken) = (try Command(), try Command())
        let arguments = ["experiment", file, "--model", "scripted", "--sessions", "8", "--quiet"]
        let first = try whole.run(arguments + ["--jobs", "1"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("mean contribution share, round by round"))
        #expect(first.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(first.output)")
        // A budget stops it in the middle; what is recorded is not asked again.
        let stopped = try broken.run(arguments + ["--jobs", "7", "--max-tokens", "20000"])
        #expect(stopped.status == 1, "\(stopped.output)")
        let again = try broken.run(arguments + ["--jobs", "7"])
        #expect(again.status == 0 && !again.output.contains(" 0 from the record"), "\(again.errors)")
        #expect(try decisions(whole, "experiment-1") == decisions(broken, "experiment-2"))
        let shown = try whole.run("show", "experiment-1")
        func body(_ text: String) -> Substring { text[(text.range(of: "Plan ")?.lowerBound ?? text.startIndex)...] }
        #expect(body(shown.output) == body(first.output))
        let report = try whole.run("report", "experiment-1", "-o", "page.html")
        #expect(report.status == 0, "\(report.errors)")
        #expect(try String(contentsOf: whole.folder.appending(path: "page.html"), encoding: .utf8).contains("round by round"))
        let odd = try whole.run(["experiment", file, "--model", "scripted", "--sessions", "9", "--quiet"])
        #expect(odd.status == 64 && odd.errors.contains("9 players cannot be seated in groups of 4"))
    }

    @Test func `residents of a town play with what they remember, which is recorded`() throws {
        let command = try Command()
        let town = try command.run("run", "Worlds/alder-creek.yaml", "--until", "day 1 07:00", "--model", "scripted", "--quiet")
        #expect(town.status == 0, "\(town.errors)")
        let file = "Worlds/studies/games/trust.experiment.yaml"
        let played = try command.run("experiment", file, "--residents", "latest:run", "--model", "scripted", "--quiet")
        #expect(played.status == 0 && played.output.contains("6 players: errors go by those who met"), "\(played.errors)")
        let export = try command.run("export", "experiment-2", "-o", "out", "--tables", "decisions,uses")
        #expect(export.status == 0, "\(export.errors)")
        func rows(_ table: String) throws -> [Substring] {
            try String(contentsOf: command.folder.appending(path: "out/\(table).csv"), encoding: .utf8).split(separator: "\n").dropFirst().map { $0 }
        }
        let (decisions, uses) = (try rows("decisions"), try rows("uses"))
        #expect((3...6).contains(decisions.count))
        // Trustees who are sent nothing are not asked; senders always are.
        let sender = try #require(decisions.first?.split(separator: ",", omittingEmptySubsequences: false)[2])
        #expect(["rosa-delgado", "walt-brandt", "june-okafor", "carl-lindqvist", "dana-whitfield", "marcus-bell"].contains(sender))
        #expect(uses.count == decisions.count, "a memory is recalled for every decision")
        let shown = try command.run("show", "experiment-2/\(sender)")
        #expect(shown.status == 0 && shown.output.contains("earned"), "\(shown.errors)")
        let persona = try command.run("experiment", file, "--residents", "experiment-2", "--model", "scripted")
        #expect(persona.status == 64 && persona.errors.contains("not a run of a world"))
        let many = try command.run("experiment", file, "--residents", "latest:run", "--sessions", "4", "--model", "scripted")
        #expect(many.status == 64 && many.errors.contains("residents are as many as they are"))
    }
}
