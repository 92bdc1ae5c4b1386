import Kernel
import LanguageModels
import Worlds

/// The looking ahead of a run: while it waits for one moment's answers from servers, later ones are asked for.
///
/// The embedded model answers one call at a time, so that nothing is gained by asking it early.
struct Forerunner {
    private var looking: Task<Void, Never>?

    /// Looks ahead from the present of a session on, and no longer from where it did before.
    ///
    /// - Parameter end: The last moment looked at; of a run with interventions to come, the next one's.
    mutating func start(from session: WorldSession, until end: SimulationTime?) async {
        await stop()
        guard session.asksServers else { return }
        let (simulation, minds) = (session.simulation, session.minds)
        looking = Task {
            // What fails here the run asks again itself, and says what failed.
            try? await simulation.lookAhead(minds: minds, until: end)
        }
    }

    /// Returns when nothing more is asked ahead.
    mutating func stop() async {
        looking?.cancel()
        await looking?.value
        looking = nil
    }
}

extension WorldSession {
    /// Whether somebody thinks with a model behind a server that may be asked.
    var asksServers: Bool {
        models.byRole.contains { $0.model.identity.backEnd == "openai" && !$0.model.offline }
    }
}
