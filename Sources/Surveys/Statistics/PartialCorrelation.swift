/// Pearson's correlation of what least squares on other variables leaves of two.
///
/// - Parameters:
///   - x: At least as many values as there are controls and three more.
///   - y: Of the same cases.
///   - controls: Variables, each of the same cases; empty for the plain correlation.
/// - Returns: -1...1; `nil` under `controls.count + 3` cases, where a control does not vary or follows from the others,
///   or where x or y does not vary or follows from the controls.
/// - Complexity: O(n c^2 + c^3) for c controls.
/// - Source: Fisher 1924, "The Distribution of the Partial Correlation Coefficient", Metron 3, 329-332.
public func partialCorrelation(_ x: [Double], _ y: [Double], controlling controls: [[Double]]) -> Double? {
    precondition(x.count == y.count && controls.allSatisfy { $0.count == x.count }, "one value a case")
    guard x.count >= controls.count + 3 else { return nil }
    var scaled: [[Double]] = []
    for control in controls {
        guard let one = standardised(control) else { return nil }
        scaled.append(one)
    }
    guard let scaledX = standardised(x), let scaledY = standardised(y) else { return nil }
    let products = scaled.map { a in scaled.map { dot(a, $0) } }
    func left(of values: [Double]) -> [Double]? {
        guard let slopes = solve(products, scaled.map { dot($0, values) }) else { return nil }
        var left = values
        for (slope, control) in zip(slopes, scaled) {
            for index in left.indices { left[index] -= slope * control[index] }
        }
        // Of values whose squares sum to 1 nothing but rounding is left.
        return dot(left, left) > 1e-12 ? left : nil
    }
    guard let restOfX = left(of: scaledX), let restOfY = left(of: scaledY) else { return nil }
    return pearsonCorrelation(restOfX, restOfY)
}

/// Less their mean, and with squares that sum to 1; `nil` where they do not vary.
private func standardised(_ values: [Double]) -> [Double]? {
    guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
    let middle = values.reduce(0, +) / Double(values.count)
    let centred = values.map { $0 - middle }
    let length = dot(centred, centred).squareRoot()
    return length > 0 ? centred.map { $0 / length } : nil
}
