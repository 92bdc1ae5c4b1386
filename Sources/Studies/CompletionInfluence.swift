import Agents
import LanguageModels
import Surveys

/// What each recalled memory did to one completion: it is left out of the recorded prompt and the model asked again.
///
/// For a choice among options the change is in their shares; for words, in how likely those very words are.
struct CompletionInfluence: Sendable {
    enum Effect: Hashable, Sendable {
        /// Total variation between the shares of the options with and without the memory, 0...1.
        case moved(Double)
        /// Natural log of how many times likelier the words are with the memory than without.
        case lift(Double)
        /// The prompt had no room for it.
        case notTold
    }

    /// By memory, or whatever else was left out, in the order given.
    var effects: [Effect]

    /// - Parameters:
    ///   - completion: A recorded one, of text or of scores.
    ///   - complete: The model that gave it.
    /// - Throws: ``StudyError`` for other completions, and what `complete` throws.
    init(of completion: Completion, memories: [Memory], complete: @escaping Complete) async throws {
        try await self.init(of: completion, without: { prompt in memories.map { prompt.without($0) } }, complete: complete)
    }

    /// - Parameter without: From the recorded prompt, the prompts that lack something each; `nil` for what was not told.
    init(
        of completion: Completion, without: @Sendable (Prompt) -> [Prompt?], complete: @escaping Complete
    ) async throws {
        switch (try completion.recordedRequest(), completion.response) {
        case (.score(let score), .scores(let scores)):
            let whole = try Self.shares(scores)
            effects = try await Self.each(without(score.prompt)) { prompt in
                var asked = score
                asked.prompt = prompt
                guard case .scores(let scores) = try await complete(.score(asked)).response else { return .notTold }
                return .moved(totalVariation(whole, try Self.shares(scores)))
            }
        case (.text(let text), .text(let words, _)):
            guard !words.isEmpty else { throw StudyError.usage("nothing was said, so nothing influenced it") }
            let whole = try await Self.likelihood(of: words, after: text.prompt, complete)
            effects = try await Self.each(without(text.prompt)) { prompt in
                .lift(whole - (try await Self.likelihood(of: words, after: prompt, complete)))
            }
        default: throw StudyError.usage("an embedding has no influences: name what was said, chosen or answered")
        }
    }

    private static func likelihood(of words: String, after prompt: Prompt, _ complete: Complete) async throws -> Double {
        let request = ScoreRequest(prompt: prompt, purpose: "influence", continuations: [words])
        guard case .scores(let scores) = try await complete(.score(request)).response,
            let likelihood = scores.first?.logLikelihood
        else { throw StudyError.usage("the model does not say how likely words are, so that their influence cannot be told") }
        return likelihood
    }

    private static func each(
        _ prompts: [Prompt?], _ effect: @escaping @Sendable (Prompt) async throws -> Effect
    ) async throws -> [Effect] {
        var effects: [Effect] = []
        for prompt in prompts {
            guard let prompt else {
                effects.append(.notTold)
                continue
            }
            effects.append(try await effect(prompt))
        }
        return effects
    }

    /// How a choice is drawn before corrections.
    private static func shares(_ scores: [ContinuationScore]) throws -> [Double] {
        let likelihoods = scores.compactMap(\.logLikelihood)
        guard likelihoods.count == scores.count, let shares = softmax(likelihoods) else {
            throw StudyError.usage("the model did not say how likely each option is")
        }
        return shares
    }
}
