import Agents
import Foundation
import Results
import Testing

@Suite struct ProbeCommandTests {
    private let panel = "Personas/gss-adults.panel.yaml"

    private func poll(_ command: Command, _ more: String...) throws -> Command.Outcome {
        let outcome = try command.run(
            ["poll", panel, "--questions", "natsci,abany", "--model", "scripted", "--quiet", "--db"]
                + [command.database] + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(arguments: ["letters", "words", "sample"])
    func `a probe is the same bytes for one job and eight`(_ method: String) throws {
        let outputs = try ["1", "8"].map { jobs in
            let command = try Command()
            return try poll(
                command, "--method", method, "--probe", "--order", "shuffled", "--json", "--jobs", jobs
            ).output
        }
        #expect(outputs[0] == outputs[1] && outputs[0].contains("\"probes\""))
    }

    @Test func `a probe table is printed, read again, and enters no comparison`() throws {
        let command = try Command()
        let probed = try poll(command, "--method", "letters", "--probe")
        _ = try poll(command, "--method", "letters")
        for words in [
            "over all", "Letters, whatever they stand for:", "natsci: A ",
            "No agreeing of abany: the codebook gives no opposite.",
        ] {
            #expect(probed.output.contains(words), "\(words)")
        }
        #expect(probed.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let shown = try command.run("show", "poll-1", "--probes", "--db", command.database)
        #expect(shown.status == 0 && probed.output.contains(shown.output))
        let probes = try json(try command.run("show", "poll-1", "--probes", "--json", "--db", command.database).output)
        let natsci = try #require((probes["questions"] as? [[String: Any]])?.first)
        for measure in ["orderEffect", "reversedScale", "acquiescence", "paraphraseConsistency"] {
            #expect(natsci[measure] is Double, "\(measure)")
        }
        #expect((natsci["letterPrior"] as? [Double])?.count == 3)
        // The second poll asked the questionnaire's words alone.
        let plain = try json(try command.run("show", "poll-2", "--probes", "--json", "--db", command.database).output)
        let unasked = try #require((plain["questions"] as? [[String: Any]])?.first)
        #expect(unasked["acquiescence"] is NSNull && unasked["orderEffect"] is Double)
        #expect((unasked["undefined"] as? [String: String])?["acquiescence"] == "not asked; poll with --probe")
        let compared = try ["poll-1", "poll-2"].map {
            try command.run("compare", $0, "--json", "--db", command.database).output
                .replacingOccurrences(of: $0, with: "poll")
        }
        #expect(compared[0] == compared[1] && compared[0].contains("letter-prior"))
    }

    @Test func `a dry run counts the other wordings`() throws {
        let command = try Command()
        let plain = try json(try poll(command, "--method", "letters", "--dry-run", "--json").output)
        let probed = try json(try poll(command, "--method", "letters", "--dry-run", "--probe", "--json").output)
        // natsci in 4 orders and abany in 2, then natsci in 3 more wordings of 4 orders.
        #expect(probed["calls"] as? Int == (plain["calls"] as? Int).map { $0 * 3 })
    }

    @Test func `show prints what a persona was told and every prompt of it`() async throws {
        let command = try Command()
        _ = try poll(command, "--method", "letters", "--ask-as", "qa", "--order", "reversed")
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        let persona = try #require(try await database.personas(run: "poll-1").first)
        let told = try command.run("show", "poll-1/\(persona.id)", "--db", command.database)
        #expect(told.output.contains("Told, as qa, reversed:\n  1. My political views are "))
        #expect(told.output.contains("  [ideology]\n") && told.output.contains("  [age]\n"))
        #expect(!told.output.contains("Prompts"))
        let whole = try command.run("show", "poll-1/\(persona.id)", "--prompts", "--db", command.database)
        // Three orders and the reversed scale of one question, two orders of the other.
        #expect(whole.output.contains("Prompts (6), as the model read them"))
        let age = "Question: How old are you?\nAnswer: \(persona.attributes["age"] ?? "")\n"
        #expect(whole.output.components(separatedBy: age).count == 7)
        let object = try json(
            try command.run("show", "poll-1/\(persona.id)", "--prompts", "--json", "--db", command.database).output)
        #expect((object["told"] as? [[String: String]])?.map { $0["variable"] } == persona.facts.map(\.variable))
        #expect((object["prompts"] as? [Any])?.count == 6)
    }

    @Test func `what a poll cannot show or tell is said`() throws {
        let command = try Command()
        let file = command.folder.appending(path: "Personas/gss2018.survey.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let bare = text.replacingOccurrences(
            of: "  sex: { ask: What is your sex?, values: [Female, Male] }", with: "  sex: [Female, Male]")
        #expect(bare != text)
        try bare.write(to: file, atomically: true, encoding: .utf8)
        let asked = try poll(command, "--ask-as", "qa", "--method", "sample", "--repeats", "2")
        #expect(asked.output.contains("  Asked as qa, but the survey has no 'ask:' for sex: told in general words.\n"))
        #expect(asked.output.contains("  Of 240 answers 0% refused, 0% did not know, "))
        let portrayed = try poll(command, "--ask-as", "portray", "--method", "letters")
        #expect(!portrayed.output.contains("general words"))
        #expect(portrayed.output.contains("  The labels hold "))
        for wrong in [["--order", "random"], ["--order", "shuffled", "--survey", "Personas/gss2018.survey.yaml"]] {
            let whom = wrong.count == 2 ? panel : "Personas/rosa-delgado.yaml"
            let refused = try command.run(["poll", whom, "--model", "scripted", "--db", command.database] + wrong)
            #expect(refused.status == 64 && refused.errors.contains("--order"), "\(refused.errors)")
        }
    }

    @Test func `a panel of equal strata is weighted back to its population`() async throws {
        let command = try Command()
        let file = command.folder.appending(path: panel)
        let text = try String(contentsOf: file, encoding: .utf8)
        let equal = text.replacingOccurrences(of: "  with replacement: true", with: "  by: party\n  allocation: equal")
        #expect(equal != text)
        try equal.write(to: file, atomically: true, encoding: .utf8)
        let asked = try poll(command)
        let note = "  Drawn by party, equal places; people are weighted to restore the population.\n"
        #expect(asked.output.contains(note))
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        let people = try await database.personas(run: "poll-1")
        for party in ["Democrat", "Independent", "Republican"] {
            #expect(people.count { $0.attributes["party"] == party } == 40)
        }
        #expect(Set(people.map(\.weight)).count == 3)
        #expect(abs(people.reduce(0) { $0 + $1.weight } - 120) < 1e-9)
    }
}
