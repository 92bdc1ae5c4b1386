/// The share of intervals that hold the true value, ends included; an honest 95% interval does 95% of the time.
///
/// - Parameters:
///   - intervals: `nil` where one could not be computed; such are left out.
///   - truths: In the same order.
/// - Returns: With its Wilson interval; `nil` without intervals.
/// - Complexity: O(n).
/// - Source: Neyman 1937, doi:10.1098/rsta.1937.0005, for what an interval promises.
public func intervalCoverage(_ intervals: [(low: Double, high: Double)?], truths: [Double]) -> ShareEstimate? {
    precondition(intervals.count == truths.count, "one truth an interval")
    let pairs = zip(intervals, truths).compactMap { interval, truth in interval.map { ($0, truth) } }
    return ShareEstimate(count: pairs.count { $0.0.low <= $0.1 && $0.1 <= $0.0.high }, of: pairs.count)
}
