import Agents
import Kernel
import LanguageModels
@testable import Studies
import Testing

@Suite struct CompletionInfluenceTests {
    private func memory(_ sequence: Int, _ text: String, _ kind: Memory.Kind = .observation) -> Memory {
        Memory(
            sequence: sequence, time: SimulationTime(day: 1, hour: 7), kind: kind, text: text, importance: 3, embedding: [],
            lastAccess: SimulationTime(day: 1, hour: 7))
    }

    /// A model that is moved by the flood alone.
    private let model = ScriptedModel("flood") { request in
        switch request {
        case .score(let score):
            let wet = score.prompt.text.contains("flood")
            return .scores(score.continuations.map { .init(logLikelihood: $0.contains("bridge") ? (wet ? -1 : -3) : -2, tokenCount: 2) })
        case .text: return .text(" the bridge is gone.", complete: true)
        case .embed: return .embedding([1])
        }
    }

    private func completion(_ request: Request) async throws -> Completion {
        try await CachedModel(model, store: MemoryStore()).complete(request)
    }

    private var memories: [Memory] {
        [memory(1, "The flood came."), memory(2, "The baker sang.", .seed), memory(3, "Cut for want of room.")]
    }

    private var prompt: Prompt {
        Prompt(
            form: .plain,
            segments: [
                .init(.user, "Rosa, 61."),
                .init(.user, "\nRosa remembers:\n- The baker sang.\n- day 1 07:00: The flood came.\n\nRosa decides to"),
            ])
    }

    @Test func `the memory that moved a choice is found`() async throws {
        let score = ScoreRequest(prompt: prompt, purpose: "choose", continuations: [" mend the bridge.", " sleep."])
        let influence = try await CompletionInfluence(of: try await completion(.score(score)), memories: memories) { try await completion($0) }
        guard case .moved(let flood) = influence.effects[0] else {
            Issue.record("\(influence.effects)")
            return
        }
        #expect(flood > 0.4 && influence.effects[1] == .moved(0) && influence.effects[2] == .notTold)
    }

    @Test func `the memory that made words likely is found`() async throws {
        let text = TextRequest(prompt: prompt, purpose: "speak", maximumTokens: 20, seed: 1)
        let influence = try await CompletionInfluence(of: try await completion(.text(text)), memories: memories) { try await completion($0) }
        #expect(influence.effects == [.lift(2), .lift(0), .notTold])
    }

    @Test func `an embedding is refused`() async throws {
        let completion = try await completion(.embed(EmbedRequest(text: "a")))
        await #expect(throws: StudyError.self) {
            _ = try await CompletionInfluence(of: completion, memories: []) { try await self.completion($0) }
        }
    }
}
