import Agents
import Files
import Kernel
import Results
import Worlds

extension Repl {
    /// What differs between the branch one is on and another; without a name, the one it was copied from, or else the
    /// one that was begun last.
    func changes(_ name: String?) async throws -> String {
        let branches = try await branches()
        let others = branches.all.filter { $0.run.id != session.run }
        let here = branches.all.first { $0.run.id == session.run }
        let other: Branches.Branch
        if let name {
            guard let found = branches[name] else {
                throw StudyError.usage(
                    "no branch is called '\(name)'"
                        + (suggestion(for: name, among: branches.all.map(\.name)).map { "; did you mean '\($0)'?" }
                            ?? "; 'branch' lists them"))
            }
            guard found.run.id != session.run else { throw StudyError.usage("you are on \(name): name another") }
            other = found
        } else if let found = others.first(where: { $0.run.id == here?.origin?.run }) ?? others.last {
            other = found
        } else {
            throw StudyError.usage("there is no other branch yet: make one with 'branch NAME'")
        }
        return RunChanges(
            try await side(branch, session.run, until: session.simulation.time),
            try await side(other.name, other.run.id, until: beside[other.run.id]?.simulation.time)
        ).text
    }

    private func side(_ name: String, _ run: String, until: SimulationTime?) async throws -> RunChanges.Side {
        let world = session.loaded.world
        var memories: [String: [Memory]] = [:]
        for resident in world.residents {
            let id = resident.persona.id
            memories[id] = try await database.memories(run: run, resident: id)
        }
        var until = until
        if until == nil { until = try await database.lastCommittedTime(run: run) }
        return RunChanges.Side(
            name: name,
            run: RecordedRun(
                world: world, occurrences: try await database.occurrences(run: run), memories: memories,
                until: until ?? world.clock.starts),
            byHand: try await database.interventions(run: run))
    }
}
