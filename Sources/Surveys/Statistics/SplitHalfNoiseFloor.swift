/// How far apart two random halves of the same people answer, on average: the distance of people from themselves at
/// half their number.
///
/// Units are halved within strata. For two samples of sizes n and m, see the closed forms in `wassersteinNoiseFloor`,
/// `totalVariationNoiseFloor` and `jensenShannonNoiseFloor`.
///
/// - Parameters:
///   - answers: Option of each person, 0..<options; `nil` for none.
///   - splits: How many times they are halved.
///   - distance: Of two answer distributions.
/// - Returns: In the distance's unit, with the standard error of the mean over splits; `nil` where no split has answers
///   in both halves or fewer than 2 splits have.
/// - Complexity: O(splits people).
/// - Source: Santurkar et al. 2023 compare groups; halving is Spearman 1910, doi:10.1111/j.2044-8295.1910.tb00206.x.
public func splitHalfNoiseFloor(
    _ answers: [Int?], options: Int, design: SamplingDesign, splits: Int,
    using generator: inout some RandomNumberGenerator, distance: ([Double], [Double]) -> Double
) -> (mean: Double, standardError: Double)? {
    precondition(answers.count == design.count, "one answer a person")
    var distances: [Double] = []
    for _ in 0..<splits {
        let first = design.halved(using: &generator)
        var sums = [[Double]](repeating: [Double](repeating: 0, count: options), count: 2)
        for (person, answer) in answers.enumerated() {
            if let answer { sums[first[person] ? 0 : 1][answer] += design.weights[person] }
        }
        let totals = sums.map { $0.reduce(0, +) }
        guard totals[0] > 0, totals[1] > 0 else { continue }
        distances.append(distance(sums[0].map { $0 / totals[0] }, sums[1].map { $0 / totals[1] }))
    }
    guard distances.count > 1 else { return nil }
    let n = Double(distances.count)
    let mean = distances.reduce(0, +) / n
    let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / (n - 1) / n).squareRoot())
}
