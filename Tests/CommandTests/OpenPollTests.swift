import Agents
import Foundation
import LanguageModels
import Results
import Testing

@Suite struct OpenPollTests {
    private let survey = "Worlds/believability.survey.yaml"

    private func town() throws -> Command {
        let command = try Command()
        // They reflect often, so that there is something to leave out.
        let world = command.folder.appending(path: "Worlds/alder-creek.yaml")
        let text = try String(contentsOf: world, encoding: .utf8)
        try text.replacingOccurrences(of: "reflect after: 150", with: "reflect after: 40").write(to: world, atomically: true, encoding: .utf8)
        let run = try command.run(
            "run", "Worlds/alder-creek.yaml", "--model", "scripted", "--quiet", "--db", command.database)
        #expect(run.status == 0, "\(run.errors)")
        return command
    }

    private func poll(_ command: Command, _ more: [String]) throws -> Command.Outcome {
        try command.run(
            ["poll", "run-1", "--survey", survey, "--questions", "self1,memory1", "--model", "scripted", "--quiet", "--db", command.database]
                + more)
    }

    /// The memories that stood in each of a poll's prompts, as its requests hold them.
    private func prompts(_ database: ResultsDatabase, _ poll: String) async throws -> [String] {
        var found: [String] = []
        for use in try await database.uses(run: poll) where use.use.purpose == "interview" {
            let completion = try #require(try database.completion(forKey: use.use.completion))
            found.append(completion.request)
        }
        return found
    }

    @Test func `residents answer in words, from memories on record, and remember nothing of it`() async throws {
        let command = try town()
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        func memories() async throws -> [[Memory]] {
            var all: [[Memory]] = []
            for persona in try await database.personas(run: "run-1") {
                all.append(try await database.memories(run: "run-1", resident: persona.id))
            }
            return all
        }
        let before = try await memories()
        let told = try poll(command, [])
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.contains("self1 (self-knowledge): Give an introduction of yourself.\n  rosa-delgado: "))
        #expect(try await memories() == before)
        let answers = try await database.answers(run: "poll-2").map(\.answer)
        #expect(answers.count == 12 && answers.allSatisfy { $0.method == .interview && $0.text != nil && $0.options.isEmpty })
        let uses = try await database.uses(run: "poll-2").map(\.use)
        // 50 come to mind; what the prompt has no room for is the difference.
        #expect(uses.filter { $0.purpose == "embed" }.allSatisfy { $0.recalled.count == 50 })
        let shown = uses.filter { $0.purpose == "interview" }.map(\.recalled.count)
        #expect(shown.count == 12 && shown.allSatisfy { (20...50).contains($0) })
        let person = try command.run("show", "poll-2/rosa-delgado", "--db", command.database)
        #expect(person.output.contains("  self1: \"") && person.output.contains("    from memories "))
        let again = try poll(command, ["--offline"])
        #expect(again.output.contains("  0 model calls"))
        #expect(try await database.answers(run: "poll-3").map(\.answer) == answers)
    }

    @Test(arguments: [
        (["reflection"], [.reflection]), (["planning"], [.plan]), (["observation"], [.observation, .utterance]),
        (["reflection,planning", "observation"], [.reflection, .plan, .observation, .utterance]),
    ] as [([String], Set<Memory.Kind>)])
    func `an interview without a part of the mind has none of its memories in any prompt`(
        _ without: [String], _ kinds: Set<Memory.Kind>
    ) async throws {
        let command = try town()
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        #expect(try poll(command, []).status == 0)
        #expect(try poll(command, without.flatMap { ["--without", $0] }).status == 0)
        let (full, less) = (try await prompts(database, "poll-2"), try await prompts(database, "poll-3"))
        #expect(full.count == 12 && less.count == 12 && full != less)
        var kept: Set<Memory.Kind> = []
        for persona in try await database.personas(run: "run-1") {
            let memories = try await database.memories(run: "run-1", resident: persona.id)
            // A memory left out may have the words of one that is not.
            let lines = Set(memories.filter { !kinds.contains($0.kind) }.map(InterviewPrompt.line))
            for memory in memories {
                let line = "- \(InterviewPrompt.line(memory))".replacingOccurrences(of: "\"", with: "\\\"") + "\\n"
                if kinds.contains(memory.kind), !lines.contains(InterviewPrompt.line(memory)) {
                    #expect(!less.contains { $0.contains(persona.name) && $0.contains(line) }, "\(line)")
                }
                if full.contains(where: { $0.contains(line) }) { kept.insert(memory.kind) }
            }
            let recalled = try await database.uses(run: "poll-3").filter { $0.use.persona == persona.id }.flatMap(\.use.recalled)
            #expect(!recalled.isEmpty)
            #expect(recalled.allSatisfy { !kinds.contains(memories[$0.memory - 1].kind) })
        }
        // Else the test could not fail.
        #expect(!kept.isDisjoint(with: kinds))
        #expect(try await database.run("poll-3").header.settings["without"] == without.joined(separator: ",").replacingOccurrences(of: ",", with: ", "))
    }

    @Test func `polls are judged from the command line, and read again offline`() throws {
        let command = try town()
        #expect(try poll(command, []).status == 0)
        #expect(try poll(command, ["--without", "observation"]).status == 0)
        let judged = try command.run("compare", "poll-2", "poll-3", "--judge", "--quiet", "--db", command.database)
        #expect(judged.status == 0, "\(judged.errors)")
        for words in ["same verdict when swapped", "no observation", "Kruskal-Wallis", "crowdworkers", "not independent"] {
            #expect(judged.output.contains(words), "\(words)")
        }
        #expect(judged.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let again = try command.run(
            "compare", "poll-2", "poll-3", "--judge", "--offline", "--quiet", "--db", command.database)
        #expect(again.output.contains("  0 model calls"))
        #expect(
            again.output.split(separator: "\n").dropFirst(3) == judged.output.split(separator: "\n").dropFirst(3))
        let plain = try command.run("compare", "poll-2", "poll-3", "--db", command.database)
        #expect(plain.status == 64 && plain.errors.contains("--judge"))
    }

    @Test func `a world's own polls put open questions too`() async throws {
        let command = try Command()
        let file = command.folder.appending(path: "Worlds/alder-creek.yaml")
        let world = try String(contentsOf: file, encoding: .utf8)
        let asked = world.replacingOccurrences(
            of: "polls:  ", with: "polls:\n  - survey: Worlds/believability.survey.yaml\n    questions: [plan1]\n    when: [day 1 08:00]\n#")
        #expect(asked != world)
        try asked.write(to: file, atomically: true, encoding: .utf8)
        let run = try command.run(
            "run", "Worlds/alder-creek.yaml", "--until", "day 1 09:00", "--model", "scripted", "--quiet", "--db",
            command.database)
        #expect(run.status == 0, "\(run.errors)")
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        let answers = try await database.answers(run: "run-1").filter { $0.answer.question == "plan1" }
        #expect(answers.count == 6 && answers.allSatisfy { $0.answer.method == .interview && $0.time != nil })
        #expect(answers.allSatisfy { $0.answer.text != nil })
        let compared = try command.run("compare", "run-1", "--db", command.database)
        #expect(compared.status == 0 && !compared.output.contains("plan1"))
    }

    @Test(arguments: [
        (["poll", "Personas/rosa-delgado.yaml", "--survey", "Worlds/believability.survey.yaml", "--without", "planning"], "polls of a run"),
        (["poll", "Personas/rosa-delgado.yaml", "--survey", "Worlds/believability.survey.yaml", "--method", "words"], "open question"),
    ])
    func `what cannot be asked is said and nothing is asked`(_ arguments: [String], _ reason: String) throws {
        let command = try Command()
        let refused = try command.run(arguments + ["--model", "scripted", "--db", command.database])
        #expect(refused.status == 64 && refused.errors.contains(reason), "\(refused.errors)")
    }
}
