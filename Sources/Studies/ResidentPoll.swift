import Agents
import Files
import Kernel
import LanguageModels
import Results
import Surveys
import Worlds

/// Asks the residents of a recorded run, with the memories they have at its end. Nobody remembers it.
struct ResidentPoll: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase
    let recorder: Recorder

    func poll(_ run: Run, _ request: PollStudy.Request, _ study: PollStudy) async throws -> StudyOutcome {
        guard let path = request.survey else {
            throw StudyError.usage("residents are asked the questions of a survey: add --survey FILE")
        }
        let survey = try StudyLoader(environment: environment).files.loadSurvey(path)
        let questions = try PollStudy.questions(request.questions, of: survey.value.codebook)
        let method = try PollStudy.method(request.method)
        let baseline = try await database.baseline(survey.value, progress: environment.progress)
        let residents = try await RecordedResidents(run, environment: environment, database: database)
        let (world, personas, streams, time) = (residents.world, residents.personas, residents.streams, residents.time)
        let models = try ModelSet(
            section: world.models, environment: environment, store: recorder,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        let without = try Self.ablations(request.without)
        let scenes = try await scenes(run, personas, world: world, models: models)
        let setting = SurveySetting(survey.value.codebook)
        let left = without.reduce(into: Set<Memory.Kind>()) { $0.formUnion($1.memories) }
        // Everything impossible is said before anything is asked.
        for question in questions {
            _ = try ElicitationMethod.choose(
                method, for: question, possible: ElicitationMethod.possible(on: models.speaker.identity))
        }
        let seed = environment.seed ?? run.header.seed
        let id = try await recorder.beginRun(
            RunHeader(
                kind: "poll", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: seed, source: run.id, files: try StudyLoader.runFiles(survey),
                models: models.byRole.filter { $0.role != "scribe" }.map { RunModel(role: $0.role, model: $0.model) },
                settings: [
                    "residents of": run.id, "survey": survey.value.path,
                    "without": without.map(\.rawValue).joined(separator: ", "),
                ].filter { !$0.value.isEmpty }),
            personas: personas)
        let counter = Counter(total: personas.count, what: "residents", progress: environment.progress)
        let asked: [([ElicitedAnswer], [Use])]
        do {
            let width = models.speaker.width(jobs: environment.jobs, requests: questions.count)
            asked = try await concurrently(personas, jobs: width) { persona in
                let elicitor = Elicitor(
                    setting: setting,
                    possible: ElicitationMethod.possible(on: models.speaker(of: persona.id).identity))
                // All at once: they begin with the same person.
                let interviews = try await concurrently(questions, jobs: questions.count) { question in
                    try await Interview(
                        persona, memories: streams[persona.id] ?? MemoryStream(), question: question, time: time,
                        settings: world.world.memory, models: models, elicitor: elicitor,
                        seed: RandomStream.draw(seed: seed, "poll", time.description, survey.value.codebook.id), method: method,
                        scene: scenes[persona.id] ?? InterviewScene(for: models.speaker.identity), without: left)
                }
                await counter.advance()
                return (interviews.flatMap(\.answers), interviews.flatMap(\.uses))
            }
        } catch {
            try await recorder.finishRun(id, status: .stopped, tokens: 0, wallSeconds: 0)
            if isUsersMistake(error) { throw error }
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")), resume: "the same command: answers already given are not asked again")
        }
        let answers = asked.flatMap(\.0)
        let meter = await models.meter()
        try await recorder.commitStep(run: id, uses: asked.flatMap(\.1), answers: answers, survey: baseline.digest)
        try await recorder.finishRun(id, status: .done, tokens: meter.usage.total, wallSeconds: 0)
        return PollStudy.outcome(
            run: id,
            prepared: PollStudy.Prepared(
                personas: personas, questions: questions, survey: survey.value, models: world.models, files: [],
                seed: seed, method: method, askAs: .bio, settings: [:], source: run.id),
            answers: answers, meter: meter, spent: environment.budget.spent)
    }

    /// What residents are asked open questions with, by persona id, at the end of their run.
    private func scenes(
        _ run: Run, _ personas: [Persona], world: LoadedWorld, models: ModelSet
    ) async throws -> [String: InterviewScene] {
        let time = try await database.lastCommittedTime(run: run.id) ?? world.world.clock.starts
        let names = Dictionary(personas.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var scenes: [String: InterviewScene] = [:]
        for resident in try await database.residents(run: run.id) {
            let id = resident.persona.id
            scenes[id] = InterviewScene(
                for: models.speaker(of: id).identity,
                knows: resident.knows.map { "\(names[$0.persona] ?? $0.persona): \($0.what)" },
                when: world.world.clock.words(time), temperature: world.models.speaker.temperature)
        }
        return scenes
    }

    /// What `--without` names, each once, sorted.
    static func ablations(_ names: [String]) throws -> [World.Ablation] {
        let found = try names.map { name in
            guard let ablation = World.Ablation(rawValue: name) else {
                throw StudyError.usage("--without \(name) is unknown; it may be reflection, planning or observation")
            }
            return ablation
        }
        return World.Ablation.allCases.filter(found.contains)
    }
}

extension World.Ablation {
    /// The kinds of memories that an interview does without; what was known before the world began always stays.
    var memories: Set<Memory.Kind> {
        switch self {
        case .reflection: [.reflection]
        case .planning: [.plan]
        case .observation: [.observation, .utterance]
        }
    }
}
