import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// Runs every arm of an experiment on the same subjects with the same draws.
public struct ExperimentStudy: Sendable {
    public struct Request: Sendable {
        /// An `experiment` file.
        public var file: String
        /// Replaces the file's number of subjects.
        public var sessions: Int?
        /// Names of arms; all where `nil`.
        public var arms: [String]?
        public var method: String?
        /// Whether differences that were not planned are printed too, apart.
        public var explore: Bool
        /// A recorded run whose residents decide instead of the file's subjects.
        public var residents: String?

        public init(
            file: String, sessions: Int? = nil, arms: [String]? = nil, method: String? = nil, explore: Bool = false,
            residents: String? = nil
        ) {
            self.residents = residents
            (self.file, self.sessions, self.arms, self.method, self.explore) = (file, sessions, arms, method, explore)
        }
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    struct Prepared {
        var design: ExperimentDesign
        var models: ModelSection
        var files: [RunFile]
        var settings: [String: String]
        /// What a reader should know of how people were drawn.
        var notes: [String]
    }

    /// What the experiment would ask: distinct requests known beforehand, and how many of them are recorded.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let early = request.residents == nil ? try prepare(request) : nil
        let database = try environment.openDatabase()
        let residents = try await recorded(request.residents, database)
        let prepared = try early ?? prepare(request, residents: residents)
        let speaker = try await speaker(prepared, database: database, store: MemoryStore())
        let decider = decider(prepared, speaker)
        var estimate = try await CallEstimate(
            speaker.identity, ModelSet.replaced(prepared.models, environment: environment).speaker,
            plan: ModelSet.plan(section: prepared.models, environment: environment), environment: environment,
            database: database)
        if let games = try prepared.design.games(by: decider) {
            return try await imagined(games, prepared.design, decider, estimate, database: database)
        }
        let tasks = try prepared.design.tasks(by: decider)
        try await estimate.add(tasks.map { decider.request($0.encounter, by: $0.method) })
        let again = tasks.count { $0.method == .sample && decider.repairs($0.encounter.decision) }
        let design = prepared.design
        var outcome = estimate.outcome(
            "experiment",
            "\(counted(design.cells.count, "cell")) x \(counted(design.subjects.count, "subject")), \(counted(tasks.count, "decision"))",
            people: design.subjects.count, questions: tasks.count)
        if again > 0 { outcome.text += "\n  then at most \(again) more, for numbers that cannot be read" }
        return outcome
    }

    public func run(_ request: Request) async throws -> StudyOutcome {
        // Mistakes in the file are said before there is a database.
        let early = request.residents == nil ? try prepare(request) : nil
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        let residents = try await recorded(request.residents, database)
        let prepared = try early ?? prepare(request, residents: residents)
        let speaker = try await speaker(prepared, database: database, store: recorder)
        var remembering: ResidentSubjects?
        if let residents {
            remembering = try await ResidentSubjects(
                residents, environment: environment, store: recorder, database: database)
        }
        return try await run(
            prepared, by: speaker, recorder: recorder, explore: request.explore, residents: remembering)
    }

    private func recorded(_ residents: String?, _ database: ResultsDatabase) async throws -> RecordedResidents? {
        guard let residents else { return nil }
        return try await RecordedResidents(
            database.run(named: residents), environment: environment, database: database)
    }

    func run(
        _ prepared: Prepared, by speaker: CachedModel, recorder: Recorder, explore: Bool = false,
        residents: ResidentSubjects? = nil
    ) async throws -> StudyOutcome {
        let database = recorder.database
        let decider = decider(prepared, speaker)
        // Everything impossible is said before anything is asked.
        let design = prepared.design
        let games = try design.games(by: decider)
        let tasks = games == nil ? try design.tasks(by: decider) : []
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "experiment", created: environment.now(), commandLine: environment.commandLine,
                version: populaceVersion, seed: design.experiment.seed, source: residents?.residents.run.id,
                files: prepared.files,
                models: [RunModel(role: "speaker", identity: speaker.identity)]
                    + (residents.map { [RunModel(role: "embedder", identity: $0.models.embedder.identity)] } ?? []),
                settings: prepared.settings.merging(["temperature": "\(decider.temperature)"]) { old, _ in old }),
            personas: design.subjects.compactMap(\.persona))
        try await recorder.beginExperiment(
            run: run, cells: design.cells.map(\.recorded), subjects: design.subjects.map(\.recorded))
        let clock = ContinuousClock()
        let start = clock.now
        let counter = Counter(
            total: games?.most ?? tasks.count, what: "decisions", progress: environment.progress)
        let decisions: [RecordedDecision]
        let uses: [Use]
        do {
            let table = DecisionTable(decider: decider, speaker: speaker, residents: residents, counter: counter)
            let width = speaker.width(jobs: environment.jobs, requests: 1)
            if let games {
                (decisions, uses) = try await table.play(games, design, width: width)
            } else {
                let made = try await concurrently(tasks, jobs: width) { try await table.decide($0) }
                decisions = zip(tasks, made).map { RecordedDecision(cell: $0.cell, answer: $1.answer) }
                uses = made.flatMap(\.uses)
            }
        } catch {
            try await recorder.finishRun(run, status: .stopped, tokens: 0, wallSeconds: (clock.now - start) / .seconds(1))
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")),
                resume: "the same command: what was decided already is not asked again")
        }
        let meter = await CachedModel.Meter(of: [speaker] + (residents.map { [$0.models.embedder] } ?? []))
        if !uses.isEmpty { try await recorder.commitStep(run: run, uses: uses) }
        try await recorder.commitDecisions(decisions, run: run)
        try await recorder.finishRun(
            run, status: .done, tokens: meter.usage.total, wallSeconds: (clock.now - start) / .seconds(1))
        let record = try await ExperimentRecord(
            experiment: design.experiment, cells: design.cells, subjects: design.subjects.map(\.recorded),
            decisions: database.decisions(run: run))
        let head = [
            wrapped("\(run): \(sanitised(design.experiment.title)), decided by \(sanitised(speaker.identity.name))")
        ] + meter.lines(more: environment.budget.spent.costText).map { "  \($0)" }
        var result = ExperimentResult(record, run: run, plan: prepared.settings["plan"] ?? "", explore: explore)
        result.notes += try await otherPlans(than: prepared, run: run, database: database)
        result.notes += prepared.notes
        return result.outcome(
            head: head,
            facts: [.init("model", .string(speaker.identity.name))] + meter.members + environment.budget.spent.members)
    }

    /// Earlier runs of the same file whose plan was another.
    private func otherPlans(
        than prepared: Prepared, run: String, database: ResultsDatabase
    ) async throws -> [String] {
        let others = try await database.runs().filter {
            $0.id != run && $0.header.kind == "experiment"
                && $0.header.settings["experiment"] == prepared.settings["experiment"]
                && $0.header.settings["plan"] != prepared.settings["plan"]
        }
        guard let last = others.last else { return [] }
        return [
            "The plan is not that of \(last.id): what is planned after an experiment was seen is exploratory."
        ]
    }

    private func decider(_ prepared: Prepared, _ speaker: CachedModel) -> Decider {
        Decider(
            seed: prepared.design.experiment.seed,
            temperature: ModelSet.replaced(prepared.models, environment: environment).speaker.temperature,
            identity: speaker.identity)
    }

    private func speaker(
        _ prepared: Prepared, database: ResultsDatabase, store: any CompletionStore
    ) async throws -> CachedModel {
        try ModelSet.speaker(
            section: prepared.models, environment: environment, store: store,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
    }

    /// - Parameter residents: Who decides instead of the file's subjects.
    func prepare(_ request: Request, residents: RecordedResidents? = nil) throws -> Prepared {
        let loaded = try StudyLoader(environment: environment).files.loadExperiment(request.file)
        var experiment = loaded.value
        experiment.seed = environment.seed ?? experiment.seed
        if let sessions = request.sessions {
            guard residents == nil else { throw StudyError.usage("--sessions: residents are as many as they are") }
            guard experiment.sessions != nil else {
                throw StudyError.usage("--sessions is for panels and for nobody: the file names its personas")
            }
            experiment.sessions = sessions
        }
        if let method = try PollStudy.method(request.method) { experiment.method = method }
        var notes: [String] = []
        let subjects: [ExperimentDesign.Subject]
        switch experiment.subjects {
        case _ where residents != nil: subjects = (residents?.personas ?? []).map { .init(id: $0.id, persona: $0) }
        case .nobody: subjects = (1...(experiment.sessions ?? 1)).map { .init(id: "nobody-\($0)") }
        case .personas(let personas): subjects = personas.map { .init(id: $0.id, persona: $0) }
        case .panel(let panel):
            var panel = panel
            panel.size = experiment.sessions ?? panel.size
            panel.seed = experiment.seed
            guard let survey = loaded.survey(panel.survey) else {
                throw StudyError.usage("the panel's survey \(panel.survey) was not read")
            }
            let draw = try DrawnPanel(panel, from: survey, respondents: try StudyLoader.respondents(survey, for: panel))
            subjects = draw.people.map { .init(id: $0.id, persona: $0) }
            notes = draw.notes(panel.adjustment)
        }
        let design = try ExperimentDesign(experiment, subjects: subjects, arms: request.arms)
        var settings = RunStudy.settings(environment, path: loaded.root.relative(StudyRoot.absolute(request.file)))
        settings["experiment"] = experiment.id
        settings["residents of"] = residents?.run.id
        settings["plan"] = try Self.digest(experiment.plan)
        settings["sessions"] = experiment.sessions.map(String.init)
        settings["repeats"] = String(experiment.repeats)
        settings["method"] = experiment.method?.rawValue
        settings["arms"] = request.arms?.joined(separator: ",")
        return Prepared(
            design: design, models: loaded.models, files: try StudyLoader.runFiles(loaded), settings: settings,
            notes: notes)
    }

    /// SHA-256 of a plan, in hexadecimal: equal plans, equal digests, whatever a file's comments and spaces.
    static func digest(_ plan: Experiment.Plan) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return StudyLoader.digest(try encoder.encode(plan))
    }
}
