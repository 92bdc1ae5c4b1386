/// What a request does with logits: it reads those after its prompt, then those after each token it asks for.
protocol TokenReader: AnyObject {
    /// - Returns: The token to read on after; `nil` when it has read all it needs.
    func read(_ logits: Logits) -> Token?
}

/// Sums up the likelihood of one continuation, token by token.
///
/// Every token is evaluated in a call of its own. So continuations that begin alike share those tokens, and how likely
/// one is depends on it and its prompt alone. Nor is that slower: on a CPU one call of 2 to 6 tokens takes longer than
/// as many calls of one (Benchmarks/README.md).
final class ContinuationReader: TokenReader {
    private let tokens: [Token]
    private var count = 0
    private var sum = 0.0

    init(_ tokens: [Token]) { self.tokens = tokens }

    var score: ContinuationScore { ContinuationScore(logLikelihood: sum, tokenCount: tokens.count) }

    func read(_ logits: Logits) -> Token? {
        let token = tokens[count]
        sum += logits.logProbability(of: token)
        count += 1
        return count < tokens.count ? token : nil
    }
}
