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
        /// `reflection`, `planning`, `observation`: memories that residents are asked without.
        public var without: [String]

        public init(
            whom: String, survey: String? = nil, questions: [String]? = nil, method: String? = nil, repeats: Int = 1,
            askAs: String? = nil, without: [String] = []
        ) {
            self.without = without
            self.whom = whom
            self.survey = survey
            self.questions = questions
            self.method = method
            self.repeats = repeats
            self.askAs = askAs
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
        /// The run whose residents are asked.
        var source: String?
    }

    public func poll(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        if let run = try? await database.run(named: request.whom), run.header.kind == "run" {
            return try await ResidentPoll(environment: environment, database: database, recorder: recorder)
                .poll(run, request, self)
        }
        guard request.without.isEmpty else {
            throw StudyError.usage("--without leaves out memories of residents: it is for polls of a run")
        }
        let prepared = try prepare(request)
        let baseline = try await database.baseline(prepared.survey, recorder: recorder, progress: environment.progress)
        let speaker = try ModelSet.speaker(
            section: prepared.models, environment: environment, store: recorder,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
        let elicitor = Elicitor(
            setting: SurveySetting(prepared.survey.codebook), askAs: prepared.askAs,
            possible: ElicitationMethod.possible(on: speaker.identity))
        // Everything impossible is said before anything is asked.
        for persona in prepared.personas.prefix(1) {
            _ = try elicitor.requests(
                persona, questions: prepared.questions, method: prepared.method, repeats: request.repeats, seed: prepared.seed)
        }
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "poll", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: prepared.seed, files: prepared.files,
                models: [RunModel(role: "speaker", identity: speaker.identity)], settings: prepared.settings),
            personas: prepared.personas)
        let scene = InterviewScene(for: speaker.identity, temperature: prepared.models.speaker.temperature)
        let clock = ContinuousClock()
        let start = clock.now
        let counter = Counter(total: prepared.personas.count, what: "people", progress: environment.progress)
        let answers: [ElicitedAnswer]
        do {
            // The embedded model walks one persona's prompts at a time, so that each beginning is evaluated once.
            let jobs = speaker.identity.backEnd == "llama" ? 1 : environment.jobs
            answers = try await concurrently(prepared.personas, jobs: jobs) { persona in
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
            run, status: .done, tokens: meter.usage.total, wallSeconds: (clock.now - start) / .seconds(1))
        return Self.outcome(run: run, prepared: prepared, answers: answers, meter: meter)
    }

    func prepare(_ request: Request) throws -> Prepared {
        let loader = StudyLoader(environment: environment)
        let files = loader.files
        switch try files.kind(of: request.whom) {
        case .panel:
            let panel = try files.loadPanel(request.whom)
            var drawn = panel.value
            drawn.seed = environment.seed ?? drawn.seed
            guard let from = panel.survey(drawn.survey) else {
                throw StudyError.usage("the panel's survey \(drawn.survey) was not read")
            }
            let respondents = try StudyLoader.respondents(from)
            let people = try SiliconSample.draw(
                drawn, codebook: from.codebook, respondents: respondents, survey: from.codebook.id)
            let survey = try request.survey.map { try files.loadSurvey($0) }
            var runFiles = try StudyLoader.runFiles(panel)
            if let survey { runFiles += try StudyLoader.runFiles(survey).filter { new in !runFiles.contains { $0.path == new.path } } }
            var prepared = try prepared(
                people, survey: survey?.value ?? from, models: panel.models, files: runFiles, seed: drawn.seed, request)
            // A question told in the backstory or left out of the baseline's held-out list is not asked by default.
            if request.questions == nil {
                let told = Set(drawn.backstory.map(\.variable))
                prepared.questions.removeAll { told.contains($0.id) }
            }
            prepared.settings["panel"] = panel.root.relative(StudyRoot.absolute(request.whom))
            return prepared
        case .persona:
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
        _ personas: [Persona], survey: SurveyFile, models: ModelSection, files: [RunFile], seed: UInt64, _ request: Request
    ) throws -> Prepared {
        let method = try Self.method(request.method)
        guard let askAs = AskAs(rawValue: request.askAs ?? "bio") else {
            throw StudyError.usage("--ask-as \(request.askAs ?? "") is unknown; it may be qa, bio, portray or interview")
        }
        var settings = RunStudy.settings(environment, path: request.whom)
        settings["survey"] = survey.path
        settings["ask-as"] = askAs.rawValue
        settings["repeats"] = String(request.repeats)
        return Prepared(
            personas: personas, questions: try Self.questions(request.questions, of: survey.codebook), survey: survey,
            models: models, files: files, seed: seed, method: method, askAs: askAs, settings: settings)
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

    static func outcome(
        run: String, prepared: Prepared, answers: [ElicitedAnswer], meter: CachedModel.Meter
    ) -> StudyOutcome {
        let names = prepared.personas.count == 1 ? sanitised(prepared.personas[0].name) : "\(prepared.personas.count) people"
        var lines = [
            "\(run): \(names) asked \(prepared.questions.count) question\(prepared.questions.count == 1 ? "" : "s") of \(sanitised(prepared.survey.codebook.title))",
            "  \(meter.calls) model calls, \(meter.hits) from the record, \(meter.usage.total) tokens",
        ]
        var shown: [JSONValue] = []
        for question in prepared.questions {
            let given = answers.filter { $0.question == question.id }
            guard let method = given.first?.method else { continue }
            if method == .interview {
                let told = OpenAnswers(question: question, answers: given)
                lines += ["", told.text]
                shown.append(told.json)
                continue
            }
            let corrections = Correction.applicable(to: method)
            let means = corrections.map { correction in
                averageShares(given, question: question, correction: correction)
            }
            lines.append("")
            lines.append(wrapped("\(question.id): \(sanitised(question.ask))", to: 80))
            var table = TerminalTable(titles: ["", ""] + corrections.map(\.rawValue))
            for (index, option) in question.options.enumerated() {
                table.rows.append(
                    [.text(option.text), .text(Bar.text(means.last??[index], width: 20))]
                        + means.map { .percent($0?[index]) })
            }
            lines.append(table.rendered(indent: 2).trimmingSuffix("\n"))
            shown.append(
                .object([
                    .init("question", .string(question.id)), .init("method", .string(method.rawValue)),
                    .init("options", JSONValue(question.options.map(\.text))),
                    .init(
                        "shares",
                        .object(zip(corrections, means).map { .init($0.rawValue, $1.map { JSONValue($0) } ?? .null) })),
                ]))
        }
        lines.append("")
        let closed = prepared.questions.contains { $0.scale != .open }
        lines.append(
            closed ? "Bars show the last column. Next: populace compare \(run)"
                : "Next: populace show \(run)/\(prepared.personas.first?.id ?? "PERSON"); populace compare \(run) ANOTHER-POLL --judge")
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run)), .init("people", .integer(prepared.personas.count)),
                .init("calls", .integer(meter.calls)), .init("recorded", .integer(meter.hits)),
                .init("tokens", .integer(meter.usage.total)), .init("answers", .array(shown)),
            ]))
    }

    /// The mean over people of one question's corrected shares; `nil` where nobody has any.
    static func averageShares(_ answers: [ElicitedAnswer], question: Question, correction: Correction) -> [Double]? {
        let people = persons(answers, question: question, correction: correction).map(\.shares)
        guard !people.isEmpty else { return nil }
        return question.options.indices.map { index in people.reduce(0) { $0 + $1[index] } / Double(people.count) }
    }

    /// Corrected shares by person, in the order of first answers.
    static func persons(
        _ answers: [ElicitedAnswer], question: Question, correction: Correction
    ) -> [(persona: String, shares: [Double])] {
        var order: [String] = []
        var grouped: [String: [ElicitedAnswer]] = [:]
        for answer in answers where answer.question == question.id {
            if grouped[answer.persona] == nil { order.append(answer.persona) }
            grouped[answer.persona, default: []].append(answer)
        }
        return order.compactMap { persona in
            correction.shares(grouped[persona] ?? [], optionCount: question.options.count).map { (persona, $0) }
        }
    }
}

/// Counts finished things for a progress bar.
actor Counter {
    private var done = 0
    private let total: Int
    private let what: String
    private let progress: StudyProgress
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    init(total: Int, what: String, progress: StudyProgress) {
        self.total = total
        self.what = what
        self.progress = progress
    }

    func advance() {
        done += 1
        progress.report(
            .advanced(done: done, total: total, what: what, seconds: (clock.now - start) / .seconds(1)))
    }
}
