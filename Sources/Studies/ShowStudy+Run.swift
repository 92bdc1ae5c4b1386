import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension ShowStudy {
    /// A run as a whole: how it was made, what it took and what happened.
    func run(_ run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        if run.header.kind == "experiment" { return try await experiment(run, database) }
        let occurrences = try await database.occurrences(run: run.id)
        let personas = try await database.personas(run: run.id)
        let counts = try await database.counts(run: run.id)
        let cost = try await database.cost(run: run.id)
        let took = try await RunCost(of: run, database)
        var lines = [
            "\(run.id): \(run.status.rawValue), \(run.header.created), seed \(run.header.seed)",
            "  \(sanitised(run.header.commandLine))",
        ]
        let settings = run.header.settings
        let name = Branches.name(of: run)
        if let origin = settings[Branches.Setting.origin] {
            lines.append("  branch \(name), copied from \(origin) at \(settings[Branches.Setting.moment] ?? "its beginning")")
        }
        if let source = run.header.source { lines.append("  of the residents of \(source)") }
        lines += [
            "  models: " + run.header.models.map { "\($0.role) \($0.identity.title)" }.joined(separator: ", "),
            "  \(counts.occurrences) occurrences, \(counts.memories) memories, \(counts.answers) answers, \(counts.completions) completions, \(run.tokens) tokens",
        ]
        if took.calls > 0 {
            lines.append(
                "  its calls: \(took.tokensIn) tokens read, \(took.tokensOut) written, cost \(RunCost.money(took.cost))")
        }
        if run.status == .running || run.status == .stopped, run.header.kind == "run" {
            lines.append("  not finished; go on with: populace run --resume \(run.id)")
        }
        lines.append("  people: " + personas.prefix(12).map(\.id).joined(separator: ", ") + (personas.count > 12 ? ", ..." : ""))
        for occurrence in occurrences { lines.append(Self.line(occurrence)) }
        lines.append("Next: populace show \(run.id)/\(personas.first?.id ?? "PERSON")" + (occurrences.isEmpty ? "" : ", populace show \(run.id)#1"))
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run.id)), .init("status", .string(run.status.rawValue)),
                .init("created", .string(run.header.created)), .init("command", .string(run.header.commandLine)),
                .init("seed", .string(String(run.header.seed))), .init("source", JSONValue(run.header.source)),
                .init("branch", .string(name)), .init("copiedFrom", JSONValue(settings[Branches.Setting.origin])),
                .init("copiedAt", JSONValue(settings[Branches.Setting.moment])),
                .init(
                    "models",
                    .array(
                        run.header.models.map {
                            .object([.init("role", .string($0.role)), .init("name", .string($0.identity.title))])
                        })),
                .init("memories", .integer(counts.memories)), .init("answers", .integer(counts.answers)),
                .init("tokens", .integer(run.tokens)), .init("cost", cost.json), .init("money", JSONValue(took.cost)),
                .init("people", JSONValue(personas.map(\.id))),
                .init("occurrences", .array(occurrences.map { Self.json($0, of: run) })),
            ]))
    }

    /// What happened at a moment, where everybody was, and what was asked of models for it.
    func moment(_ time: SimulationTime, of run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        let recorded = try await MeasuresStudy(environment: environment, database: database).recorded(run)
        let (from, until) = (recorded.world.clock.starts, recorded.until)
        guard (from...max(from, until)).contains(time) else {
            throw StudyError.usage("\(run.id) goes from \(run.id)@\(from) to \(run.id)@\(until); \(time) is outside")
        }
        let now = recorded.occurrences.filter { $0.time == time }
        let places = Whereabouts.all(in: recorded, at: time)
        let uses = recorded.uses.filter { $0.time == time }
        let answers = try await database.answers(run: run.id).filter { $0.time == time }
        let byHand = try await database.interventions(run: run.id).filter { $0.seconds == time.seconds }
        let cost = try await database.cost(ofCompletions: uses.map(\.completion))
        var lines = ["\(run.id), \(recorded.world.clock.words(time)) (\(time))"]
        lines += now.isEmpty ? ["Nothing happened then."] : now.map(Self.line)
        if now.isEmpty {
            let before = recorded.occurrences.last { $0.time < time }?.time
            let after = recorded.occurrences.first { $0.time > time }?.time
            lines += [("before", before), ("after", after)].compactMap { word, time in
                time.map { "  something happened \(word) at \(run.id)@\($0)" }
            }
        }
        for one in byHand { lines.append("  by hand: \(one.command) \(sanitised(one.text))") }
        lines.append("Where everybody was")
        let ids = places.keys.sorted(by: precedes)
        for id in ids { lines.append("  \(id): \(sanitised(places[id] ?? ""))  \(run.id)/\(id)") }
        if !answers.isEmpty {
            let questions = Set(answers.map(\.answer.question)).sorted(by: precedes)
            lines.append("Asked aside: \(questions.joined(separator: ", ")) (\(counted(answers.count, "answer")))")
        }
        lines.append(cost.text(uses: uses.count))
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("run", .string(run.id)), .init("time", .string(time.description)),
                .init("occurrences", .array(now.map { Self.json($0, of: run) })),
                .init(
                    "byHand",
                    .array(
                        byHand.map {
                            .object([.init("command", .string($0.command)), .init("text", .string($0.text))])
                        })),
                .init("whereabouts", .object(ids.map { .init($0, JSONValue(places[$0])) })),
                .init("answers", .integer(answers.count)), .init("uses", .integer(uses.count)), .init("cost", cost.json),
            ]))
    }

    static func line(_ occurrence: Occurrence) -> String {
        let number = String(occurrence.sequence)
        let padding = String(repeating: " ", count: max(0, 4 - number.count))
        let words = occurrence.kind == .say
            ? "\(occurrence.actor ?? "") to \(occurrence.addressee ?? "everybody"): \"\(occurrence.text)\"" : occurrence.text
        return "\(padding)\(number)  \(occurrence.time)  \(sanitised(occurrence.place)): \(sanitised(words))"
    }

    static func json(_ occurrence: Occurrence, of run: Run) -> JSONValue {
        .object([
            .init("address", .string("\(run.id)#\(occurrence.sequence)")), .init("sequence", .integer(occurrence.sequence)),
            .init("time", .string(occurrence.time.description)), .init("place", .string(occurrence.place)),
            .init("actor", JSONValue(occurrence.actor)), .init("kind", .string(occurrence.kind.rawValue)),
            .init("text", .string(occurrence.text)), .init("addressee", JSONValue(occurrence.addressee)),
            .init("completion", JSONValue(occurrence.completion)),
        ])
    }
}

extension RecordedCost {
    /// `12 uses of 9 model calls: 1200 + 80 tokens, 3.2 s of the models' time`.
    func text(uses: Int) -> String {
        "\(counted(uses, "use")) of \(counted(completions, "model call")): \(tokensIn) + \(tokensOut) tokens, \(fixed(Double(milliseconds) / 1000, decimals: 1)) s of the models' time"
    }

    var json: JSONValue {
        .object([
            .init("completions", .integer(completions)), .init("tokensIn", .integer(tokensIn)),
            .init("tokensOut", .integer(tokensOut)), .init("milliseconds", .integer(milliseconds)),
        ])
    }
}
