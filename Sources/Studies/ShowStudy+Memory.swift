import Agents
import Kernel
import Reports
import Results

extension ShowStudy {
    /// One memory: what it rests on, down to what was observed, where its words come from, and what it was recalled for.
    func memory(_ sequence: Int, of persona: String, in run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        _ = try await self.persona(persona, of: run, database)
        let memories = try await database.memories(run: run.id, resident: persona)
        guard memories.indices.contains(sequence - 1) else {
            throw StudyError.usage("\(persona) has no memory \(sequence) in \(run.id); they have "
                + (memories.isEmpty ? "none" : "\(run.id)/\(persona)/1 to \(run.id)/\(persona)/\(memories.count)"))
        }
        var lines = Self.tree(memories[sequence - 1], among: memories)
        if let key = memories[sequence - 1].completion {
            lines.append("worded or rated by completion \(key.prefix(12)) (populace show \(key.prefix(12)))")
        }
        let uses = try await database.uses(run: run.id).map(\.use).filter { use in
            use.persona == persona && use.recalled.contains { $0.memory == sequence }
        }
        lines.append(uses.isEmpty ? "never recalled" : "recalled \(counted(uses.count, "time")):")
        for use in uses.prefix(20) {
            let rank = use.recalled.first { $0.memory == sequence }?.rank ?? 0
            lines.append("  \(use.time)  to \(use.purpose), rank \(rank) of \(use.recalled.count)  (populace show \(use.completion.prefix(12)))")
        }
        if uses.count > 20 { lines.append("  ... and \(uses.count - 20) more") }
        let memory = memories[sequence - 1]
        let cost = try await database.cost(ofCompletions: [memory.completion].compactMap(\.self))
        if memory.completion != nil { lines.append(cost.text(uses: 1)) }
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([
                .init("address", .string("\(run.id)/\(persona)/\(sequence)")), .init("time", .string(memory.time.description)),
                .init("kind", .string(memory.kind.rawValue)), .init("importance", .number(memory.importance)),
                .init("text", .string(memory.text)), .init("lastAccess", .string(memory.lastAccess.description)),
                .init("evidence", .array(memory.evidence.map { .string("\(run.id)/\(persona)/\($0)") })),
                .init("completion", JSONValue(memory.completion)),
                .init(
                    "recalled",
                    .array(
                        uses.map { use in
                            .object([
                                .init("time", .string(use.time.description)), .init("purpose", .string(use.purpose)),
                                .init("rank", JSONValue(use.recalled.first { $0.memory == sequence }?.rank)),
                                .init("completion", .string(use.completion)),
                            ])
                        })),
                .init("cost", cost.json),
            ]))
    }

    /// A memory and, indented under each, the memories that it rests on; one that has been shown is only named again.
    static func tree(_ memory: Memory, among memories: [Memory]) -> [String] {
        var shown: Set<Int> = []
        func lines(_ memory: Memory, _ depth: Int) -> [String] {
            let indent = String(repeating: "  ", count: depth)
            let head = "\(indent)\(memory.sequence). \(memory.time) \(memory.kind.rawValue) \(fixed(memory.importance, decimals: 1))"
            if !shown.insert(memory.sequence).inserted { return ["\(head)  (above)"] }
            let rest = memory.evidence.filter { $0 < memory.sequence && memories.indices.contains($0 - 1) }
            return ["\(head)  \(sanitised(memory.text))"] + rest.flatMap { lines(memories[$0 - 1], depth + 1) }
        }
        return lines(memory, 0)
    }
}
