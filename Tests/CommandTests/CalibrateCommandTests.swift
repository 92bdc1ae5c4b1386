import Foundation
import Testing

/// Margins, `calibrate` and `search` of the built binary on the shipped survey, with the scripted model.
@Suite struct CalibrateCommandTests {
    private func panel(_ command: Command, _ extra: String = "") throws -> String {
        let text = """
            panel: Some adults
            from: Personas/gss2018.survey.yaml
            size: 60
            seed: 3
            where: { party: [Democrat, Independent, Republican] }
            \(extra)
            backstory:
              sex: I am {sex}.
              party: In politics I am {party}.
            """
        try Data(text.utf8).write(to: command.folder.appending(path: "Personas/some.panel.yaml"))
        return "Personas/some.panel.yaml"
    }

    @Test func `a poll of a raked panel tells what the weights cost`() throws {
        let command = try Command()
        let path = try panel(command, "margins: { sex: { Female: 20, Male: 80 } }\nmargins source: Made up")
        let poll = try command.run(["poll", path, "--questions", "natroad", "--model", "scripted", "--quiet"])
        #expect(poll.status == 0)
        #expect(poll.output.contains("Raked to the margins of sex (Made up): effective size 60.0 before,"))
        _ = try panel(command, "margins: { sex: { Female: 20, Mal: 80 } }")
        let wrong = try command.run(["poll", path, "--model", "scripted", "--quiet"])
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("some.panel.yaml:6:") && wrong.errors.contains("did you mean 'Male'?"))
    }

    @Test func `calibrate chooses on one part, judges on the rest, and compare refuses what it was tuned on`() throws {
        let command = try Command()
        let path = try panel(command)
        let arguments = [
            "calibrate", path, "--by", "party", "--methods", "words", "--ask-as", "bio", "--model", "scripted", "--quiet",
            "--questions", "natroad,natsoc,natmass,natpark,natchld,natsci,natenrgy",
        ]
        let dry = try command.run(arguments + ["--dry-run"])
        #expect(dry.status == 0 && dry.output.contains("calibrate: 60 people x 7 questions x 1 way of asking:"))
        let first = try command.run(arguments)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("calibrate-1: 60 people of Some adults, asked in 3 ways"))
        #expect(first.output.contains("overall human marginal") && first.output.contains("mprovement"))
        #expect(first.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let again = try command.run(arguments)
        #expect(again.output.contains("  0 model calls,"))
        let json = try command.run(arguments + ["--json"])
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
        let poll = try command.run(["poll", path, "--method", "words", "--model", "scripted", "--quiet", "--questions", "natroad,natsoc,natmass,natpark,natchld,natsci,natenrgy"])
        #expect(poll.status == 0)
        let refused = try command.run(["compare", "poll-4", "--calibration", "calibrate-1"])
        #expect(refused.status == 64 && refused.errors.contains("calibrate-1 was tuned on the questions nat"))
        let rest = try command.run(["compare", "poll-4", "--calibration", "calibrate-1", "--held-out", "--bootstrap", "50"])
        #expect(rest.status == 0 && rest.output.contains("Calibrated by calibrate-1:"), "\(rest.errors)")
    }

    @Test func `search tells its tries, what each sentence moves, and its verdict`() throws {
        let command = try Command()
        let path = try panel(command)
        let arguments = [
            "search", path, "--for", "party=Republican", "--budget", "6", "--personas", "2", "--model", "scripted", "--quiet",
            "--questions", "natroad,natsoc,natmass,natpark",
        ]
        let dry = try command.run(arguments + ["--dry-run"])
        #expect(dry.status == 0 && dry.output.contains("at most 6 lists of 2 facts on 2 of 4 questions"))
        let search = try command.run(arguments)
        #expect(search.status == 0, "\(search.errors)")
        #expect(search.output.contains("search-1: Republican,") && search.output.contains("mprovement"))
        #expect(search.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let wrong = try command.run(["search", path, "--for", "party=Whig", "--model", "scripted"])
        #expect(wrong.status == 64 && wrong.errors.contains("it may be Democrat, Independent, Republican"))
    }
}
