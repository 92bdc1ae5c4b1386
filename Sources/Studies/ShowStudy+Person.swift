import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension ShowStudy {
    /// Who a person of a run is: what they were told, remember and answered, and with `prompts` what the model read.
    func person(
        _ id: String, of run: Run, _ database: ResultsDatabase
    ) async throws -> StudyOutcome {
        if run.header.kind == "experiment" { return try await decisions(by: id, in: run, database) }
        let persona = try await persona(id, of: run, database)
        let sent = prompts ? try await sentPrompts(to: persona, of: run, database) : []
        var lines = ["\(persona.id): \(sanitised(persona.name))" + (persona.age.map { ", \($0)" } ?? "")]
        if let work = persona.work { lines.append("  \(sanitised(work))") }
        lines += Self.told(persona, run)
        for belief in persona.believes { lines.append("  believes: \(sanitised(belief))") }
        let memories = try await database.memories(run: run.id, resident: persona.id)
        if !memories.isEmpty { lines.append("Memories (\(memories.count)), oldest first: number, time, kind, importance") }
        for memory in memories {
            let rests = memory.evidence.isEmpty ? "" : "  <- " + memory.evidence.map(String.init).joined(separator: ", ")
            lines.append(
                "  \(memory.sequence). \(memory.time) \(memory.kind.rawValue) \(fixed(memory.importance, decimals: 1))  \(sanitised(memory.text))\(rests)")
        }
        let answers = try await database.answers(run: run.id).filter { $0.answer.persona == persona.id }
        if !answers.isEmpty { lines.append("Answers, uncorrected") }
        let uses = try await database.uses(run: run.id).map(\.use).filter { $0.persona == persona.id }
        for recorded in answers {
            let answer = recorded.answer
            let when = recorded.time.map { "\($0) " } ?? ""
            let logs = answer.options.map { fixed($0.logLikelihood, decimals: 2) }.joined(separator: " ")
            if answer.method == .interview {
                lines.append("  \(when)\(answer.question): " + (answer.text.map { "\"\(sanitised($0))\"" } ?? "no answer"))
                let recalled = uses.last {
                    $0.persona == answer.persona && $0.completion == answer.completions.first
                        && (recorded.time == nil || $0.time == recorded.time)
                }?.recalled ?? []
                if !recalled.isEmpty {
                    lines.append("    from memories \(recalled.map { "\($0.memory)" }.joined(separator: ", ")), best first, of \(run.header.source ?? run.id)/\(answer.persona)")
                }
                continue
            }
            let words = answer.text.map { "\"\(sanitised($0))\"" } ?? "log-likelihoods \(logs)"
            lines.append("  \(when)\(answer.question) (\(answer.method.rawValue), order \(answer.orderIndex)): \(words)")
        }
        let keys = uses.map(\.completion) + answers.flatMap(\.answer.completions)
        let cost = try await database.cost(ofCompletions: keys)
        lines.append(cost.text(uses: max(uses.count, cost.completions)))
        if prompts { lines += Self.lines(sent) }
        let json = Self.json(persona, run, memories: memories, answers: answers, cost: cost, sent: prompts ? sent : nil)
        return StudyOutcome(text: lines.joined(separator: "\n"), json: json)
    }

    /// The sentences in the order they were told, with the variables they came from.
    private static func told(_ persona: Persona, _ run: Run) -> [String] {
        guard !persona.facts.isEmpty else { return [] }
        let shape = run.header.settings["ask-as"].map { ", as \($0)" } ?? ""
        let order = run.header.settings["order"].map { ", \($0)" } ?? ""
        var lines = ["Told\(shape)\(order):"]
        for (place, fact) in persona.facts.enumerated() {
            lines.append("  \(place + 1). \(sanitised(fact.sentence))  [\(sanitised(fact.variable))]")
        }
        if persona.weight != 1 {
            lines.append("Counts for \(fixed(persona.weight, decimals: 3)) of the panel's mean person")
        }
        return lines
    }

    private static func json(
        _ persona: Persona, _ run: Run, memories: [Memory], answers: [RecordedAnswer], cost: RecordedCost,
        sent: [SentPrompt]?
    ) -> JSONValue {
        .object(
            [
                .init("run", .string(run.id)), .init("person", .string(persona.id)),
                .init("name", .string(persona.name)),
                .init("respondent", JSONValue(persona.respondent)), .init("weight", .number(persona.weight)),
                .init("askAs", JSONValue(run.header.settings["ask-as"])),
                .init("order", JSONValue(run.header.settings["order"])),
                .init(
                    "told",
                    .array(
                        persona.facts.map {
                            .object([.init("variable", .string($0.variable)), .init("sentence", .string($0.sentence))])
                        })),
                .init(
                    "memories",
                    .array(
                        memories.map {
                            .object([
                                .init("address", .string("\(run.id)/\(persona.id)/\($0.sequence)")),
                                .init("time", .string($0.time.description)), .init("kind", .string($0.kind.rawValue)),
                                .init("importance", .number($0.importance)), .init("text", .string($0.text)),
                            ])
                        })),
                .init(
                    "answers",
                    JSONValue(Set(answers.map(\.answer.question)).sorted(by: precedes).map { "\(run.id)/\(persona.id)/\($0)" })),
                .init("cost", cost.json),
            ] + (sent.map { [.init("prompts", .array($0.map(\.json)))] } ?? []))
    }
}
