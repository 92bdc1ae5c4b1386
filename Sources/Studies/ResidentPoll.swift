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
        let baseline = try await database.baseline(survey.value, recorder: recorder, progress: environment.progress)
        let world = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        let models = try ModelSet(
            section: world.models, environment: environment, store: recorder,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        let personas = try await database.personas(run: run.id)
        var streams: [String: MemoryStream] = [:]
        for persona in personas {
            var stream = MemoryStream()
            for memory in try await database.memories(run: run.id, resident: persona.id) { stream.append(memory) }
            streams[persona.id] = stream
        }
        let time = try await database.lastCommittedTime(run: run.id) ?? world.world.clock.starts
        let elicitor = Elicitor(
            setting: SurveySetting(survey.value.codebook), possible: ElicitationMethod.possible(on: models.speaker.identity))
        let seed = environment.seed ?? run.header.seed
        let id = try await recorder.beginRun(
            RunHeader(
                kind: "poll", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: seed, source: run.id, files: try StudyLoader.runFiles(survey),
                models: models.byRole.filter { $0.role != "scribe" }.map { RunModel(role: $0.role, identity: $0.model.identity) },
                settings: ["residents of": run.id, "survey": survey.value.path]),
            personas: personas)
        let counter = Counter(total: personas.count, what: "residents", progress: environment.progress)
        let asked = try await concurrently(personas, jobs: environment.jobs) { [streams] persona in
            var answers: [ElicitedAnswer] = []
            var uses: [Use] = []
            for question in questions {
                let interview = try await Interview(
                    persona, memories: streams[persona.id] ?? MemoryStream(), question: question, time: time,
                    settings: world.world.memory, models: models, elicitor: elicitor,
                    seed: RandomStream.draw(seed: seed, "poll", time.description, survey.value.codebook.id), method: method)
                answers += interview.answers
                uses += interview.uses
            }
            await counter.advance()
            return (answers, uses)
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
            answers: answers, meter: meter)
    }
}
