/// A share of counted cases with its 95% Wilson interval.
public struct ShareEstimate: Codable, Hashable, Sendable {
    public let count: Int
    /// Cases counted, > 0.
    public let n: Int
    /// 0...1.
    public let low: Double
    public let high: Double

    public var share: Double { Double(count) / Double(n) }

    /// - Parameter independent: How many of the cases count as independent for the interval; all where `nil`.
    /// - Returns: `nil` without cases or where more are counted than there are.
    public init?(count: Int, of n: Int, independent: Int? = nil) {
        guard n > 0, (0...n).contains(count),
            let interval = wilsonInterval(share: Double(count) / Double(n), n: Double(independent ?? n))
        else { return nil }
        (self.count, self.n, low, high) = (count, n, interval.low, interval.high)
    }
}
