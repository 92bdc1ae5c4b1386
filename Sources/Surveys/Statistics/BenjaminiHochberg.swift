/// Benjamini and Hochberg's step-up adjustment, which holds the expected share of false finds at the level.
///
///     benjaminiHochbergAdjusted([0.01, 0.04, 0.03])   // [0.03, 0.04, 0.04]
///
/// The i-th smallest of m becomes min over j >= i of min(1, m p_(j) / j). For screens over many items; for claims see
/// `holmAdjusted`.
///
/// - Parameter p: Of every test made, shown or not; each 0...1.
/// - Returns: Adjusted p in the same order, each 0...1 and no less than its own.
/// - Complexity: O(m log m).
/// - Source: Benjamini and Hochberg 1995, "Controlling the False Discovery Rate",
///   doi:10.1111/j.2517-6161.1995.tb02031.x.
public func benjaminiHochbergAdjusted(_ p: [Double]) -> [Double] {
    precondition(p.allSatisfy { (0...1).contains($0) }, "a p is 0...1")
    var adjusted = p
    var least = 1.0
    for (step, place) in p.indices.sorted(by: { (p[$0], $0) > (p[$1], $1) }).enumerated() {
        least = min(least, Double(p.count) / Double(p.count - step) * p[place])
        adjusted[place] = least
    }
    return adjusted
}
