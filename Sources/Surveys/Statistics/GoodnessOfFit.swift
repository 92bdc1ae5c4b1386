/// Pearson's chi-square test of counts against stated shares, sum (O - n p)^2 / (n p).
///
///     pearsonGoodnessOfFit([18, 22, 20, 40], shares: [0.25, 0.25, 0.25, 0.25])   // X2 12.32, p 0.0064
///
/// - Parameters:
///   - counts: By option, 0 or more.
///   - shares: What is tested, fixed beforehand; each > 0, sums to 1.
/// - Returns: `nil` under 2 options, without counts, or where a share is 0 (any count there would be infinite).
/// - Complexity: O(k).
/// - Source: Pearson 1900, doi:10.1080/14786440009463897.
public func pearsonGoodnessOfFit(_ counts: [Double], shares: [Double]) -> ChiSquareTest? {
    precondition(counts.count == shares.count, "one share an option")
    let n = counts.reduce(0, +)
    guard counts.count > 1, n > 0, let least = shares.min(), least > 0 else { return nil }
    let statistic = zip(counts, shares).reduce(0) { sum, pair in
        let expected = n * pair.1
        return sum + (pair.0 - expected) * (pair.0 - expected) / expected
    }
    let degrees = counts.count - 1
    guard let p = chiSquareSurvival(statistic, degreesOfFreedom: Double(degrees)) else { return nil }
    return ChiSquareTest(statistic: statistic, degreesOfFreedom: degrees, p: p, leastExpected: n * least, n: n)
}
