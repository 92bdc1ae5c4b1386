import Agents
import Kernel
import LanguageModels
import Synchronization
import Worlds

/// The looking ahead of a run: while it waits for one moment's answers from servers, later ones are asked for.
///
/// The embedded model answers one call at a time, so that nothing is gained by asking it early.
struct Forerunner {
    /// Answers had ahead, which no account of the run counts: the run asks for each again.
    final class Tally: Sendable {
        private let count = Mutex(0)

        var asked: Int { count.withLock(\.self) }

        func counted(_ complete: @escaping Complete) -> Complete {
            { request in
                let completion = try await complete(request)
                self.count.withLock { $0 += 1 }
                return completion
            }
        }

        func counted(_ minds: Minds) -> Minds {
            var minds = minds
            minds.speaker = counted(minds.speaker)
            minds.scribe = counted(minds.scribe)
            minds.embedder = counted(minds.embedder)
            minds.residents = minds.residents.mapValues { own in
                .init(
                    speaker: counted(own.speaker), scribe: counted(own.scribe), embedder: counted(own.embedder),
                    speech: own.speech)
            }
            return minds
        }
    }

    let tally = Tally()
    private var looking: Task<Void, Never>?

    /// Looks ahead from the present of a session on, and no longer from where it did before.
    ///
    /// - Parameter end: The last moment looked at; of a run with interventions to come, the next one's.
    mutating func start(from session: WorldSession, until end: SimulationTime?) async {
        await stop()
        guard session.asksServers else { return }
        let (simulation, minds) = (session.simulation, tally.counted(session.minds))
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
