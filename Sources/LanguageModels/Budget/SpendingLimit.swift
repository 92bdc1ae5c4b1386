/// The most that may be spent; `nil` is no limit.
public struct SpendingLimit: Codable, Hashable, Sendable {
    /// Input and output together.
    public var tokens: Int?
    /// In the currency of the prices.
    public var cost: Double?

    public init(tokens: Int? = nil, cost: Double? = nil) {
        self.tokens = tokens
        self.cost = cost
    }
}
