/// Wilson's score interval of a share: the shares that a normal test at the level would not reject.
///
///     wilsonInterval(share: 0.5, n: 10)   // 0.2366 ... 0.7634
///
/// (share + z^2/2n -+ z sqrt(share (1 - share)/n + z^2/4n^2)) / (1 + z^2/n).
///
/// - Parameters:
///   - share: 0...1.
///   - n: Independent trials; an effective size need not be whole.
///   - confidence: 0...1, both ends excluded.
/// - Returns: 0 <= low <= share <= high <= 1; `nil` without trials or where an argument is out of range.
/// - Source: Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference",
///   doi:10.1080/01621459.1927.10502953.
public func wilsonInterval(share: Double, n: Double, confidence: Double = 0.95) -> (low: Double, high: Double)? {
    guard n > 0, n.isFinite, (0...1).contains(share), confidence < 1,
        let z = NormalDistribution.quantile((1 + confidence) / 2), confidence > 0
    else { return nil }
    let square = z * z / n
    let middle = share + square / 2
    let reach = (square * (share * (1 - share) + square / 4)).squareRoot()
    return (max(0, min(share, (middle - reach) / (1 + square))), min(1, max(share, (middle + reach) / (1 + square))))
}
