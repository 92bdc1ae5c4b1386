/// The difference of two arms' shares where the people are the same: Newcombe's paired interval, and McNemar's exact
/// test of those who changed.
///
/// - Parameters:
///   - both: People who said yes in both arms.
///   - first: In the first arm only.
///   - second: In the second only.
///   - neither: In none.
/// - Returns: `nil` without people; without p where nobody changed.
/// - Complexity: O(1).
/// - Source: Newcombe 1998, "Improved Confidence Intervals for the Difference between Binomial Proportions Based on
///   Paired Data", method 10, doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C; McNemar 1947,
///   doi:10.1007/BF02295996, by the binomial distribution.
public func mcNemarDifference(
    both: Int, first: Int, second: Int, neither: Int, confidence: Double = 0.95
) -> ArmDifference? {
    precondition(min(both, first, second, neither) >= 0, "counts")
    let n = both + first + second + neither
    let (a, b) = (Double(both + first) / Double(n), Double(both + second) / Double(n))
    guard n > 0, let one = wilsonInterval(share: a, n: Double(n), confidence: confidence),
        let two = wilsonInterval(share: b, n: Double(n), confidence: confidence)
    else { return nil }
    let margins = Double(both + first) * Double(second + neither) * Double(both + second) * Double(first + neither)
    var product = Double(both) * Double(neither) - Double(first) * Double(second)
    if product > 0 { product = max(0, product - Double(n) / 2) }
    let phi = margins > 0 ? product / margins.squareRoot() : 0
    func reach(_ x: Double, _ y: Double) -> Double { max(0, x * x - 2 * phi * x * y + y * y).squareRoot() }
    let changed = first + second
    let p = changed == 0 ? nil : binomialTail(min(first, second), of: changed).map { min(1, 2 * $0) }
    return ArmDifference(
        a, b,
        (max(-1, a - b - reach(a - one.low, two.high - b)), min(1, a - b + reach(one.high - a, b - two.low))),
        p: p, n: n)
}

/// The same from decisions of 0 and 1 by people who decided once in each arm.
///
/// - Returns: `nil` where nobody is in both arms, somebody decided repeatedly, or a value is neither 0 nor 1: the
///   difference is then one of means within people.
public func mcNemarDifference(_ first: [ArmValue], _ second: [ArmValue], confidence: Double = 0.95) -> ArmDifference? {
    guard (first + second).allSatisfy({ $0.value == 0 || $0.value == 1 }),
        PersonMean.all(first).allSatisfy({ $0.count == 1 }), PersonMean.all(second).allSatisfy({ $0.count == 1 })
    else { return nil }
    let (pairs, unpaired) = pairedMeans(first, second)
    func count(_ a: Double, _ b: Double) -> Int { pairs.count { $0.first == a && $0.second == b } }
    return mcNemarDifference(
        both: count(1, 1), first: count(1, 0), second: count(0, 1), neither: count(0, 0), confidence: confidence
    ).map { found in
        ArmDifference(
            found.first, found.second, found.low.flatMap { low in found.high.map { (low, $0) } }, p: found.p, n: found.n,
            unpaired: unpaired)
    }
}

/// The chance of at most `count` heads of `trials` fair tosses, I_(1/2)(trials - count, count + 1).
func binomialTail(_ count: Int, of trials: Int) -> Double? {
    count >= trials ? 1 : incompleteBeta(Double(trials - count), Double(count + 1), 0.5)
}
