/// The difference of two arms' shares between different people: Newcombe's interval from the two Wilson intervals, and
/// Fisher's exact test.
///
///     newcombeDifference(yes: (56, of: 70), (48, of: 80))   // 0.2, 0.0524 to 0.3339
///
/// - Returns: `nil` where an arm is empty or counts more than it has.
/// - Complexity: O(n), n the smaller margin.
/// - Source: Newcombe 1998, "Interval Estimation for the Difference between Independent Proportions", method 10;
///   Fisher 1922, doi:10.2307/2340521.
public func newcombeDifference(
    yes first: (count: Int, of: Int), _ second: (count: Int, of: Int), confidence: Double = 0.95
) -> ArmDifference? {
    guard first.of > 0, second.of > 0, (0...first.of).contains(first.count), (0...second.of).contains(second.count)
    else { return nil }
    let (a, b) = (Double(first.count) / Double(first.of), Double(second.count) / Double(second.of))
    guard let one = wilsonInterval(share: a, n: Double(first.of), confidence: confidence),
        let two = wilsonInterval(share: b, n: Double(second.of), confidence: confidence)
    else { return nil }
    let below = ((a - one.low) * (a - one.low) + (two.high - b) * (two.high - b)).squareRoot()
    let above = ((one.high - a) * (one.high - a) + (b - two.low) * (b - two.low)).squareRoot()
    return ArmDifference(
        a, b, (max(-1, a - b - below), min(1, a - b + above)),
        p: fisherExact(first.count, first.of - first.count, second.count, second.of - second.count),
        n: first.of + second.of)
}
