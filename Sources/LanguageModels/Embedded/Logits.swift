/// The logits after a list of segments.
final class Logits {
    let values: [Float]
    private(set) lazy var normaliser = values.withUnsafeBufferPointer { logSumExp($0) }

    init(_ values: [Float]) { self.values = values }

    /// Natural logarithm of the token's probability.
    func logProbability(of token: Token) -> Double { Double(values[Int(token)]) - normaliser }
}
