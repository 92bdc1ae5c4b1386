/// The empirical quantile by linear interpolation between order statistics (type 7).
///
/// - Parameters:
///   - sorted: Ascending, not empty.
///   - probability: 0...1.
/// - Source: Hyndman and Fan 1996, "Sample Quantiles in Statistical Packages", doi:10.2307/2684934.
func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    let place = probability * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
}

/// The 2.5% and 97.5% quantiles; `nil` without values.
func interval(_ values: [Double]) -> (low: Double, high: Double)? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return (quantile(sorted, 0.025), quantile(sorted, 0.975))
}
