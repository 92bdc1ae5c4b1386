import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// Lets a world happen and records it.
public struct RunStudy: Sendable {
    public enum Source: Sendable, Hashable {
        case file(String)
        /// A run in the database, to go on with from its stored files.
        case recorded(String)
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// - Parameter watched: Who looks on and may hold the run up; changes nothing of what is recorded.
    public func run(
        _ source: Source, until: String? = nil, watched: WatchedRun? = nil
    ) async throws -> StudyOutcome {
        let end = try until.map(Self.moment)
        let database = try environment.openDatabase()
        var session = try await open(source, database: database)
        let (clock, id) = (ContinuousClock(), session.run)
        // Read before anybody watches: who is told to stop afterwards says where.
        var interventions = Interventions(try await database.interventions(run: id))
        await watched?.begin(session)
        let start = clock.now
        let last = session.loaded.world.stop.compactMap { if case .at(let time) = $0 { time } else { nil } }.min()
        let from = session.loaded.world.clock.starts
        var stopped = false
        var forerunner = Forerunner()
        do {
            var isAhead = false
            while true {
                // What was done by hand in a recorded run is done again at its moment.
                while interventions.applyDue(to: &session.simulation) != nil { isAhead = false }
                if !isAhead {
                    await forerunner.start(from: session, until: [end, interventions.next].compactMap(\.self).min())
                    isAhead = true
                }
                guard let due = session.simulation.nextTime else { break }
                if let end, due > end {
                    stopped = true
                    break
                }
                try await watched?.clearance(for: due)
                guard let record = try await session.step(jobs: environment.jobs) else { break }
                await watched?.saw(record, session)
                if let last = end ?? last {
                    environment.progress.report(
                        .advanced(
                            done: (min(record.time.seconds, last.seconds) - from.seconds) / 60,
                            total: max(1, (last.seconds - from.seconds) / 60), what: "simulated minutes (\(record.time))",
                            seconds: (clock.now - start) / .seconds(1)))
                }
            }
            await forerunner.stop()
        } catch let error as ResultsError {
            await forerunner.stop()
            if case .diverged = error {
                try? await session.recorder.finishRun(id, status: .stopped, tokens: session.simulation.tokens, wallSeconds: 0)
            }
            throw error
        } catch {
            await forerunner.stop()
            // A cancelled task writes nothing, so that another one does.
            let (recorder, tokens, seconds) = (session.recorder, session.simulation.tokens, (clock.now - start) / .seconds(1))
            try await Task {
                try await recorder.finishRun(id, status: .stopped, tokens: tokens, wallSeconds: seconds)
            }.value
            let why = Task.isCancelled ? "stopped by hand at \(session.simulation.time)" : describe(error)
            throw StudyError.stopped(
                String(why.trimmingPrefix("error: ")), resume: "populace run --resume \(id) --db \(environment.database)")
        }
        let budget = if case .tokens = session.simulation.stopped { true } else { false }
        stopped = stopped || budget
        try await session.recorder.finishRun(
            id, status: stopped ? .stopped : .done, tokens: session.simulation.tokens,
            wallSeconds: (clock.now - start) / .seconds(1))
        await watched?.end(session.simulation.stopped == nil && stopped ? "Stopped at \(session.simulation.time)." : session.simulation.ended)
        return try await summary(session, database: database, budget: budget, ahead: forerunner.tally.asked)
    }

    /// Loads a world, its models and its run; in a resumed run, everything from the database.
    func open(_ source: Source, database: ResultsDatabase, record kind: String = "run") async throws -> WorldSession {
        let recorder = Recorder(database)
        switch source {
        case .file(let path):
            let loaded = try StudyLoader(environment: environment).world(path)
            let seed = environment.seed ?? loaded.world.seed
            let models = try await models(loaded, database: database, recorder: recorder)
            let header = RunHeader(
                kind: kind, created: environment.now(), commandLine: environment.commandLine, version: populaceVersion,
                seed: seed, files: loaded.files,
                models: models.byRole.map { RunModel(role: $0.role, model: $0.model) },
                settings: Self.settings(environment, path: loaded.path))
            let id = try await recorder.beginRun(header, residents: loaded.world.residents)
            return WorldSession(
                loaded: loaded, seed: seed, models: models, recorder: recorder, run: id,
                simulation: Simulation(world: loaded.world, seed: seed))
        case .recorded(let name):
            let run = try await database.run(named: name)
            guard run.header.kind == "run" else {
                throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world")
            }
            var environment = environment
            environment.model = run.header.settings["model"] ?? environment.model
            environment.adapter = run.header.settings["adapter"].flatMap { Adapter($0) } ?? environment.adapter
            environment.servers = run.header.settings["server"].map(servers) ?? environment.servers
            let files = try await database.files(ofRun: run.id)
            let loaded = try StudyLoader(environment: environment).world(
                recorded: files, path: run.header.settings["path"] ?? "")
            let models = try await models(loaded, database: database, recorder: recorder, environment: environment)
            for (role, model) in models.byRole {
                guard let before = run.header.models.first(where: { $0.role == role })?.identity,
                    before != model.identity
                else { continue }
                throw StudyError.stopped(
                    "\(run.id) was made with another \(role) (\(before.title), \(before.library ?? "no library")) than this machine has; it can be replayed with --offline where it is complete",
                    resume: nil)
            }
            _ = try await recorder.resumeRun(run.id)
            return WorldSession(
                loaded: loaded, seed: run.header.seed, models: models, recorder: recorder, run: run.id,
                simulation: Simulation(world: loaded.world, seed: run.header.seed))
        }
    }

    private func models(
        _ loaded: LoadedWorld, database: ResultsDatabase, recorder: Recorder, environment: StudyEnvironment? = nil
    ) async throws -> ModelSet {
        let environment = environment ?? self.environment
        return try ModelSet(
            section: loaded.models, environment: environment, store: recorder,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
    }

    static func settings(_ environment: StudyEnvironment, path: String) -> [String: String] {
        var settings = ["path": path]
        settings["model"] = environment.model
        settings["adapter"] = environment.adapter?.description
        // Addresses hold no spaces.
        if !environment.servers.isEmpty { settings["server"] = environment.servers.joined(separator: " ") }
        return settings
    }

    static func moment(_ text: String) throws -> SimulationTime {
        guard let time = SimulationTime(text) else {
            throw StudyError.usage("'\(text)' is not a moment; write it as 'day 1 12:00'")
        }
        return time
    }

    /// - Parameter ahead: Answers had by looking ahead.
    private func summary(
        _ session: WorldSession, database: ResultsDatabase, budget: Bool, ahead: Int
    ) async throws -> StudyOutcome {
        let counts = try await database.counts(run: session.run)
        let meter = await session.models.meter()
        let recorded = max(0, meter.hits - ahead)
        let said = try await database.occurrences(run: session.run).filter { $0.kind == .say }.count
        let world = session.loaded.world
        let troubles = [(session.unparsed, "answers unparsed"), (session.repaired, "repaired"), (session.uncited, "insights dropped")]
            .filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
        var lines = [
            "\(session.run): \(sanitised(world.title)), \(counted(world.residents.count, "resident")), until \(session.simulation.time)"
                + (budget ? " (token budget reached)" : ""),
            "  \(counts.occurrences) occurrences, \(said) utterances, \(counts.memories) memories, \(counts.answers) answers",
        ] + meter.lines(
            tokens: session.simulation.tokens, recorded: recorded, more: environment.budget.spent.costText + troubles
        ).map { "  \($0)" } + [
            "Next: populace show \(session.run); populace compare \(session.run); populace report \(session.run)",
        ]
        if budget { lines.append("Raise 'stop: tokens' in the world file for more.") }
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(session.run)), .init("until", .string(session.simulation.time.description)),
                .init("occurrences", .integer(counts.occurrences)), .init("utterances", .integer(said)),
                .init("memories", .integer(counts.memories)), .init("answers", .integer(counts.answers)),
                .init("calls", .integer(meter.calls)), .init("recorded", .integer(recorded)),
                .init("tokens", .integer(session.simulation.tokens)),
                .init("unparsed", .integer(session.unparsed)), .init("repaired", .integer(session.repaired)),
                .init("uncited", .integer(session.uncited)),
            ] + environment.budget.spent.members + (meter.reading.map { [.init("reading", $0.json)] } ?? [])))
    }
}

/// The servers of a run's settings.
func servers(_ setting: String) -> [String] { setting.split(separator: " ").map(String.init) }
