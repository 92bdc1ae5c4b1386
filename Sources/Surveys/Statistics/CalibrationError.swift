/// How far forecasts are from how often things happened, over bins of like forecasts.
public struct CalibrationError: Codable, Hashable, Sendable {
    /// Forecasts of about one size.
    public struct Bin: Codable, Hashable, Sendable {
        /// Of `low <= p < low + 1/bins`; the last holds 1 too.
        public let low: Double
        /// > 0.
        public let count: Int
        public let meanForecast: Double
        public let shareOfYes: Double
    }

    /// The ECE: the mean over forecasts of their bin's |share - mean forecast|, 0...1, down. It depends on the bins.
    public let expected: Double
    /// The worst bin's.
    public let greatest: Double
    /// Those that hold a forecast, ascending: the reliability diagram.
    public let bins: [Bin]
}

/// The expected calibration error over bins of equal width.
///
/// - Parameters:
///   - forecasts: The chance of yes, each 0...1.
///   - outcomes: What happened.
///   - bins: How many.
/// - Returns: `nil` without forecasts.
/// - Complexity: O(n + bins).
/// - Source: Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
///   doi:10.1609/aaai.v29i1.9602.
public func calibrationError(_ forecasts: [Double], outcomes: [Bool], bins: Int = 10) -> CalibrationError? {
    precondition(forecasts.count == outcomes.count && bins > 0, "one outcome a forecast, and bins")
    precondition(forecasts.allSatisfy { (0...1).contains($0) }, "a forecast is 0...1")
    guard !forecasts.isEmpty else { return nil }
    var sums = [(count: Int, forecast: Double, yes: Double)](repeating: (0, 0, 0), count: bins)
    for (forecast, outcome) in zip(forecasts, outcomes) {
        let bin = min(bins - 1, Int(forecast * Double(bins)))
        sums[bin].count += 1
        sums[bin].forecast += forecast
        sums[bin].yes += outcome ? 1 : 0
    }
    let kept = sums.enumerated().filter { $0.element.count > 0 }.map { place, sum in
        CalibrationError.Bin(
            low: Double(place) / Double(bins), count: sum.count, meanForecast: sum.forecast / Double(sum.count),
            shareOfYes: sum.yes / Double(sum.count))
    }
    let gaps = kept.map { abs($0.shareOfYes - $0.meanForecast) }
    let expected = zip(kept, gaps).reduce(0) { $0 + Double($1.0.count) * $1.1 } / Double(forecasts.count)
    return CalibrationError(expected: expected, greatest: gaps.max() ?? 0, bins: kept)
}
