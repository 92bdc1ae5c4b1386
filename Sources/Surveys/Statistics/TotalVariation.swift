/// Half the summed absolute difference of two answer distributions: the share of people who would have to answer
/// otherwise. It ignores the order of options.
///
/// - Returns: 0...1, 0 for equal.
public func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "one share an option")
    return zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
}
