/// The earth mover's distance between two answers to an ordinal question.
///
///     wassersteinDistance([1, 0, 0], [0, 0, 1], positions: [1, 2, 3])   // 2
///
/// Refusals must have been removed. Positions need not be in order: options are sorted by them first.
///
/// - Parameters:
///   - p: Shares over `k` options, in codebook order; sums to 1.
///   - q: Shares over the same `k` options; sums to 1.
///   - positions: Places on the scale, in the same order.
/// - Returns: Distance in units of the scale, from 0 (equal) to the scale's length (opposite ends).
/// - Complexity: O(k log k).
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", section 3.
public func wassersteinDistance(_ p: [Double], _ q: [Double], positions: [Double]) -> Double {
    precondition(p.count == q.count && p.count == positions.count, "one share and one position an option")
    let order = positions.indices.sorted { positions[$0] < positions[$1] }
    var ahead = 0.0
    var sum = 0.0
    for (here, next) in zip(order, order.dropFirst()) {
        ahead += p[here] - q[here]
        sum += abs(ahead) * (positions[next] - positions[here])
    }
    return sum
}
