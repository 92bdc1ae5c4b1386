import Agents
import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension Repl {
    /// What each memory recalled for an occurrence did to it: lines below how it came about; none where no model was
    /// asked or nothing was recalled.
    func influence(on sequence: Int) async throws -> [String] {
        guard let occurrence = try await database.occurrences(run: session.run).first(where: { $0.sequence == sequence }),
            let key = occurrence.completion, let actor = occurrence.actor,
            let completion = try session.recorder.completion(forKey: key),
            let use = try await database.uses(run: session.run).map(\.use).first(where: {
                $0.completion == key && $0.time == occurrence.time && $0.persona == actor && !$0.recalled.isEmpty
            }), let model = model(of: completion, actor)
        else { return [] }
        let all = try await database.memories(run: session.run, resident: actor)
        let memories = use.recalled.sorted { $0.rank < $1.rank }.map(\.memory)
            .compactMap { number in all.first { $0.sequence == number } }
        let found: CompletionInfluence
        do {
            found = try await CompletionInfluence(of: completion, memories: memories) { try await model.complete($0) }
        } catch where error is ModelError || error is StudyError {
            return ["  influence: not to be had: " + sanitised(describe(error))]
        }
        let isSaid = found.effects.contains { if case .lift = $0 { true } else { false } }
        var table = TerminalTable(titles: [isSaid ? "log odds" : "moves", "memory", ""])
        for (memory, effect) in zip(memories, found.effects) {
            let number: Double? =
                switch effect {
                case .moved(let moved): moved
                case .lift(let lift): lift
                case .notTold: nil
                }
            table.rows.append([.number(number, decimals: 3), .count(memory.sequence), .text(memory.text)])
        }
        let what = isSaid
            ? "how many times likelier the memory made the very words, as a natural log"
            : "how far the shares of the choices move without it, 0 to 1"
        return wrapped("influence, each memory left out in turn (\(what); - where the prompt had no room for it):", to: 76)
            .split(separator: "\n").map { "  \($0)" }
            + table.rendered(indent: 2).split(separator: "\n").map(String.init)
    }

    /// The model that gave a completion: the actor's own, or the world's.
    private func model(of completion: Completion, _ actor: String) -> CachedModel? {
        let models = session.models
        let own = models.residents[actor].map { [$0.speaker, $0.scribe] } ?? []
        return (own + [models.speaker, models.scribe]).first { $0.identity.title == completion.model }
    }
}
