/// The difference of two arms' means between different people, by Welch's t; variances need not be equal.
///
/// A person who decided repeatedly counts once, with their mean.
///
/// - Returns: `nil` where an arm is empty; without an interval where an arm has one person. Where nothing varies the
///   interval has no width and there is no p.
/// - Complexity: O(n).
/// - Source: Welch 1947, doi:10.1093/biomet/34.1-2.28; degrees of freedom after Satterthwaite 1946.
public func welchDifference(_ first: [ArmValue], _ second: [ArmValue], confidence: Double = 0.95) -> ArmDifference? {
    let (a, b) = (PersonMean.all(first).map(\.mean), PersonMean.all(second).map(\.mean))
    guard !a.isEmpty, !b.isEmpty else { return nil }
    func moments(_ values: [Double]) -> (mean: Double, error: Double) {
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        // Of the same number often, rounding leaves a spread.
        guard values.contains(where: { $0 != values[0] }) else { return (values[0], 0) }
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n)
    }
    let (one, two) = (moments(a), moments(b))
    let n = a.count + b.count
    guard a.count > 1, b.count > 1 else { return ArmDifference(one.mean, two.mean, nil, p: nil, n: n) }
    let variance = one.error + two.error
    let difference = one.mean - two.mean
    guard variance > 0 else { return ArmDifference(one.mean, two.mean, (difference, difference), p: nil, n: n) }
    let freedom = variance * variance
        / (one.error * one.error / Double(a.count - 1) + two.error * two.error / Double(b.count - 1))
    let reach = StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: freedom).map { $0 * variance.squareRoot() }
    return ArmDifference(
        one.mean, two.mean, reach.map { (difference - $0, difference + $0) },
        p: StudentT.twoSided(difference / variance.squareRoot(), degreesOfFreedom: freedom), n: n,
        degreesOfFreedom: freedom)
}
