/// Holm's step-down adjustment, which holds the chance of any false claim among them at the level.
///
///     holmAdjusted([0.01, 0.04, 0.03])   // [0.03, 0.06, 0.06]
///
/// The i-th smallest of m becomes max over j <= i of min(1, (m - j + 1) p_(j)). For claims; for screens see
/// `benjaminiHochbergAdjusted`.
///
/// - Parameter p: Of every test made, shown or not; each 0...1.
/// - Returns: Adjusted p in the same order, each 0...1 and no less than its own.
/// - Complexity: O(m log m).
/// - Source: Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure", jstor.org/stable/4615733.
public func holmAdjusted(_ p: [Double]) -> [Double] {
    precondition(p.allSatisfy { (0...1).contains($0) }, "a p is 0...1")
    var adjusted = p
    var greatest = 0.0
    for (step, place) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated() {
        greatest = max(greatest, min(1, Double(p.count - step) * p[place]))
        adjusted[place] = greatest
    }
    return adjusted
}
