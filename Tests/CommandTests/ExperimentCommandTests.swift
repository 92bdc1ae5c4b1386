import Foundation
import Testing

/// `experiment` of the built binary, with models that need no weights.
@Suite struct ExperimentCommandTests {
    private static let dictator = "Worlds/studies/horton/dictator-games.experiment.yaml"

    private func written(_ command: Command, _ text: String) throws -> String {
        try Data(text.utf8).write(to: command.folder.appending(path: "Worlds/x.experiment.yaml"))
        return "Worlds/x.experiment.yaml"
    }

    @Test func `an experiment is estimated, run, shown, exported and reported`() throws {
        let command = try Command()
        let arguments = ["experiment", Self.dictator, "--model", "uniform", "--quiet"]
        let dry = try command.run(arguments + ["--dry-run"])
        #expect(dry.output.contains("24 cells x 1 subject, 48 decisions: 48 calls (0 generated)"), "\(dry.errors)")
        let run = try command.run(arguments)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("experiment-1: Dictator games of Charness and Rabin, decided by uniform"))
        let words = run.output.replacingOccurrences(of: "\n", with: " ")
        #expect(words.contains("stored before the first call: 3 comparisons and 2 analyses planned"))
        #expect(words.contains("no nearer than chance"))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(run.output)")
        let shown = try command.run("show", "experiment-1")
        func body(_ text: String) -> Substring { text[(text.range(of: "Plan ")?.lowerBound ?? text.startIndex)...] }
        #expect(body(shown.output) == body(run.output))
        let offline = try command.run(arguments + ["--offline"])
        #expect(offline.status == 0 && offline.output.contains("0 model calls, 48 from the record"))
        let export = try command.run("export", "experiment-1", "-o", "out")
        #expect(export.status == 0 && export.output.contains("decisions.csv  48 rows") && export.output.contains("outcomes.csv  96 rows"), "\(export.output)\(export.errors)")
        let report = try command.run("report", "experiment-1", "-o", "page.html")
        #expect(report.status == 0, "\(report.errors)")
        let page = try String(contentsOf: command.folder.appending(path: "page.html"), encoding: .utf8)
        #expect(page.contains("Planned comparisons") && page.contains("share choice = left") && page.contains("<svg"))
        let compare = try command.run("compare", "experiment-1")
        #expect(compare.status == 64 && compare.errors.contains("populace show experiment-1"))
        let json = try command.run(arguments + ["--json"])
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    }

    @Test func `what is not planned is printed apart and called exploratory`() throws {
        let command = try Command()
        let path = try written(command, """
            experiment: Apart
            sessions: 5
            situation: You have 10. {frame}
            decision: { give: { ask: How many?, say: I give ..., integer: 0 to 3 } }
            arms: { a: { frame: x }, b: { frame: "y" }, c: { frame: z } }
            drawn: { mood: [good, bad] }
            compare: [{ measure: mean give, arm: b, against: a }]
            """.replacingOccurrences(of: "{frame}", with: "{frame} {mood}"))
        let plain = try command.run("experiment", path, "--model", "scripted", "--quiet")
        #expect(plain.status == 0 && !plain.output.contains("Exploratory"), "\(plain.errors)")
        let explored = try command.run("experiment", path, "--model", "scripted", "--quiet", "--explore")
        let parts = explored.output.components(separatedBy: "Exploratory, not planned")
        #expect(parts.count == 2 && parts[0].contains("b - a") && !parts[1].contains("b - a") && parts[1].contains("c - b"))
        let some = try command.run("experiment", path, "--model", "scripted", "--quiet", "--arms", "a,c")
        #expect(some.output.replacingOccurrences(of: "\n", with: " ").contains("1 of 1 left out: nobody decided in both."))
        let unknown = try command.run("experiment", path, "--model", "scripted", "--arms", "d")
        #expect(unknown.status == 64 && unknown.errors.contains("there is no arm 'd'; there are a, b, c"))
    }

    @Test func `nonsense is said with its place, and nothing is recorded`() throws {
        let command = try Command()
        let path = try written(command, "experiment: X\nsituation: \"{who}\"\ndecision: { d: { ask: Q, integer: 0 to 1, labels: [a] } }\n")
        let wrong = try command.run("experiment", path, "--model", "uniform")
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("x.experiment.yaml:2:12: error: no variable '{who}'"))
        #expect(wrong.errors.contains("'labels' are of options"))
        #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: "Results/populace.sqlite").path))
        let persona = try command.run("experiment", "Personas/rosa-delgado.yaml")
        #expect(persona.status == 64 && persona.errors.contains("this is a persona file where an experiment file is needed"))
        let text = try command.run("experiment", Self.dictator, "--model", "uniform", "--method", "sample")
        #expect(text.status == 64 && text.errors.contains("cannot be asked by 'sample'"))
        let template = try command.run("new", "experiment")
        #expect(try command.run("validate", written(command, template.output)).output.contains("an experiment, no mistakes"))
    }

    @Test func `names from a file are text, whatever they would do to a terminal`() throws {
        let command = try Command()
        let path = try written(command, """
            experiment: "A \u{202E}title"
            situation: S
            decision: { "give\u{202E}n": { ask: Q, say: I give ..., integer: 0 to 1 } }
            human baseline: { source: "\u{202E}x", "mean give\u{202E}n": 1 }
            """)
        let run = try command.run("experiment", path, "--model", "uniform", "--quiet")
        #expect(run.status == 0, "\(run.errors)")
        #expect(!run.output.contains("\u{202E}") && run.output.contains("mean give\\u{202E}n"), "\(run.output)")
    }

    @Test func `people drawn from a survey decide, the same ones in every arm`() throws {
        let command = try Command()
        let path = try written(command, """
            experiment: Panel
            panel: Personas/gss-adults.panel.yaml
            sessions: 6
            situation: You have 10. {frame}
            decision: { give: { ask: How many?, say: I give ..., integer: 0 to 3 } }
            arms: { a: { frame: x }, b: { frame: "y" } }
            """)
        let run = try command.run("experiment", path, "--model", "scripted", "--quiet")
        #expect(run.status == 0, "\(run.errors)")
        let export = try command.run("export", "latest", "-o", "out", "--tables", "decisions")
        #expect(export.status == 0, "\(export.errors)")
        let rows = try String(contentsOf: command.folder.appending(path: "out/decisions.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
        let people = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false)[3] }
        #expect(rows.count == 12 && Set(people).count == 6 && people[people.startIndex].hasPrefix("gss2018-"))
    }
}
