import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension ShowStudy {
    /// How an occurrence came about: who, when, the memories recalled for it with their scores, the prompt, the call.
    func occurrence(_ sequence: Int, of run: Run, _ database: ResultsDatabase) async throws -> StudyOutcome {
        let all = try await database.occurrences(run: run.id)
        guard let occurrence = all.first(where: { $0.sequence == sequence }) else {
            throw StudyError.usage(
                "\(run.id) has no occurrence \(sequence); "
                    + (all.isEmpty ? "nothing has happened in it" : "it has \(run.id)#1 to \(run.id)#\(all.count)"))
        }
        var lines = [Self.line(occurrence)]
        var members = [JSONValue.Member("run", .string(run.id)), .init("occurrence", Self.json(occurrence, of: run))]
        if let actor = occurrence.actor { lines.append("  by \(actor) (\(run.id)/\(actor)), at \(run.id)@\(occurrence.time)") }
        if let key = occurrence.completion {
            let uses = try await database.uses(run: run.id).map(\.use).filter {
                $0.completion == key && $0.time == occurrence.time && $0.persona == occurrence.actor
            }
            if let use = uses.first(where: { !$0.recalled.isEmpty }) ?? uses.first {
                let (told, json) = try await recalled(for: use, of: run, database)
                lines += told
                members += [.init("purpose", .string(use.purpose)), .init("recalled", json)]
            }
            let (told, json) = try call(key, database)
            lines += told
            members.append(.init("completion", json))
            let cost = try await database.cost(ofCompletions: [key])
            lines.append("  \(cost.text(uses: max(1, uses.count)))")
            if !prompts { lines.append("  --show-prompts prints prompt and completion word for word") }
            members.append(.init("cost", cost.json))
        } else {
            lines.append("  no model was asked for it")
            let byHand = try await database.interventions(run: run.id).contains {
                $0.command == "inject" && $0.seconds == occurrence.time.seconds && $0.text.hasSuffix("\t\(occurrence.text)")
            }
            if byHand { lines.append("  it was injected by hand") }
            members.append(.init("byHand", .bool(byHand)))
        }
        return StudyOutcome(text: lines.joined(separator: "\n"), json: .object(members))
    }

    /// The memories that came to mind for a model call.
    func recalled(for use: Use, of run: Run, _ database: ResultsDatabase) async throws -> ([String], JSONValue) {
        guard let persona = use.persona, !use.recalled.isEmpty else {
            return (["  asked to \(use.purpose), with no memories recalled"], .array([]))
        }
        let source = run.header.source ?? run.id
        let memories = try await database.memories(run: source, resident: persona)
        var table = TerminalTable(titles: ["", "recency", "importance", "relevance", "memory", ""])
        var items: [JSONValue] = []
        for recall in use.recalled where memories.indices.contains(recall.memory - 1) {
            let text = memories[recall.memory - 1].text
            let address = "\(source)/\(persona)/\(recall.memory)"
            table.rows.append([
                .count(recall.rank), .number(recall.recency, decimals: 2), .number(recall.importance, decimals: 2),
                .number(recall.relevance, decimals: 2), .count(recall.memory), .text(text),
            ])
            items.append(
                .object([
                    .init("address", .string(address)), .init("rank", .integer(recall.rank)),
                    .init("recency", .number(recall.recency)), .init("importance", .number(recall.importance)),
                    .init("relevance", .number(recall.relevance)), .init("text", .string(text)),
                ]))
        }
        return (
            ["  asked to \(use.purpose), for which these came to mind (memories of \(source)/\(persona)):"]
                + table.rendered(indent: 2).split(separator: "\n").map(String.init), .array(items)
        )
    }

    /// A model call in short: its prompt's digest and, where prompts may be shown, its words.
    func call(_ key: String, _ database: ResultsDatabase) throws -> ([String], JSONValue) {
        guard let completion = try database.completion(forKey: key) else { return ([], .null) }
        let sent = try SentRequest(completion)
        var lines = ["  prompt \(sent.digest.prefix(12)), \(counted(sent.text.unicodeScalars.count, "character"))"]
        if prompts { lines += Self.quoted(sent.text) }
        lines.append("  completion \(key.prefix(12)) by \(sanitised(completion.model))")
        if prompts { lines += Self.quoted(sent.answer) }
        var members = [
            JSONValue.Member("key", .string(key)), .init("model", .string(completion.model)),
            .init("promptDigest", .string(sent.digest)),
        ]
        if prompts { members += [.init("prompt", .string(sent.text)), .init("response", .string(sent.answer))] }
        return (lines, .object(members))
    }

    static func quoted(_ text: String) -> [String] {
        sanitised(text, keepingLines: true).split(separator: "\n", omittingEmptySubsequences: false).map { "    | \($0)" }
    }
}
