/// The phi coefficient of a 2x2 table, (ad - bc) / sqrt of the product of its four margins: Pearson's correlation of
/// two yes-no answers.
///
/// - Parameter table: [[a, b], [c, d]], counts 0 or more.
/// - Returns: -1...1; `nil` where a margin is empty, so that an answer does not vary.
/// - Source: Yule 1912, "On the Methods of Measuring Association Between Two Attributes", doi:10.2307/2340126.
public func phiCoefficient(_ table: [[Double]]) -> Double? {
    let (a, b, c, d) = fourCells(table)
    let product = (a + b) * (c + d) * (a + c) * (b + d)
    return product > 0 ? (a * d - b * c) / product.squareRoot() : nil
}

/// The odds ratio of a 2x2 table, ad / bc.
///
/// - Parameter table: [[a, b], [c, d]], counts 0 or more. Nothing is added to zero cells.
/// - Returns: 0...infinity, 1 for independent; `nil` where both products are 0.
/// - Source: Cornfield 1951, doi:10.1093/jnci/11.6.1269.
public func oddsRatio(_ table: [[Double]]) -> Double? {
    let (a, b, c, d) = fourCells(table)
    return a * d == 0 && b * c == 0 ? nil : a * d / (b * c)
}

func fourCells(_ table: [[Double]]) -> (Double, Double, Double, Double) {
    precondition(table.count == 2 && table.allSatisfy { $0.count == 2 && $0.allSatisfy { $0 >= 0 } }, "a 2x2 table")
    return (table[0][0], table[0][1], table[1][0], table[1][1])
}
