/// The mixture of types that comes nearest to what people did.
public struct TypeMixture: Codable, Hashable, Sendable {
    /// Of each type, 0 or more; sum 1.
    public let weights: [Double]
    /// What the mixture does.
    public let fitted: [Double]
    /// Of fitted - observed.
    public let rootMeanSquare: Double
}

/// Weights of types, each >= 0 and summing to 1, that minimise the squared distance of their mixture to what was seen.
///
/// The nearest point of a convex hull by Wolfe's method, exact up to rounding: it walks between affinely independent
/// sets of types and takes the nearest point of each one's affine hull.
///
/// - Parameters:
///   - types: What each type does, by situation.
///   - observed: In the same situations.
/// - Returns: One mixture of the nearest; where types are redundant others fit as well. `nil` without types or
///   situations.
/// - Complexity: Commonly O(types situations) a step and as many steps as types that matter.
/// - Source: Wolfe 1976, "Finding the Nearest Point in a Polytope", doi:10.1007/BF01580381.
public func mixtureWeights(types: [[Double]], observed: [Double]) -> TypeMixture? {
    precondition(types.allSatisfy { $0.count == observed.count }, "what each type does in each situation")
    guard !types.isEmpty, !observed.isEmpty else { return nil }
    let points = types.map { zip($0, observed).map { $0 - $1 } }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let squares = points.map { dot($0, $0) }
    let scale = max(squares.max() ?? 0, 1e-300)
    var kept = [squares.indices.min { squares[$0] < squares[$1] } ?? 0]
    var shares = [1.0]
    func combined(_ places: [Int], _ weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: observed.count)
        for (place, weight) in zip(places, weights) { for s in sum.indices { sum[s] += weight * points[place][s] } }
        return sum
    }
    for _ in 0..<(100 * types.count) {
        let x = combined(kept, shares)
        let products = points.map { dot(x, $0) }
        guard let best = products.indices.min(by: { products[$0] < products[$1] }),
            products[best] < dot(x, x) - 1e-14 * scale, !kept.contains(best)
        else { break }
        kept.append(best)
        shares.append(0)
        while true {
            // The nearest point of the affine hull: G y + mu = 0, sum y = 1, both in the squares' scale.
            var system: [[Double]] = kept.map { i in
                var row = kept.map { dot(points[i], points[$0]) }
                row.append(scale)
                return row
            }
            system.append([Double](repeating: scale, count: kept.count) + [0])
            guard let solution = solve(system, [Double](repeating: 0, count: kept.count) + [scale]) else {
                kept.removeLast()
                shares.removeLast()
                break
            }
            let y = Array(solution.dropLast())
            if y.allSatisfy({ $0 > 1e-15 }) {
                shares = y
                break
            }
            var step = 1.0
            for (from, to) in zip(shares, y) where to <= 1e-15 && from > to { step = min(step, from / (from - to)) }
            shares = zip(shares, y).map { from, to in from + step * (to - from) }
            let left = shares.indices.filter { shares[$0] > 1e-15 }
            if left.count == shares.count { break }
            (kept, shares) = (left.map { kept[$0] }, left.map { shares[$0] })
        }
    }
    var weights = [Double](repeating: 0, count: types.count)
    let total = shares.reduce(0, +)
    for (type, share) in zip(kept, shares) { weights[type] = share / total }
    let residual = combined(Array(types.indices), weights)
    return TypeMixture(
        weights: weights, fitted: zip(observed, residual).map { $0 + $1 },
        rootMeanSquare: (dot(residual, residual) / Double(observed.count)).squareRoot())
}
