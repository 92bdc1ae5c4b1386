import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// Puts a paper's study to a model and prints the paper's figures, the people's and the model's side by side.
public struct ReplicationStudy: Sendable {
    public struct Request: Sendable {
        /// A `study` file.
        public var file: String
        /// Replaces the file's number of people.
        public var people: Int?

        public init(file: String, people: Int? = nil) {
            (self.file, self.people) = (file, people)
        }
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    struct Prepared {
        var study: Replication
        var survey: SurveyFile
        var design: any ReplicationDesign
        var models: ModelSection
        var files: [RunFile]
    }

    /// What the study would ask: distinct requests known beforehand, and how many of them are recorded.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let prepared = try prepare(request)
        let database = try environment.openDatabase()
        let asking = try await asking(prepared, database: database, store: MemoryStore())
        var estimate = try await CallEstimate(
            asking.speaker.identity, ModelSet.replaced(prepared.models, environment: environment).speaker,
            environment: environment, database: database)
        try await estimate.add(prepared.design.requests(asking))
        // Each list of words is judged by three questions in two wordings and two orders.
        let judged = prepared.study.design == .words ? 12 * estimate.calls : 0
        let more = judged > 0 ? ", then at most \(judged) to judge them" : ""
        return StudyOutcome(
            text: "study: \(sanitised(prepared.study.title)): \(estimate.calls) calls, \(estimate.recorded) recorded already, \(estimate.new) to make, \(estimate.toll())\(more)",
            json: .object([
                .init("study", .string(prepared.study.id)), .init("calls", .integer(estimate.calls)),
                .init("recorded", .integer(estimate.recorded)), .init("new", .integer(estimate.new)),
                .init("judgedAtMost", .integer(judged)),
            ]))
    }

    public func run(_ request: Request) async throws -> StudyOutcome {
        let prepared = try prepare(request)
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        let asking = try await asking(prepared, database: database, store: recorder)
        // Everything impossible is said before anything is asked.
        _ = try prepared.design.requests(asking)
        let baseline = try await database.baseline(prepared.survey, progress: environment.progress)
        var settings = RunStudy.settings(environment, path: request.file)
        settings["design"] = prepared.study.design.rawValue
        settings["survey"] = prepared.survey.path
        settings["people"] = String(prepared.study.panel.size)
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "study", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: asking.seed, files: prepared.files,
                models: [RunModel(role: "speaker", model: asking.speaker)], settings: settings),
            personas: prepared.design.personas)
        let clock = ContinuousClock()
        let start = clock.now
        let found: (result: ReplicationResult, answers: [ElicitedAnswer])
        do {
            found = try await prepared.design.result(asking)
        } catch {
            try await recorder.finishRun(run, status: .stopped, tokens: 0, wallSeconds: (clock.now - start) / .seconds(1))
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")), resume: "the same command: answers already given are not asked again")
        }
        let meter = await asking.speaker.meter
        try await recorder.commitStep(run: run, answers: found.answers, survey: baseline.digest)
        try await recorder.finishRun(
            run, status: .done, tokens: meter.usage.total, wallSeconds: (clock.now - start) / .seconds(1))
        return found.result.outcome(
            of: prepared.study, run: run,
            head: [
                wrapped("\(run): \(sanitised(prepared.study.title)), answered by \(sanitised(asking.speaker.identity.title))"),
            ] + meter.lines(more: environment.budget.spent.costText).map { "  \($0)" },
            facts: [
                .init("run", .string(run)), .init("study", .string(prepared.study.id)),
                .init("model", .string(asking.speaker.identity.title)),
            ] + meter.members + environment.budget.spent.members)
    }

    private func asking(
        _ prepared: Prepared, database: ResultsDatabase, store: any CompletionStore
    ) async throws -> Fieldwork {
        let speaker = try ModelSet.speaker(
            section: prepared.models, environment: environment, store: store,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        return Fieldwork(
            speaker: speaker, setting: SurveySetting(prepared.survey.codebook), method: prepared.study.method,
            seed: prepared.study.panel.seed, jobs: environment.jobs, progress: environment.progress)
    }

    func prepare(_ request: Request) throws -> Prepared {
        let files = StudyLoader(environment: environment).files
        let loaded = try files.loadStudy(request.file)
        var study = loaded.value
        study.panel.seed = environment.seed ?? study.panel.seed
        study.panel.size = request.people ?? study.panel.size
        guard let survey = loaded.survey(study.panel.survey) else {
            throw StudyError.usage("the study's survey \(study.panel.survey) was not read")
        }
        let respondents = try StudyLoader.respondents(survey)
        guard !respondents.isEmpty else {
            throw StudyError.usage("the survey \(survey.path) has no data, so nobody's answers stand beside the model's")
        }
        let design: any ReplicationDesign =
            switch study.design {
            case .opinions: try OpinionsReplication(study, survey.codebook, respondents)
            case .vote: try VoteReplication(study, survey.codebook, respondents)
            case .pattern: try PatternReplication(study, survey.codebook, respondents)
            case .words: try WordsReplication(study, survey.codebook, respondents)
            }
        return Prepared(
            study: study, survey: survey, design: design, models: loaded.models, files: try StudyLoader.runFiles(loaded))
    }
}
