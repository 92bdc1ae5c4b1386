import LanguageModels
import Synchronization

extension CompletionInfluence {
    /// What finding the influence of what is left out asks of the model: found by answering every request with even odds.
    static func requests(of completion: Completion, without: @Sendable (Prompt) -> [Prompt?]) async throws -> [Request] {
        let asked = Mutex<[Request]>([])
        _ = try await CompletionInfluence(of: completion, without: without) { request in
            asked.withLock { $0.append(request) }
            guard case .score(let score) = request else { return completion }
            var answer = completion
            answer.response = .scores(score.continuations.map { _ in ContinuationScore(logLikelihood: 0, tokenCount: 1) })
            return answer
        }
        return asked.withLock { $0 }
    }
}
