import LanguageModels
import Testing

/// What every language model promises; a back end's test calls `check`.
struct LanguageModelContract {
    var model: any LanguageModel
    /// Request kinds the model serves; all others must be refused.
    var serves: Set<String>

    func check() async throws {
        for request in Self.requests {
            guard serves.contains(request.kind) else {
                let error = await #expect(throws: ModelError.self) { try await model.respond(to: request) }
                guard case .unsupported(model.identity.name, _) = error else {
                    Issue.record("\(request.kind) was refused with \(String(describing: error))")
                    continue
                }
                continue
            }
            let first = try await model.respond(to: request)
            #expect(try await model.respond(to: request) == first, "the same request, the same answer")
            #expect(first.usage.input > 0)
            #expect(try Response(encoded: first.response.encoded()) == first.response)
            switch (request, first.response) {
            case (.text, .text(let text, _)): #expect(!text.isEmpty && first.usage.output > 0)
            case (.score(let score), .scores(let scores)):
                #expect(scores.count == score.continuations.count)
                for item in scores {
                    #expect(item.tokenCount > 0)
                    if let likelihood = item.logLikelihood { #expect(likelihood <= 0 && likelihood.isFinite) }
                }
                var reversed = score
                reversed.continuations.reverse()
                #expect(
                    try await model.respond(to: .score(reversed)).response == .scores(scores.reversed()),
                    "scores follow the order of the request")
            case (.embed, .embedding(let vector)):
                let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
                #expect(abs(length - 1) < 1e-5)
            default: Issue.record("\(request.kind) was answered with another kind")
            }
        }
        if serves.contains("score") {
            let empty = ScoreRequest(prompt: plain("The sky is"), purpose: "test", continuations: [" blue", ""])
            await #expect(throws: ModelError.nothingToEvaluate(what: "continuation")) {
                try await model.respond(to: .score(empty))
            }
        }
    }

    static let requests: [Request] = [
        .text(TextRequest(prompt: plain("Once upon a time there was"), purpose: "test", maximumTokens: 8, seed: 1)),
        .score(
            ScoreRequest(
                prompt: plain("I live in Ohio.", " I think the government spends"), purpose: "test",
                continuations: [" too little.", " about the right amount.", " too much."])),
        .embed(EmbedRequest(text: "Rosa opened the library.")),
    ]
}

func plain(_ segments: String...) -> Prompt {
    Prompt(form: .plain, segments: segments.map { Prompt.Segment(.user, $0) })
}

func chat(_ segments: (Prompt.Role, String)...) -> Prompt {
    Prompt(form: .chat, segments: segments.map { Prompt.Segment($0.0, $0.1) })
}
