import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension Repl {
    /// Opens a world file at its beginning, or a recorded run at its end, and goes on to `moment` (`day 1 12:00`).
    ///
    /// A run is replayed from its recorded completions into a run of its own: it stays as it is, whatever is done next.
    public static func open(
        _ source: RunStudy.Source, at moment: String? = nil, environment: StudyEnvironment
    ) async throws -> Repl {
        let time = try moment.map { try RunStudy.moment($0) }
        switch source {
        case .file:
            let database = try environment.openDatabase()
            let session = try await RunStudy(environment: environment).open(source, database: database)
            var repl = Repl(environment: environment, session: session)
            repl.greeting = repl.introduction
            if let time { repl.greeting += try await repl.pass(until: time).map { "\n" + $0 } ?? "" }
            return repl
        case .recorded(let name): return try await replayed(name, until: time, environment: environment)
        }
    }

    private static func replayed(
        _ name: String, until time: SimulationTime?, environment: StudyEnvironment
    ) async throws -> Repl {
        let database = try environment.openExisting()
        let recorder = Recorder(database)
        let run = try await database.run(named: name)
        guard run.header.kind == "run" else {
            throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world")
        }
        let end = try await database.lastCommittedTime(run: run.id)
        if let time, time > end ?? time {
            throw StudyError.usage("\(run.id) was recorded until \(end?.description ?? "its beginning"); open it there and 'run until \(time)'")
        }
        var online = environment
        online.model = run.header.settings["model"] ?? environment.model
        online.servers = run.header.settings["server"].map(servers) ?? environment.servers
        var offline = online
        offline.offline = true
        let path = run.header.settings["path"] ?? ""
        let loaded = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: path)
        let identities = run.header.models.map(\.identity)
        let recorded = try ModelSet(section: loaded.models, environment: offline, store: recorder, recorded: identities)
        // A machine without the models can still look around, and goes on as far as recorded completions reach.
        let live = try? ModelSet(section: loaded.models, environment: online, store: recorder, recorded: identities)
        let header = RunHeader(
            kind: "run", created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
            seed: run.header.seed, files: run.header.files,
            models: (live ?? recorded).byRole.map { RunModel(role: $0.role, identity: $0.model.identity) },
            settings: run.header.settings.merging(["replay of": run.id]) { $1 })
        let id = try await recorder.beginRun(header, residents: loaded.world.residents)
        var session = WorldSession(
            loaded: loaded, seed: run.header.seed, models: recorded, recorder: recorder, run: id,
            simulation: Simulation(world: loaded.world, seed: run.header.seed))
        var interventions = Interventions(
            try await database.interventions(run: run.id).filter { $0.seconds <= time?.seconds ?? .max })
        do {
            for _ in 0..<run.committedSteps {
                while let done = interventions.applyDue(to: &session.simulation) {
                    try await recorder.recordIntervention(done, run: id)
                }
                if let time, let due = session.simulation.nextTime, due > time { break }
                guard try await session.step(jobs: environment.jobs) != nil else { break }
            }
        } catch {
            try? await recorder.finishRun(id, status: .failed, tokens: session.simulation.tokens, wallSeconds: 0)
            throw StudyError.stopped(
                "\(run.id) cannot be replayed at \(session.simulation.time): \(describe(error).trimmingPrefix("error: "))",
                resume: nil)
        }
        while let done = interventions.applyDue(to: &session.simulation) {
            try await recorder.recordIntervention(done, run: id)
        }
        if let time { session.simulation.pass(until: time) }
        var repl = Repl(
            environment: online,
            session: WorldSession(
                loaded: loaded, seed: session.seed, models: live ?? recorded, recorder: recorder, run: id,
                simulation: session.simulation))
        repl.greeting = "\(repl.introduction)\nReplayed from \(run.id), which stays as it is."
        if live == nil { repl.greeting += " Its models are not on this machine: recorded answers only." }
        return repl
    }

    private var introduction: String {
        let world = session.simulation.world
        return "\(sanitised(world.title)): \(counted(world.residents.count, "resident")), \(world.clock.words(session.simulation.time)); recorded as \(session.run). 'help' lists what can be done."
    }
}
