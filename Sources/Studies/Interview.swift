import Agents
import Kernel
import LanguageModels
import Surveys
import Worlds

/// One question put to a person with a memory stream, which stays as it was.
struct Interview: Sendable {
    var answers: [ElicitedAnswer] = []
    var uses: [Use] = []

    /// Memories recalled for a question with options, fewer than for a decision: they stand before every option.
    static let recall = 8
    /// Most of an open question's prompt, in tokens of about four characters: 50 memories of a sentence fit.
    static let promptTokens = 1200

    /// - Parameters:
    ///   - scene: What open questions are asked with.
    ///   - without: Kinds of memories that do not come to mind.
    init(
        _ who: Persona, memories stream: MemoryStream, question: Question, time: SimulationTime, settings: MemorySettings, models: ModelSet,
        elicitor: Elicitor, seed: UInt64, method: ElicitationMethod?, scene: InterviewScene,
        without: Set<Memory.Kind> = []
    ) async throws {
        let persona = who.id
        let isOpen = question.scale == .open
        var recalled: [MemoryStream.Recalled] = []
        if stream.count > 0 {
            let query: Completion
            (recalled, query) = try await Self.recalled(
                question.ask, by: persona, from: stream, at: time, count: isOpen ? settings.interviewRecall : Self.recall,
                settings: settings, models: models,
                kinds: without.isEmpty ? nil : Set(Memory.Kind.allCases).subtracting(without))
            // Of an open question everything that came to mind is kept here, and below what the prompt had room for.
            uses.append(
                Use(
                    persona: persona, purpose: "embed", time: time, completion: query.key, tokens: query.usage.total,
                    recalled: isOpen ? recalled.map(\.use) : []))
            if isOpen {
                recalled = MindPrompts.fitting(
                    recalled, beside: scene.length(who, question: question.ask), budget: Self.promptTokens
                ).shown
            }
        }
        // Told in the order they were made, as one remembers a day.
        let memories = recalled.map(\.memory).sorted { $0.sequence < $1.sequence }
            .map { isOpen ? InterviewPrompt.line($0) : $0.text }
        let lines = memories.isEmpty ? nil : memories.joined(separator: "\n")
        let completions: [Completion]
        (answers, completions) = try await elicitor.ask(
            who, questions: [question], method: method, seed: seed, memories: lines, scene: scene
        ) { try await models.speaker(of: persona).complete($0) }
        let recalls = recalled.map(\.use)
        // In the order of the requests, whichever was answered first.
        uses += completions.map {
            Use(
                persona: persona, purpose: isOpen ? "interview" : "poll", time: time, completion: $0.key, tokens: $0.usage.total,
                recalled: recalls)
        }
    }

    /// What comes to mind when somebody hears a text, and the completion that embedded it.
    static func recalled(
        _ text: String, by persona: String, from stream: MemoryStream, at time: SimulationTime, count: Int,
        settings: MemorySettings, models: ModelSet, kinds: Set<Memory.Kind>? = nil
    ) async throws -> ([MemoryStream.Recalled], Completion) {
        let query = try await models.embedder(of: persona).complete(.embed(EmbedRequest(text: text)))
        guard case .embedding(let vector) = query.response else {
            throw MindError.wrongResponse(purpose: "embed", completion: query.key)
        }
        return (stream.retrieve(query: vector, at: time, count: count, settings: settings, kinds: kinds), query)
    }
}
