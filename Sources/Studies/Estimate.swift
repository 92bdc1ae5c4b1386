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
        let series = try PollSeries(request)
        let requests = series?.days.map { PollSeries.request(request, on: $0) } ?? [request]
        let prepared = try prepare(requests[0])
        let database = try environment.openDatabase()
        let speaker = try ModelSet.speaker(
            section: prepared.models, environment: environment, store: MemoryStore(),
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        let elicitor = Elicitor(
            setting: SurveySetting(prepared.survey.codebook), askAs: prepared.askAs,
            possible: ElicitationMethod.possible(on: speaker.identity), probing: prepared.probing)
        let choice = ModelSet.replaced(prepared.models, environment: environment).speaker
        let scene = InterviewScene(for: speaker.identity, temperature: choice.temperature)
        var estimate = try await CallEstimate(
            speaker.identity, choice, plan: ModelSet.plan(section: prepared.models, environment: environment),
            environment: environment, database: database)
        for request in requests {
            let day = requests.count == 1 ? prepared : try prepare(request)
            for persona in day.personas {
                try await estimate.add(
                    elicitor.requests(
                        persona, questions: prepared.questions, method: prepared.method, repeats: request.repeats,
                        seed: prepared.seed, scene: scene))
            }
        }
        let people = counted(prepared.personas.count, "person", "people")
        let days = series.map { "\(counted($0.days.count, "day")) x " } ?? ""
        return estimate.outcome(
            "poll", "\(days)\(people) x \(prepared.questions.count) questions", people: prepared.personas.count,
            questions: prepared.questions.count)
    }
}

extension RunStudy {
    /// Bounds on what a run would ask: what residents do decides the rest.
    public func estimate(_ source: Source, until: String? = nil) async throws -> StudyOutcome {
        let loader = StudyLoader(environment: environment)
        let loaded: LoadedWorld
        switch source {
        case .file(let path): loaded = try loader.world(path)
        case .recorded(let name):
            let database = try environment.openExisting()
            let run = try await database.run(named: name)
            loaded = try loader.world(
                recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        }
        let world = loaded.world
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
        // Prompts of 400 and 250 tokens, answers of 50; who has no prices named costs nobody knows what.
        let tokens = generated * 450 + scored * 250
        let models = ModelSet.replaced(loaded.models, environment: environment)
        var cost: Double?
        if let speaker = ModelSet.prices(of: models.speaker, environment: environment),
            let scribe = ModelSet.prices(of: models.scribe, environment: environment)
        {
            cost = speaker.cost(of: TokenUsage(input: generated * 400, output: generated * 50))
                + scribe.cost(of: TokenUsage(input: scored * 250, output: 0))
        }
        let paid = cost.map { $0 > 0 ? ", cost at most about \(money($0))" : "" } ?? ""
        return StudyOutcome(
            text: "run: \(sanitised(world.title)), \(counted(residents, "resident")), \(fixed(hours, decimals: 0)) h: at most \(generated) generated calls; about \(scored) scored and \(embedded) embedded, less what is recorded already; about \(tokens) tokens\(paid)",
            json: .object([
                .init("residents", .integer(residents)), .init("hours", .number(hours)),
                .init("generatedAtMost", .integer(generated)), .init("scoredAbout", .integer(scored)),
                .init("embeddedAbout", .integer(embedded)), .init("tokens", .integer(tokens)),
                .init("cost", cost.map { .number($0) } ?? .null),
            ]))
    }
}
