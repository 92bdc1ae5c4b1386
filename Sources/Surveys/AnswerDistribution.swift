/// Shares of answers over the options of one question, and how many people stand behind them.
public struct AnswerDistribution: Codable, Hashable, Sendable {
    /// Over the options in codebook order; each 0...1, sum 1.
    public var shares: [Double]
    /// People who gave a substantive answer.
    public var count: Int
    /// Kish's effective size, (sum w)^2 / sum w^2; equals `count` without weights.
    public var effectiveSize: Double

    public init(shares: [Double], count: Int, effectiveSize: Double) {
        self.shares = shares
        self.count = count
        self.effectiveSize = effectiveSize
    }
}
