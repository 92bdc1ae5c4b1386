/// How varied a model's answers are beside people's, H(model) / H(human).
///
/// Compare at equal n: the entropy of a sample is short by about (k - 1)/(2n) nats.
///
/// - Parameters:
///   - model: Shares over `k` options; sums to 1.
///   - human: Shares over the same options; sums to 1.
/// - Returns: 0 or more; 1 is as varied, under 1 compressed. `nil` where people all gave one answer.
/// - Complexity: O(k).
/// - Source: Shannon 1948, "A Mathematical Theory of Communication", for H.
public func entropyRatio(model: [Double], human: [Double]) -> Double? {
    precondition(model.count == human.count, "one share an option")
    let base = entropy(human)
    return base > 0 ? entropy(model) / base : nil
}
