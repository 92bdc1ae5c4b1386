import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

/// Shows a run, a person, a moment, an occurrence, a memory, an answer or a model call: what, why, from which memories,
/// at what cost.
public struct ShowStudy: Sendable {
    let environment: StudyEnvironment
    /// Whether prompts and what models said are shown whole.
    let prompts: Bool

    public init(environment: StudyEnvironment, prompts: Bool = false) {
        self.environment = environment
        self.prompts = prompts
    }

    /// - Parameters:
    ///   - measures: Of a run, instead of what happened in it.
    ///   - probes: Of a poll, what moves its answers besides their content.
    ///   - influence: Of a person of a run, what each thing they were told or remembered does to their answers; of an
    ///     occurrence, what each memory recalled did to it.
    public func show(
        _ id: String?, measures: Bool = false, probes: Bool = false, influence: Bool = false
    ) async throws -> StudyOutcome {
        let database = try environment.openExisting()
        if influence { return try await self.influence(id, database) }
        if measures {
            let run = try await database.run(named: id ?? "latest")
            let measures = try await MeasuresStudy(environment: environment, database: database).measures(of: run)
            return StudyOutcome(text: MeasuresText.rendered(measures), json: MeasuresText.json(measures))
        }
        if probes { return try await self.probes(try await database.run(named: id ?? "latest"), database) }
        guard let id else { return try await runs(database) }
        return try await show(try Address(id), database)
    }

    /// What an address names.
    func show(_ address: Address, _ database: ResultsDatabase) async throws -> StudyOutcome {
        func run(_ name: String) async throws -> Run {
            do { return try await database.run(named: name) } catch ResultsError.unknownRun {
                let known = try await database.runs().map(\.id)
                let some = known.suffix(12).joined(separator: ", ")
                throw StudyError.usage(
                    known.isEmpty ? "the database holds no run yet"
                        : "the database holds no run '\(sanitised(name))'; it has \(known.count > 12 ? "..., " : "")\(some)")
            }
        }
        switch address {
        case .run(let name): return try await self.run(try await run(name), database)
        case .person(let name, let id): return try await person(id, of: try await run(name), database)
        case .memory(let name, let person, let sequence):
            return try await memory(sequence, of: person, in: try await run(name), database)
        case .answer(let name, let person, let question):
            return try await answer(to: question, by: person, in: try await run(name), database)
        case .occurrence(let name, let sequence): return try await occurrence(sequence, of: try await run(name), database)
        case .moment(let name, let time): return try await moment(time, of: try await run(name), database)
        case .completion(let prefix): return try await completion(prefix, database)
        }
    }

    private func runs(_ database: ResultsDatabase) async throws -> StudyOutcome {
        let runs = try await database.runs()
        var table = TerminalTable(titles: ["run", "status", "created", "command"])
        for run in runs {
            table.rows.append([.text(run.id), .text(run.status.rawValue), .text(run.header.created), .text(run.header.commandLine)])
        }
        return StudyOutcome(
            text: runs.isEmpty ? "No runs yet. Begin with 'populace run' or 'populace poll'." : table.rendered(),
            json: .array(
                runs.map {
                    .object([
                        .init("run", .string($0.id)), .init("status", .string($0.status.rawValue)),
                        .init("created", .string($0.header.created)), .init("command", .string($0.header.commandLine)),
                    ])
                }))
    }

    /// Somebody of a run.
    func persona(_ id: String, of run: Run, _ database: ResultsDatabase) async throws -> Persona {
        let personas = try await database.personas(run: run.id)
        if let found = personas.first(where: { $0.id == id }) { return found }
        let some = personas.prefix(12).map { "\(run.id)/\($0.id)" }.joined(separator: ", ")
        throw StudyError.usage(
            "\(run.id) has nobody called '\(sanitised(id))'; there are \(some)\(personas.count > 12 ? ", ..." : "")")
    }
}
