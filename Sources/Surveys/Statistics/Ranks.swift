/// The ranks of values from 1, ties sharing the mean of theirs.
///
///     midranks([7, 3, 7]).ranks   // [2.5, 1, 2.5]
///
/// - Parameter values: None of them NaN.
/// - Returns: `ranks` in the order of the values, and `ties`, the sum of t^3 - t over groups of t equal values.
/// - Complexity: O(n log n).
/// - Source: Kruskal and Wallis 1952, doi:10.1080/01621459.1952.10483441, section 2.
func midranks(_ values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties = 0.0
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
        let size = Double(end - start)
        ties += size * size * size - size
        start = end
    }
    return (ranks, ties)
}

/// Each group's mean rank among all values, with what the rank tests share; `nil` where they are undefined: fewer
/// than 2 groups, an empty group, a value that is not a number, or all values equal.
func groupRanks(_ groups: [[Double]]) -> (means: [Double], total: Double, ties: Double)? {
    let all = groups.flatMap { $0 }
    guard groups.count > 1, groups.allSatisfy({ !$0.isEmpty }), !all.contains(where: \.isNaN), Set(all).count > 1
    else { return nil }
    let (ranks, ties) = midranks(all)
    var start = 0
    let means = groups.map { group in
        defer { start += group.count }
        return ranks[start..<start + group.count].reduce(0, +) / Double(group.count)
    }
    return (means, Double(all.count), ties)
}
