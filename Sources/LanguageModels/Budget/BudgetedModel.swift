/// A model whose calls are paid from budgets.
public struct BudgetedModel: LanguageModel {
    private let model: any LanguageModel
    private let prices: TokenPrices
    private let budgets: [Budget]

    /// - Parameter budgets: Each bounds the calls by itself; the same one may stand behind several models.
    public init(_ model: any LanguageModel, prices: TokenPrices = .free, budgets: [Budget]) {
        self.model = model
        self.prices = prices
        self.budgets = budgets
    }

    public var identity: ModelIdentity { model.identity }
    public var reading: EvaluationCounts? { get async { await model.reading } }

    /// - Throws: ``BudgetSpent``, or what the model throws.
    public func respond(to request: Request) async throws -> Answer {
        let expected = spending(request.expectedUsage(of: identity))
        var reserved: [Budget] = []
        do {
            for budget in budgets {
                try await budget.reserve(expected)
                reserved.append(budget)
            }
            let answer = try await model.respond(to: request)
            for budget in budgets { budget.settle(expected, actual: spending(answer.usage)) }
            return answer
        } catch {
            for budget in reserved { budget.settle(expected, actual: Spending()) }
            throw error
        }
    }

    private func spending(_ usage: TokenUsage) -> Spending {
        var spending = Spending()
        spending.calls = 1
        spending.usage = usage
        spending.cost = prices.cost(of: usage)
        return spending
    }
}

extension Request {
    /// The tokens of a call before it is made: exactly those of models that count words, a token for each four bytes
    /// elsewhere, and as many as may come out.
    public func expectedUsage(of model: ModelIdentity) -> TokenUsage {
        let output = if case .text(let request) = self { request.maximumTokens } else { 0 }
        switch model.backEnd {
        case "scripted", "uniform": return TokenUsage(input: usageInWords(output: "").input, output: output)
        case "openai":
            let scored = if case .score = self { 1 } else { output }
            return TokenUsage(input: bytes / 4 + 8, output: scored)
        default:
            // The embedded model reads continuations; behind a server they are looked up among the likeliest tokens.
            var read = bytes
            if case .score(let request) = self { read += request.continuations.reduce(0) { $0 + $1.utf8.count } }
            return TokenUsage(input: read / 4, output: output)
        }
    }

    private var bytes: Int {
        switch self {
        case .text(let request): request.prompt.byteCount
        case .score(let request): request.prompt.byteCount
        case .embed(let request): request.text.utf8.count
        }
    }
}

extension Prompt {
    fileprivate var byteCount: Int { segments.reduce(0) { $0 + $1.text.utf8.count } }
}
