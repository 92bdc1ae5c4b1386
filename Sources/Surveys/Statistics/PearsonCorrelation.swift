/// Pearson's correlation of pairs.
///
/// - Returns: -1...1; `nil` under 2 pairs or where a side does not vary.
/// - Complexity: O(n).
/// - Source: Pearson 1896, doi:10.1098/rsta.1896.0007.
public func pearsonCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "pairs")
    guard let first = x.first, let other = y.first, x.contains(where: { $0 != first }),
        y.contains(where: { $0 != other })
    else { return nil }
    let n = Double(x.count)
    let (middleX, middleY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
        xx += (a - middleX) * (a - middleX)
        yy += (b - middleY) * (b - middleY)
        xy += (a - middleX) * (b - middleY)
    }
    let scale = (xx * yy).squareRoot()
    return scale > 0 ? max(-1, min(1, xy / scale)) : nil
}
