public import Agents
public import Kernel
import Results
import Worlds

extension WatchedRun {
    /// What somebody remembered at a moment, oldest first; `nil` for nobody's id.
    public func memories(of resident: String, until time: SimulationTime) async throws -> [Memory]? {
        let all: [Memory]
        switch source {
        case .unopened: return nil
        case .live(let session):
            guard let mind = session.simulation.mind(of: resident) else { return nil }
            all = mind.memories.memories
        case .recorded(let database):
            guard let opening, opening.world.residents.contains(where: { $0.persona.id == resident }) else {
                return nil
            }
            all = try await database.memories(run: opening.run, resident: resident)
        }
        return all.filter { $0.time <= time }
    }

    /// The plan somebody had made by a moment, in words; `nil` for none.
    public func plan(of resident: String, until time: SimulationTime) -> String? {
        moments.reversed().lazy.filter { $0.time <= time }.flatMap { $0.occurrences.reversed() }
            .first { $0.kind == .plan && $0.actor == resident }?.text
    }

    /// Asks a copy of somebody; nobody remembers it.
    public func ask(_ resident: String, _ question: String) async throws -> AsideAnswer {
        guard case .live(let session) = source else {
            throw StudyError.usage(
                "a recorded run cannot be asked here; 'populace repl \(opening?.run ?? "RUN")' opens it again")
        }
        guard let question = try spoken(question) else { throw StudyError.usage("there is no question") }
        return try await session.ask(resident, question)
    }
}
