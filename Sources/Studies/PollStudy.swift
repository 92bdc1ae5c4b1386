import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// Asks a person, a panel, or the residents of a run, the questions of a survey.
public struct PollStudy: Sendable {
    public struct Request: Sendable {
        /// A persona or panel file, or a run.
        public var whom: String
        public var survey: String?
        public var questions: [String]?
        public var method: String?
        public var repeats: Int
        public var askAs: String?
        /// `reflection`, `planning`, `observation`: memories that residents are asked without; of others, `reading`.
        public var without: [String]
        /// `as written`, `reversed`, `shuffled`: the order of a panel's backstories instead of its file's.
        public var order: String?
        /// Whether every question is asked in the codebook's other wordings too.
        public var probe: Bool
        /// The day by which people have read: `2026-03-01`; or two, `2026-03-01..2026-03-08`, for a poll on each.
        public var asOf: String?
        /// Between two of those: `2 days`.
        public var every: String?

        public init(
            whom: String, survey: String? = nil, questions: [String]? = nil, method: String? = nil, repeats: Int = 1,
            askAs: String? = nil, without: [String] = [], order: String? = nil, probe: Bool = false
        ) {
            self.without = without
            self.whom = whom
            self.survey = survey
            self.questions = questions
            self.method = method
            self.repeats = repeats
            self.askAs = askAs
            self.order = order
            self.probe = probe
        }
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// Whom to ask what, with everything read in.
    struct Prepared {
        var personas: [Persona]
        var questions: [Question]
        var survey: SurveyFile
        var models: ModelSection
        var files: [RunFile]
        var seed: UInt64
        var method: ElicitationMethod?
        var askAs: AskAs
        var settings: [String: String]
        /// What a reader should know of how people were told and drawn.
        var notes: [String] = []
        var probing = false
        /// What weighting the panel to stated shares cost.
        var weights: AdjustedWeights?
        /// What was drawn from; `nil` for a single persona.
        var panel: Panel?
        /// The run whose residents are asked.
        var source: String?
    }

    public func poll(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        if let run = try? await database.run(named: request.whom), run.header.kind == "run" {
            guard request.order == nil, !request.probe, request.asOf == nil, request.every == nil else {
                throw StudyError.usage("--order, --probe and --as-of are for polls of a panel or a persona, not of a run")
            }
            return try await ResidentPoll(environment: environment, database: database, recorder: recorder)
                .poll(run, request, self)
        }
        if let series = try PollSeries(request) { return try await poll(request, series, database, recorder) }
        let polled = try await ask(request, database, recorder)
        return Self.outcome(
            run: polled.run, prepared: polled.prepared, answers: polled.answers, meter: await polled.speaker.meter,
            spent: environment.budget.spent)
    }

    /// A poll that was asked and recorded.
    struct Polled: Sendable {
        var run: String
        var prepared: Prepared
        var answers: [ElicitedAnswer]
        var speaker: CachedModel
    }

    /// - Parameters:
    ///   - speaker: A model that is there already.
    ///   - settings: Recorded besides.
    func ask(
        _ request: Request, _ database: ResultsDatabase, _ recorder: Recorder, speaker: CachedModel? = nil,
        settings: [String: String] = [:]
    ) async throws -> Polled {
        let prepared = try prepare(request)
        let baseline = try await database.baseline(prepared.survey, progress: environment.progress)
        let identities = environment.offline ? try await database.recordedIdentities() : []
        let speaker = try speaker
            ?? ModelSet.speaker(
                section: prepared.models, environment: environment, store: recorder, recorded: identities)
        let elicitor = Elicitor(
            setting: SurveySetting(prepared.survey.codebook), askAs: prepared.askAs,
            possible: ElicitationMethod.possible(on: speaker.identity), probing: request.probe)
        // Everything impossible is said before anything is asked.
        let each = try prepared.personas.first.map {
            try elicitor.requests(
                $0, questions: prepared.questions, method: prepared.method, repeats: request.repeats, seed: prepared.seed
            ).count
        }
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "poll", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: prepared.seed, files: prepared.files,
                models: [RunModel(role: "speaker", model: speaker)],
                settings: prepared.settings.merging(settings) { $1 }),
            personas: prepared.personas)
        let scene = InterviewScene(for: speaker.identity, temperature: prepared.models.speaker.temperature)
        let before = await speaker.meter.usage.total
        let clock = ContinuousClock()
        let start = clock.now
        let counter = Counter(total: prepared.personas.count, what: "people", progress: environment.progress)
        let answers: [ElicitedAnswer]
        do {
            let width = speaker.width(jobs: environment.jobs, requests: each ?? 1)
            answers = try await concurrently(prepared.personas, jobs: width) { persona in
                let answers = try await elicitor.elicit(
                    persona, questions: prepared.questions, method: prepared.method, repeats: request.repeats,
                    seed: prepared.seed, scene: scene
                ) { try await speaker.complete($0) }
                await counter.advance()
                return answers
            }.flatMap { $0 }
        } catch {
            try await recorder.finishRun(run, status: .stopped, tokens: 0, wallSeconds: (clock.now - start) / .seconds(1))
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")), resume: "the same command: answers already given are not asked again")
        }
        let meter = await speaker.meter
        try await recorder.commitStep(run: run, answers: answers, survey: baseline.digest)
        try await recorder.finishRun(
            run, status: .done, tokens: meter.usage.total - before, wallSeconds: (clock.now - start) / .seconds(1))
        return Polled(run: run, prepared: prepared, answers: answers, speaker: speaker)
    }

    func prepare(_ request: Request) throws -> Prepared {
        if let kind = request.without.first(where: { $0 != Self.reading }) {
            throw StudyError.usage("--without \(kind) leaves out memories of residents: it is for polls of a run; a panel or a persona may be asked without reading")
        }
        let loader = StudyLoader(environment: environment)
        let files = loader.files
        switch try files.kind(of: request.whom) {
        case .panel:
            let panel = try files.loadPanel(request.whom)
            var drawn = panel.value
            drawn.seed = environment.seed ?? drawn.seed
            if let name = request.order {
                guard let order = BackstoryOrder(rawValue: name) else {
                    throw StudyError.usage("--order \(name) is unknown; it may be 'as written', reversed or shuffled")
                }
                drawn.order = order
            }
            guard let from = panel.survey(drawn.survey) else {
                throw StudyError.usage("the panel's survey \(drawn.survey) was not read")
            }
            let respondents = try StudyLoader.respondents(from, for: drawn)
            let draw = try DrawnPanel(drawn, from: from, respondents: respondents)
            let people = draw.people
            let survey = try request.survey.map { try files.loadSurvey($0) }
            var runFiles = try StudyLoader.runFiles(panel)
            if let survey { runFiles += try StudyLoader.runFiles(survey).filter { new in !runFiles.contains { $0.path == new.path } } }
            var prepared = try prepared(
                people, survey: survey?.value ?? from, models: panel.models, files: runFiles, seed: drawn.seed, request)
            // A question told in the backstory or left out of the baseline's held-out list is not asked by default.
            if request.questions == nil {
                let told = Set(drawn.backstory.map(\.variable))
                prepared.questions.removeAll { question in
                    told.contains(question.id)
                        || people.contains { $0.facts.contains { $0.tells(question.id) } }
                }
            }
            prepared.settings["order"] = drawn.order.rawValue
            prepared.notes = Self.notes(drawn, people, askAs: prepared.askAs) + draw.notes(drawn.adjustment) + prepared.notes
            prepared.weights = draw.weights
            prepared.panel = drawn
            prepared.settings["panel"] = panel.root.relative(StudyRoot.absolute(request.whom))
            return prepared
        case .persona:
            guard request.order == nil else {
                throw StudyError.usage("--order is for panels: a persona is told as it is written")
            }
            let persona = try files.loadPersona(request.whom)
            guard let path = request.survey else {
                throw StudyError.usage("a persona is asked the questions of a survey: add --survey FILE")
            }
            let survey = try files.loadSurvey(path)
            var runFiles = try StudyLoader.runFiles(persona)
            runFiles += try StudyLoader.runFiles(survey).filter { new in !runFiles.contains { $0.path == new.path } }
            return try prepared(
                [persona.value], survey: survey.value, models: persona.models, files: runFiles,
                seed: environment.seed ?? 1, request)
        case let kind:
            throw StudyError.usage("\(request.whom) is a \(kind.rawValue) file; poll takes a persona, a panel or a run")
        }
    }

    private func prepared(
        _ people: [Persona], survey: SurveyFile, models: ModelSection, files: [RunFile], seed: UInt64, _ request: Request
    ) throws -> Prepared {
        let method = try Self.method(request.method)
        guard let askAs = AskAs(rawValue: request.askAs ?? "bio") else {
            throw StudyError.usage("--ask-as \(request.askAs ?? "") is unknown; it may be qa, bio, portray or interview")
        }
        var settings = RunStudy.settings(environment, path: request.whom)
        settings["survey"] = survey.path
        settings["ask-as"] = askAs.rawValue
        settings["repeats"] = String(request.repeats)
        if request.probe { settings["probe"] = "true" }
        let given = try givenReading(people, request, seed: seed)
        settings.merge(given.settings) { $1 }
        return Prepared(
            personas: given.people, questions: try Self.questions(request.questions, of: survey.codebook), survey: survey,
            models: models, files: files, seed: seed, method: method, askAs: askAs, settings: settings,
            notes: given.notes, probing: request.probe)
    }

    static func method(_ name: String?) throws -> ElicitationMethod? {
        try name.map {
            guard let method = ElicitationMethod(rawValue: $0) else {
                throw StudyError.usage("--method \($0) is unknown; it may be letters, words, sample or interview")
            }
            return method
        }
    }

    static func questions(_ ids: [String]?, of codebook: Codebook) throws -> [Question] {
        guard let ids else { return codebook.questions }
        return try ids.map { id in
            guard let question = codebook.question(id) else {
                throw StudyError.usage(
                    "the survey \(codebook.id) has no question '\(id)'; it has \(codebook.questions.map(\.id).joined(separator: ", "))")
            }
            return question
        }
    }
}
