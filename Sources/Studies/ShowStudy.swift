import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

/// Shows a run, a person, an occurrence or a model call: what, why, from which memories.
public struct ShowStudy: Sendable {
    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - measures: Of a run, instead of what happened in it.
    ///   - probes: Of a poll, what moves its answers besides their content.
    ///   - influence: Of a person of a run, what each thing they were told or remembered does to their answers.
    public func show(
        _ id: String?, prompts: Bool, json: Bool, measures: Bool = false, probes: Bool = false, influence: Bool = false
    ) async throws -> String {
        let database = try environment.openExisting()
        if influence {
            let parts = (id ?? "").split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw StudyError.usage("--influence is of a person's answers: write RUN/PERSON") }
            let found = try await InfluenceStudy(environment: environment, database: database).influence(
                of: try await database.run(named: parts[0]), persona: parts[1], store: Recorder(database))
            return json ? found.json.written() : found.text
        }
        if measures {
            let run = try await database.run(named: id ?? "latest")
            let measures = try await MeasuresStudy(environment: environment, database: database).measures(of: run)
            return json ? MeasuresText.json(measures).written() : MeasuresText.rendered(measures)
        }
        if probes { return try await self.probes(try await database.run(named: id ?? "latest"), database, json: json) }
        guard let id else { return try await runs(database, json: json) }
        let parts = id.split(separator: "/", maxSplits: 2).map(String.init)
        if parts.count == 3 {
            guard let sequence = Int(parts[2]) else {
                throw StudyError.usage("'\(sanitised(parts[2]))' is no number of a memory; write RUN/PERSON/NUMBER")
            }
            return try await memory(sequence, of: parts[1], in: try await database.run(named: parts[0]), database)
        }
        if parts.count == 2 {
            let run = try await database.run(named: parts[0])
            if let sequence = Int(parts[1]) { return try await occurrence(sequence, of: run, database, prompts: prompts) }
            return try await person(parts[1], of: run, database, prompts: prompts, json: json)
        }
        if id.hasPrefix("latest") || id.contains("-") {
            return try await self.run(try await database.run(named: id), database, json: json)
        }
        return try await completion(id, database, prompts: prompts)
    }

    private func runs(_ database: ResultsDatabase, json: Bool) async throws -> String {
        let runs = try await database.runs()
        if json {
            return JSONValue.array(
                runs.map {
                    .object([
                        .init("run", .string($0.id)), .init("status", .string($0.status.rawValue)),
                        .init("created", .string($0.header.created)), .init("command", .string($0.header.commandLine)),
                    ])
                }
            ).written()
        }
        guard !runs.isEmpty else { return "No runs yet. Begin with 'populace run' or 'populace poll'." }
        var table = TerminalTable(titles: ["run", "status", "created", "command"])
        for run in runs {
            table.rows.append([.text(run.id), .text(run.status.rawValue), .text(run.header.created), .text(run.header.commandLine)])
        }
        return table.rendered()
    }

    private func run(_ run: Run, _ database: ResultsDatabase, json: Bool) async throws -> String {
        let occurrences = try await database.occurrences(run: run.id)
        let personas = try await database.personas(run: run.id)
        if json {
            return JSONValue.array(
                occurrences.map {
                    .object([
                        .init("sequence", .integer($0.sequence)), .init("time", .string($0.time.description)),
                        .init("place", .string($0.place)), .init("actor", JSONValue($0.actor)),
                        .init("kind", .string($0.kind.rawValue)), .init("text", .string($0.text)),
                        .init("completion", JSONValue($0.completion)),
                    ])
                }
            ).written()
        }
        let counts = try await database.counts(run: run.id)
        var lines = [
            "\(run.id): \(run.status.rawValue), \(run.header.created), seed \(run.header.seed)",
            "  \(sanitised(run.header.commandLine))",
            "  models: " + run.header.models.map { "\($0.role) \($0.identity.name)" }.joined(separator: ", "),
            "  \(counts.occurrences) occurrences, \(counts.memories) memories, \(counts.answers) answers, \(counts.completions) completions, \(run.tokens) tokens",
        ]
        if run.status == .running || run.status == .stopped, run.header.kind == "run" {
            lines.append("  not finished; go on with: populace run --resume \(run.id)")
        }
        lines.append("  people: " + personas.prefix(12).map(\.id).joined(separator: ", ") + (personas.count > 12 ? ", ..." : ""))
        for occurrence in occurrences { lines.append(Self.line(occurrence)) }
        lines.append("Next: populace show \(run.id)/\(personas.first?.id ?? "PERSON")" + (occurrences.isEmpty ? "" : ", populace show \(run.id)/1"))
        return lines.joined(separator: "\n")
    }

    static func line(_ occurrence: Occurrence) -> String {
        let number = String(occurrence.sequence)
        let padding = String(repeating: " ", count: max(0, 4 - number.count))
        let words = occurrence.kind == .say
            ? "\(occurrence.actor ?? "") to \(occurrence.addressee ?? "everybody"): \"\(occurrence.text)\"" : occurrence.text
        return "\(padding)\(number)  \(occurrence.time)  \(sanitised(occurrence.place)): \(sanitised(words))"
    }

    private func occurrence(_ sequence: Int, of run: Run, _ database: ResultsDatabase, prompts: Bool) async throws -> String {
        let all = try await database.occurrences(run: run.id)
        guard let occurrence = all.first(where: { $0.sequence == sequence }) else {
            throw StudyError.usage("\(run.id) has no occurrence \(sequence); it has \(all.count)")
        }
        var lines = [Self.line(occurrence)]
        if let key = occurrence.completion {
            lines.append("  from completion \(key.prefix(12)) (populace show \(key.prefix(12)))")
            let uses = try await database.uses(run: run.id).filter { $0.use.completion == key && $0.use.time == occurrence.time }
            if let actor = occurrence.actor, let use = uses.first(where: { !$0.use.recalled.isEmpty }) {
                let memories = try await database.memories(run: run.id, resident: actor)
                lines.append("  for which they recalled (rank, recency, importance, relevance):")
                for recall in use.use.recalled {
                    guard let memory = memories.first(where: { $0.sequence == recall.memory }) else { continue }
                    lines.append(
                        "  \(recall.rank). \(fixed(recall.recency, decimals: 2)) \(fixed(recall.importance, decimals: 2)) \(fixed(recall.relevance, decimals: 2))  \(sanitised(memory.text))")
                }
            }
        } else {
            lines.append("  no model was asked for it")
        }
        return lines.joined(separator: "\n")
    }

    private func completion(_ prefix: String, _ database: ResultsDatabase, prompts: Bool) async throws -> String {
        let matches = try await database.completions(keyPrefix: prefix)
        guard let completion = matches.first else {
            throw StudyError.usage("nothing is called '\(sanitised(prefix))': name a run, RUN/PERSON, RUN/PERSON/MEMORY, RUN/NUMBER or the beginning of a completion's key")
        }
        guard matches.count == 1 else { throw StudyError.usage("\(matches.count) or more completions begin with '\(prefix)'; give more of the key") }
        var lines = [
            "completion \(completion.key)",
            "  \(completion.kind) by \(completion.model), \(completion.usage.input) + \(completion.usage.output) tokens, \(completion.milliseconds) ms",
        ]
        if prompts {
            lines.append("  request  \(sanitised(completion.request))")
            lines.append("  response \(sanitised(String(describing: completion.response)))")
        } else {
            lines.append("  --show-prompts prints the request and the response")
        }
        return lines.joined(separator: "\n")
    }
}
