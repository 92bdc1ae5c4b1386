@testable import LanguageModels
import Testing

@Suite struct SimpleModelTests {
    @Test func `the scripted model keeps the contract`() async throws {
        try await LanguageModelContract(model: ScriptedModel(), serves: ["text", "score", "embed"]).check()
    }

    @Test func `the uniform model keeps the contract`() async throws {
        try await LanguageModelContract(model: UniformModel(), serves: ["score"]).check()
    }

    @Test func `a model with a budget keeps the contract of its model`() async throws {
        let model = BudgetedModel(ScriptedModel(), budgets: [Budget()])
        try await LanguageModelContract(model: model, serves: ["text", "score", "embed"]).check()
    }

    @Test func `the uniform model finds all continuations equally likely`() async throws {
        let request = ScoreRequest(prompt: plain("x"), purpose: "test", continuations: ["a", "b c", "d", "e"])
        guard case .scores(let scores) = try await UniformModel().respond(to: .score(request)).response else {
            Issue.record("no scores")
            return
        }
        #expect(scores.map(\.logLikelihood) == Array(repeating: -1.3862943611198906, count: 4))
    }

    @Test func `a script decides what a scripted model says`() async throws {
        let model = ScriptedModel("parrot") { request in .text(request.purpose, complete: true) }
        let answer = try await model.respond(to: LanguageModelContract.requests[0])
        #expect(answer == Answer(response: .text("test", complete: true), usage: TokenUsage(input: 6, output: 1)))
    }

    @Test func `scripted embeddings of texts that share words are near`() async throws {
        let rosa = try await vector(ScriptedModel(), "Rosa opened the library at nine")
        #expect(dot(rosa, try await vector(ScriptedModel(), "the library was opened by Rosa")) > 0.5)
        #expect(dot(rosa, try await vector(ScriptedModel(), "Hens lay fewer eggs in winter")) < 0.3)
    }

    @Test func `errors are whole sentences`() {
        let errors: [ModelError] = [
            .unsupported(model: "m", what: "text"), .missingModel(name: "m", folder: "f"),
            .unusableModel(path: "p", reason: "it is not a GGUF file"), .badGrammar,
            .promptTooLong(tokens: 9, limit: 8), .nothingToEvaluate(what: "prompt"), .evaluation(code: 1),
            .embeddingMissing(model: "m"), .offlineMiss(key: "abc", purpose: "plan"), .corruptResponse,
        ]
        for error in errors {
            #expect("\(error)".first?.isUppercase == true && "\(error)".hasSuffix("."))
        }
        #expect("\(ModelError.missingModel(name: "m", folder: "f"))".contains("make setup"))
        #expect("\(ModelError.offlineMiss(key: "abc", purpose: "plan"))".contains("plan"))
    }
}

func vector(_ model: any LanguageModel, _ text: String) async throws -> [Float] {
    guard case .embedding(let vector) = try await model.respond(to: .embed(EmbedRequest(text: text))).response else {
        Issue.record("no embedding")
        return []
    }
    return vector
}

func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
