/// What a measure comes to over runs that differ in their seeds alone, or that differ in something else too.
public struct SeedSpread: Hashable, Sendable {
    /// Of the means of the conditions, in the measure's units.
    public var mean: Double
    /// Standard deviation from seed to seed within conditions, in the measure's units; `nil` where no condition has
    /// two runs.
    public var deviation: Double?
    /// 95% interval of the mean; `nil` without a deviation.
    public var interval: ClosedRange<Double>?
    /// Runs.
    public var count: Int
}

/// The mean of a measure over conditions, and how much of it is chance between seeds.
///
///     seedSpread([[1, 3], [5, 7]])    // mean 4, deviation 1.41, interval 4 ± 4.30 * 1.41/sqrt(4)
///
/// Conditions count alike, however many of their runs there are. The deviation is pooled over conditions, with as many
/// degrees of freedom as there are runs beyond one each; the mean's standard error is s/c sqrt(sum 1/n_i), by Student's t.
///
/// - Parameter conditions: Values by condition, one a run; empty conditions do not count.
/// - Returns: `nil` where there is no value.
/// - Complexity: O(n).
/// - Source: Montgomery 2017, "Design and Analysis of Experiments", section 3.3 (pooled variance of a one-way layout).
public func seedSpread(_ conditions: [[Double]]) -> SeedSpread? {
    let conditions = conditions.filter { !$0.isEmpty }
    guard !conditions.isEmpty else { return nil }
    let means = conditions.map { $0.reduce(0, +) / Double($0.count) }
    let mean = means.reduce(0, +) / Double(means.count)
    let count = conditions.reduce(0) { $0 + $1.count }
    let freedom = count - conditions.count
    guard freedom > 0, let t = StudentT.quantile(0.975, degreesOfFreedom: Double(freedom)) else {
        return SeedSpread(mean: mean, count: count)
    }
    let squares = zip(conditions, means).reduce(0) { sum, one in
        one.0.reduce(sum) { $0 + ($1 - one.1) * ($1 - one.1) }
    }
    let deviation = (squares / Double(freedom)).squareRoot()
    let error = deviation / Double(conditions.count) * conditions.reduce(0) { $0 + 1 / Double($1.count) }.squareRoot()
    let half = t * error
    return SeedSpread(mean: mean, deviation: deviation, interval: mean - half...mean + half, count: count)
}
