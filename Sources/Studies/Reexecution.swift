import Kernel
import LanguageModels
import Results
import Worlds

/// A recorded run of a world taken through its steps again, from its recorded completions and what was done by hand.
///
/// Nothing is asked of a model: a completion that is missing is an error with its moment, never a call.
struct Reexecution: Sendable {
    enum End: Hashable, Sendable {
        /// Where the record ends.
        case whole
        /// When all that was due until then has happened, done by hand or not.
        case moment(SimulationTime)
        /// After so many steps, and before what was done by hand then.
        case steps(Int)
    }

    let run: Run
    let loaded: LoadedWorld
    /// Recorded completions only.
    let models: ModelSet
    let recorder: Recorder
    let jobs: Int
    let progress: StudyProgress

    /// Into a run of its own; the recorded one stays as it is.
    ///
    /// - Parameter header: Of the new run.
    func session(until end: End, header: RunHeader) async throws -> WorldSession {
        let id = try await recorder.beginRun(header, residents: loaded.world.residents)
        do {
            return try await taken(through: end, as: id)
        } catch {
            try? await recorder.finishRun(id, status: .failed, tokens: 0, wallSeconds: 0)
            throw error
        }
    }

    /// The recorded run itself, to be gone on with: every step is compared with what is on disk.
    func resumed() async throws -> WorldSession {
        _ = try await recorder.resumeRun(run.id)
        do {
            return try await taken(through: .whole, as: run.id)
        } catch {
            try? await recorder.finishRun(run.id, status: run.status, tokens: run.tokens, wallSeconds: run.wallSeconds)
            throw error
        }
    }

    private func taken(through end: End, as id: String) async throws -> WorldSession {
        var session = WorldSession(
            loaded: loaded, seed: run.header.seed, models: models, recorder: recorder, run: id,
            simulation: Simulation(world: loaded.world, seed: run.header.seed))
        var time: SimulationTime?
        var steps = run.committedSteps
        switch end {
        case .whole: break
        case .moment(let moment): time = moment
        case .steps(let count): steps = min(steps, count)
        }
        var byHand = Interventions(
            try await recorder.database.interventions(run: run.id).filter { $0.seconds <= time?.seconds ?? .max })
        func repeated(_ session: inout WorldSession) async throws {
            while let done = byHand.applyDue(to: &session.simulation) {
                if id != run.id { try await recorder.recordIntervention(done, run: id) }
            }
        }
        do {
            let clock = ContinuousClock()
            let start = clock.now
            for done in 0..<steps {
                try await repeated(&session)
                if let time, let due = session.simulation.nextTime, due > time { break }
                guard try await session.step(jobs: jobs) != nil else { break }
                progress.report(
                    .advanced(done: done + 1, total: steps, what: "steps replayed", seconds: (clock.now - start) / .seconds(1)))
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw StudyError.stopped(
                "\(run.id) cannot be replayed at \(session.simulation.time): \(describe(error).trimmingPrefix("error: "))",
                resume: nil)
        }
        switch end {
        case .whole: try await repeated(&session)
        case .moment(let moment):
            try await repeated(&session)
            session.simulation.pass(until: moment)
        case .steps:
            // What is undone was perhaps done by hand, and then at this moment.
            if let moment = byHand.nextDue(in: session.simulation) { session.simulation.pass(until: moment) }
        }
        return session
    }
}
