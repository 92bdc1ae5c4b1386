/// The respondent without opinions: every continuation is equally likely, every text says nothing.
///
/// Each continuation scores `-log(number of continuations)`.
public struct UniformModel: LanguageModel {
    public var identity: ModelIdentity

    public init(name: String = "uniform") {
        identity = ModelIdentity(name: name, backEnd: "uniform")
    }

    /// - Throws: `.unsupported` for text and embeddings, which cannot be uniform.
    public func respond(to request: Request) async throws -> Answer {
        guard case .score(let score) = request else {
            throw ModelError.unsupported(model: identity.name, what: request.kind == "text" ? "text" : "embeddings")
        }
        guard !score.continuations.contains("") else { throw ModelError.nothingToEvaluate(what: "continuation") }
        let likelihood = -logarithm(of: score.continuations.count)
        let scores = score.continuations.map {
            ContinuationScore(logLikelihood: likelihood, tokenCount: $0.wordCount)
        }
        return Answer(response: .scores(scores), usage: request.usageInWords(output: ""))
    }
}
