import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

extension PollStudy {
    /// What a poll would ask of the model: distinct requests, and how many of them are recorded already.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let prepared = try prepare(request)
        let database = try environment.openDatabase()
        let speaker = try ModelSet.speaker(
            section: prepared.models, environment: environment, store: MemoryStore(),
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        let elicitor = Elicitor(
            setting: SurveySetting(prepared.survey.codebook), askAs: prepared.askAs,
            possible: ElicitationMethod.possible(on: speaker.identity), probing: prepared.probing)
        var estimate = CallEstimate(
            plan: try ModelSet.plan(section: prepared.models, environment: environment))
        for persona in prepared.personas {
            try await estimate.add(
                elicitor.requests(
                    persona, questions: prepared.questions, method: prepared.method, repeats: request.repeats,
                    seed: prepared.seed),
                on: speaker.identity, database: database)
        }
        let people = prepared.personas.count == 1 ? "1 person" : "\(prepared.personas.count) people"
        return estimate.outcome(
            "poll", "\(people) x \(prepared.questions.count) questions", people: prepared.personas.count,
            questions: prepared.questions.count)
    }
}

extension RunStudy {
    /// Bounds on what a run would ask: what residents do decides the rest.
    public func estimate(_ source: Source, until: String? = nil) async throws -> StudyOutcome {
        let loader = StudyLoader(environment: environment)
        let world: World
        switch source {
        case .file(let path): world = try loader.world(path).world
        case .recorded(let name):
            let database = try environment.openExisting()
            let run = try await database.run(named: name)
            world = try loader.world(
                recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "").world
        }
        let ends = world.stop.compactMap { if case .at(let time) = $0 { time } else { nil } }
        guard let end = try until.map(Self.moment) ?? ends.min() else {
            return StudyOutcome(
                text: "run: \(sanitised(world.title)) has no end in time; add 'stop: - at: day 1 20:00' or --until",
                json: .object([.init("generated", .null)]))
        }
        let residents = world.residents.count
        let hours = max(0, (end - world.clock.starts).hours)
        let days = max(1, Int((hours / 24).rounded(.up)))
        // A plan, two conversations begun and two reflections a resident and day, at most.
        let generated = residents * days * (1 + 2 * world.conversation.turns + 2)
        let awake = Int(hours * 16 / 24 + min(hours, 16) * 8 / 24)
        var polls = 0
        for poll in world.polls { polls += poll.questions.count * poll.when.count { $0 <= end } * residents }
        let scored = residents * awake * 3 + polls * 3
        let embedded = residents * awake * 4 + polls
        let tokens = generated * 450 + scored * 250
        return StudyOutcome(
            text: "run: \(sanitised(world.title)), \(counted(residents, "resident")), \(fixed(hours, decimals: 0)) h: at most \(generated) generated calls; about \(scored) scored and \(embedded) embedded, less what is recorded already; about \(tokens) tokens",
            json: .object([
                .init("residents", .integer(residents)), .init("hours", .number(hours)),
                .init("generatedAtMost", .integer(generated)), .init("scoredAbout", .integer(scored)),
                .init("embeddedAbout", .integer(embedded)),
            ]))
    }
}
