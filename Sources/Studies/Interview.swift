import Agents
import Kernel
import LanguageModels
import Surveys
import Worlds

/// One question put to a person with a memory stream, which stays as it was.
struct Interview: Sendable {
    var answers: [ElicitedAnswer] = []
    var uses: [Use] = []

    /// Memories recalled for a question, fewer than for a decision: they stand before every option.
    static let recall = 8

    init(
        _ who: Persona, memories stream: MemoryStream, question: Question, time: SimulationTime, settings: MemorySettings, models: ModelSet,
        elicitor: Elicitor, seed: UInt64, method: ElicitationMethod?
    ) async throws {
        let persona = who.id
        var recalled: [MemoryStream.Recalled] = []
        if stream.count > 0 {
            let query = try await models.embedder.complete(.embed(EmbedRequest(text: question.ask)))
            guard case .embedding(let vector) = query.response else {
                throw MindError.wrongResponse(purpose: "embed", completion: query.key)
            }
            uses.append(
                Use(persona: persona, purpose: "embed", time: time, completion: query.key, tokens: query.usage.total))
            recalled = stream.retrieve(query: vector, at: time, count: Self.recall, settings: settings)
        }
        // Told in the order they were made, as one remembers a day.
        let memories = recalled.map(\.memory).sorted { $0.sequence < $1.sequence }.map(\.text)
        let used = Ledger()
        answers = try await elicitor.elicit(
            who, questions: [question], method: method, seed: seed,
            memories: memories.isEmpty ? nil : memories.joined(separator: "\n")
        ) { request in
            let completion = try await models.speaker.complete(request)
            await used.add(completion)
            return completion
        }
        let recalls = recalled.map(\.use)
        uses += await used.completions.map {
            Use(
                persona: persona, purpose: "poll", time: time, completion: $0.key, tokens: $0.usage.total,
                recalled: recalls)
        }
    }

    /// Completions in the order they were asked for; an elicitor asks one after the other.
    private actor Ledger {
        var completions: [Completion] = []
        func add(_ completion: Completion) { completions.append(completion) }
    }
}
