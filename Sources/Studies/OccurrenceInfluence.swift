import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

/// What each memory recalled for an occurrence did to it.
struct OccurrenceInfluence: Sendable {
    let run: String
    let database: ResultsDatabase
    let recorder: Recorder

    struct Found: Sendable {
        var memories: [Memory]
        /// By memory.
        var effects: [CompletionInfluence.Effect]
    }

    /// - Parameter model: The one that gave a completion, for somebody.
    /// - Returns: `nil` where no model was asked or nothing was recalled.
    func found(
        _ sequence: Int, model: (_ completion: Completion, _ actor: String) throws -> CachedModel?
    ) async throws -> Found? {
        guard let occurrence = try await database.occurrences(run: run).first(where: { $0.sequence == sequence }),
            let key = occurrence.completion, let actor = occurrence.actor,
            let completion = try recorder.completion(forKey: key),
            let use = try await database.uses(run: run).map(\.use).first(where: {
                $0.completion == key && $0.time == occurrence.time && $0.persona == actor && !$0.recalled.isEmpty
            }), let model = try model(completion, actor)
        else { return nil }
        let all = try await database.memories(run: run, resident: actor)
        let memories = use.recalled.sorted { $0.rank < $1.rank }.map(\.memory)
            .compactMap { number in all.first { $0.sequence == number } }
        let found = try await CompletionInfluence(of: completion, memories: memories) { try await model.complete($0) }
        return Found(memories: memories, effects: found.effects)
    }
}

extension OccurrenceInfluence.Found {
    /// Lines below how the occurrence came about.
    var lines: [String] {
        var table = TerminalTable(titles: [isSaid ? "log odds" : "moves", "memory", ""])
        for (memory, effect) in zip(memories, effects) {
            table.rows.append([.number(number(effect), decimals: 3), .count(memory.sequence), .text(memory.text)])
        }
        let what = isSaid
            ? "how many times likelier the memory made the very words, as a natural log"
            : "how far the shares of the choices move without it, 0 to 1"
        return wrapped("influence, each memory left out in turn (\(what); - where the prompt had no room for it):", to: 76)
            .split(separator: "\n").map { "  \($0)" }
            + table.rendered(indent: 2).split(separator: "\n").map(String.init)
    }

    /// - Parameter owner: The address of whose memories they are: `run-1/rosa-delgado`.
    func json(of owner: String) -> JSONValue {
        .array(
            zip(memories, effects).map { memory, effect in
                .object([
                    .init("memory", .string("\(owner)/\(memory.sequence)")), .init("text", .string(memory.text)),
                    .init(isSaid ? "logOdds" : "moves", number(effect).map { .number($0) } ?? .null),
                ])
            })
    }

    private var isSaid: Bool { effects.contains { if case .lift = $0 { true } else { false } } }

    private func number(_ effect: CompletionInfluence.Effect) -> Double? {
        switch effect {
        case .moved(let moved): moved
        case .lift(let lift): lift
        case .notTold: nil
        }
    }
}
