/// How near two answers to an ordinal question are: 1 - WD / (x_max - x_min).
///
///     representativeness([0.2, 0.3, 0.5], [0.1, 0.4, 0.5], positions: [1, 2, 3])   // 0.95
///
/// Uniform answers score .79 to .95 on real surveys: read it beside its mirrors only.
///
/// - Returns: 0...1; `nil` where the scale has no length (one option).
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", equation 1.
public func representativeness(_ p: [Double], _ q: [Double], positions: [Double]) -> Double? {
    guard let low = positions.min(), let high = positions.max(), high > low else { return nil }
    return 1 - wassersteinDistance(p, q, positions: positions) / (high - low)
}
