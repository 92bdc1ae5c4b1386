#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The log loss of yes-no forecasts: the mean of -ln of the chance given to what happened.
///
/// Nothing is clipped: a forecast of 0 for what happened costs infinity.
///
/// - Parameters:
///   - forecasts: The chance of yes, each 0...1.
///   - outcomes: What happened.
/// - Returns: Nats, 0 (perfect) ... infinity; always .5 gives ln 2. `nil` without forecasts.
/// - Complexity: O(n).
/// - Source: Good 1952, "Rational Decisions", doi:10.1111/j.2517-6161.1952.tb00104.x.
public func logLoss(_ forecasts: [Double], outcomes: [Bool]) -> Double? {
    precondition(forecasts.count == outcomes.count, "one outcome a forecast")
    guard !forecasts.isEmpty else { return nil }
    let sum = zip(forecasts, outcomes).reduce(0) { $0 - ($1.1 ? log($1.0) : log1p(-$1.0)) }
    return sum / Double(forecasts.count)
}

/// The same of forecasts over several options; always uniform gives ln k.
public func logLoss(_ forecasts: [[Double]], chosen: [Int]) -> Double? {
    precondition(forecasts.count == chosen.count, "one answer a forecast")
    guard !forecasts.isEmpty else { return nil }
    return zip(forecasts, chosen).reduce(0) { $0 - log($1.0[$1.1]) } / Double(forecasts.count)
}
