/// The one similarity of a question's scale: 1 - WD/(x_max - x_min) for ordinal items, 1 - TV for nominal ones.
///
/// The two are never averaged together.
struct Similarity {
    /// Of the options; `nil` for a nominal question.
    let positions: [Double]?
    let range: Double

    init(_ question: Question) {
        positions = question.positions
        range = positions.map { ($0.max() ?? 0) - ($0.min() ?? 0) } ?? 1
    }

    /// 0...1.
    func distance(_ p: [Double], _ q: [Double]) -> Double {
        guard let positions else { return totalVariation(p, q) }
        return range > 0 ? wassersteinDistance(p, q, positions: positions) / range : 0
    }

    /// Expected between samples of these effective sizes from a population `p`.
    func floor(_ p: [Double], n: Double, m: Double) -> Double {
        guard let positions else { return totalVariationNoiseFloor(p, n: n, m: m) }
        return range > 0 ? wassersteinNoiseFloor(p, positions: positions, n: n, m: m) / range : 0
    }
}
