/// Brier's score of yes-no forecasts, the mean of (p - y)^2.
///
/// - Parameters:
///   - forecasts: The chance of yes, each 0...1.
///   - outcomes: What happened.
/// - Returns: 0 (perfect) ... 1; always .5 gives .25. `nil` without forecasts.
/// - Complexity: O(n).
/// - Source: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2 (half of his sum over both outcomes).
public func brierScore(_ forecasts: [Double], outcomes: [Bool]) -> Double? {
    precondition(forecasts.count == outcomes.count, "one outcome a forecast")
    guard !forecasts.isEmpty else { return nil }
    let sum = zip(forecasts, outcomes).reduce(0) { sum, pair in
        let miss = pair.0 - (pair.1 ? 1 : 0)
        return sum + miss * miss
    }
    return sum / Double(forecasts.count)
}

/// Brier's score of forecasts over several options, the mean of sum_k (p_k - 1(x = k))^2; for two options it is twice
/// the yes-no score.
///
/// - Parameters:
///   - forecasts: Shares over the options, each sums to 1.
///   - chosen: The option that was given.
/// - Returns: 0 (perfect) ... 2; `nil` without forecasts.
/// - Complexity: O(n k).
public func brierScore(_ forecasts: [[Double]], chosen: [Int]) -> Double? {
    precondition(forecasts.count == chosen.count, "one answer a forecast")
    guard !forecasts.isEmpty else { return nil }
    let sum = zip(forecasts, chosen).reduce(0) { sum, pair in
        pair.0.indices.reduce(sum) {
            let miss = pair.0[$1] - ($1 == pair.1 ? 1 : 0)
            return $0 + miss * miss
        }
    }
    return sum / Double(forecasts.count)
}
