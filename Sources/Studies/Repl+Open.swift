import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension Repl {
    /// Opens a world file at its beginning, or a recorded run at its end, and goes on to `moment` (`day 1 12:00`).
    ///
    /// A run is replayed from its recorded completions into a run of its own: it stays as it is, whatever is done next.
    ///
    /// - Parameters:
    ///   - surveys: Survey files to poll with besides those the world names.
    ///   - look: How what is said is shown.
    public static func open(
        _ source: RunStudy.Source, at moment: String? = nil, surveys: [String] = [], look: Look = .plain,
        environment: StudyEnvironment
    ) async throws -> Repl {
        let time = try moment.map { try RunStudy.moment($0) }
        let extra = try surveys.map { try PolledSurvey(file: $0, environment: environment) }
        var repl: Repl
        switch source {
        case .file(let path):
            let database = try environment.openDatabase()
            let session = try await RunStudy(environment: environment).open(source, database: database)
            repl = Repl(environment: environment, session: session, root: session.run, opened: path)
            repl.greeting = repl.introduction
            repl.look = look
            if let time { repl.greeting += try await repl.pass(until: time).map { "\n" + $0 } ?? "" }
        case .recorded(let name):
            let database = try environment.openExisting()
            repl = try await replayed(name, until: time, recorder: Recorder(database), environment: environment)
            repl.look = look
        }
        repl.extraSurveys = extra
        if let time { repl.opened += " --at '\(time)'" }
        try await repl.lookUp()
        return repl
    }

    static func replayed(
        _ name: String, until time: SimulationTime?, recorder: Recorder, environment: StudyEnvironment
    ) async throws -> Repl {
        let database = recorder.database
        let run = try await database.run(named: name)
        let end = try await database.lastCommittedTime(run: run.id)
        if let time, time > end ?? time {
            throw StudyError.usage("\(run.id) was recorded until \(end?.description ?? "its beginning"); open it there and 'run until \(time)'")
        }
        let reading = try await reading(run, recorder: recorder, environment: environment)
        var header = Self.header(of: run, as: Branches.name(of: run), environment: environment)
        header.settings[Branches.Setting.moment] = (time ?? end)?.description
        if let live = reading.live {
            header.models = live.byRole.map { RunModel(role: $0.role, model: $0.model) }
        }
        var session = try await reading.again.session(until: time.map { .moment($0) } ?? .whole, header: header)
        session.models = reading.live ?? reading.again.models
        var repl = Repl(
            environment: reading.environment, session: session, root: Branches.session(of: run), opened: run.id)
        repl.greeting = "\(repl.introduction)\nReplayed from \(run.id), which stays as it is."
        if reading.live == nil { repl.greeting += " Its models are not on this machine: recorded answers only." }
        return repl
    }

    /// A recorded run ready to be taken through its steps again.
    struct Reading {
        var again: Reexecution
        /// `nil` on a machine without the models, which goes on as far as recorded completions reach.
        var live: ModelSet?
        /// With the model that the run was made with.
        var environment: StudyEnvironment
    }

    static func reading(
        _ run: Run, recorder: Recorder, environment: StudyEnvironment
    ) async throws -> Reading {
        guard run.header.kind == "run" else {
            throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world")
        }
        let database = recorder.database
        var online = environment
        online.model = run.header.settings["model"] ?? environment.model
        online.adapter = run.header.settings["adapter"].flatMap { Adapter($0) } ?? environment.adapter
        online.servers = run.header.settings["server"].map(servers) ?? environment.servers
        var offline = online
        offline.offline = true
        let loaded = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        let identities = run.header.models.map(\.identity)
        let models = try ModelSet(section: loaded.models, environment: offline, store: recorder, recorded: identities)
        let live = try? ModelSet(section: loaded.models, environment: online, store: recorder, recorded: identities)
        return Reading(
            again: Reexecution(
                run: run, loaded: loaded, models: models, recorder: recorder, jobs: environment.jobs,
                progress: environment.progress),
            live: live, environment: online)
    }

    /// The header of a copy of a run; the moment of the copy is not in it yet.
    static func header(of run: Run, as name: String, environment: StudyEnvironment) -> RunHeader {
        var header = run.header
        header.created = environment.now()
        header.commandLine = environment.commandLine
        header.version = populaceVersion
        header.settings[Branches.Setting.session] = Branches.session(of: run)
        header.settings[Branches.Setting.name] = name
        header.settings[Branches.Setting.origin] = run.id
        header.settings[Branches.Setting.moment] = nil
        return header
    }

    var introduction: String {
        let world = session.simulation.world
        return "\(sanitised(world.title)): \(counted(world.residents.count, "resident")), \(world.clock.words(session.simulation.time)); recorded as \(session.run). 'help' lists what can be done."
    }
}
