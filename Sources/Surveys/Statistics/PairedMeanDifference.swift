/// The difference of two arms' means where the people are the same, by t over the differences within people.
///
/// A person who decided repeatedly in an arm counts once, with their mean.
///
///     // The values 5, 7, 9 and 4, 7, 6 of the same three: difference 1.333, t 1.512 with 2 degrees of freedom.
///
/// - Parameters:
///   - first: Decisions in one arm.
///   - second: In the other; people of one arm only are left out and counted.
/// - Returns: Means of the people in both; `nil` where nobody is. Where everybody's difference is the same the
///   interval has no width and there is no p.
/// - Complexity: O(n).
/// - Source: Student 1908, doi:10.1093/biomet/6.1.1.
public func pairedMeanDifference(
    _ first: [ArmValue], _ second: [ArmValue], confidence: Double = 0.95
) -> ArmDifference? {
    let (pairs, unpaired) = pairedMeans(first, second)
    guard !pairs.isEmpty else { return nil }
    let n = Double(pairs.count)
    let (a, b) = (pairs.reduce(0) { $0 + $1.first } / n, pairs.reduce(0) { $0 + $1.second } / n)
    guard pairs.count > 1 else { return ArmDifference(a, b, nil, p: nil, n: 1, unpaired: unpaired) }
    let squares = pairs.reduce(0) { sum, pair in
        let distance = pair.first - pair.second - (a - b)
        return sum + distance * distance
    }
    let freedom = n - 1
    let error = (squares / freedom / n).squareRoot()
    let reach = StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: freedom).map { $0 * error }
    let vary = pairs.contains { $0.first - $0.second != pairs[0].first - pairs[0].second }
    return ArmDifference(
        a, b, reach.map { (a - b - $0, a - b + $0) },
        p: vary ? StudentT.twoSided((a - b) / error, degreesOfFreedom: freedom) : nil, n: pairs.count,
        unpaired: unpaired, degreesOfFreedom: freedom)
}

/// People's means in both arms, in the order of the first, and how many are in one arm only.
func pairedMeans(
    _ first: [ArmValue], _ second: [ArmValue]
) -> (pairs: [(first: Double, second: Double)], unpaired: Int) {
    let (a, b) = (PersonMean.all(first), PersonMean.all(second))
    let others = Dictionary(uniqueKeysWithValues: b.map { ($0.person, $0.mean) })
    let pairs = a.compactMap { one in others[one.person].map { (one.mean, $0) } }
    return (pairs, a.count + b.count - 2 * pairs.count)
}
