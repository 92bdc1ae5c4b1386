/// What a model answered.
public enum Response: Codable, Hashable, Sendable {
    /// `complete` is false when the token limit cut it.
    case text(String, complete: Bool)
    /// In the order of the request's continuations.
    case scores([ContinuationScore])
    /// Unit length.
    case embedding([Float])
}

/// How likely a continuation is after its prompt.
public struct ContinuationScore: Codable, Hashable, Sendable {
    /// Summed natural log-probability of its tokens, <= 0; `nil` where a server did not list it.
    public var logLikelihood: Double?
    public var tokenCount: Int

    public init(logLikelihood: Double?, tokenCount: Int) {
        self.logLikelihood = logLikelihood
        self.tokenCount = tokenCount
    }
}

/// Tokens of one model call.
public struct TokenUsage: Codable, Hashable, Sendable {
    /// Of the request as a whole, whether or not a prefix was cached.
    public var input: Int
    public var output: Int
    /// Of the input, what a server had in its prompt cache and charges less for; 0 where it does not say.
    public var cached: Int

    public init(input: Int, output: Int, cached: Int = 0) {
        self.input = input
        self.output = output
        self.cached = cached
    }

    public static let zero = TokenUsage(input: 0, output: 0)
    public var total: Int { input + output }
    public static func + (a: Self, b: Self) -> Self {
        Self(input: a.input + b.input, output: a.output + b.output, cached: a.cached + b.cached)
    }
}
