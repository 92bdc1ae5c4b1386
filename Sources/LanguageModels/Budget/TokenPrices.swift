/// What a million tokens cost, in any currency.
public struct TokenPrices: Codable, Hashable, Sendable {
    public var input: Double
    /// Of input that the server had in its prompt cache; `nil` where it costs as much as other input.
    public var cached: Double?
    public var output: Double

    /// - Precondition: 0 or more, finite.
    public init(input: Double, cached: Double? = nil, output: Double) {
        self.input = input
        self.cached = cached
        self.output = output
    }

    /// A model on this machine.
    public static let free = TokenPrices(input: 0, output: 0)

    public func cost(of usage: TokenUsage) -> Double {
        let fresh = Double(usage.input - usage.cached) * input
        return (fresh + Double(usage.cached) * (cached ?? input) + Double(usage.output) * output) / 1_000_000
    }
}
