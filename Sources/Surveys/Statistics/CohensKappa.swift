/// How much a disagreement counts in Cohen's kappa.
public enum KappaWeights: String, Codable, Hashable, Sendable, CaseIterable {
    /// Any one the same: for nominal answers.
    case equal
    /// By the steps between the two answers.
    case linear
    /// By the square of the steps.
    case quadratic

    func disagreement(_ row: Int, _ column: Int) -> Double {
        let steps = Double(abs(row - column))
        return switch self {
        case .equal: steps > 0 ? 1 : 0
        case .linear: steps
        case .quadratic: steps * steps
        }
    }
}

/// Cohen's kappa: agreement of two answers beyond chance, 1 - sum d O / sum d E; (po - pe) / (1 - pe) without weights.
///
///     cohensKappa([[40, 10], [10, 40]])   // 0.6
///
/// E holds what independent answers with the same margins would give, d how much a disagreement counts.
///
/// - Parameters:
///   - table: Square: counts by first and second answer, 0 or more, options in order.
///   - weights: For ordinal answers linear or quadratic.
/// - Returns: -1...1, 0 as by chance; `nil` where chance alone agrees always (both are one constant) or without counts.
/// - Complexity: O(k^2).
/// - Source: Cohen 1960, doi:10.1177/001316446002000104; with weights Cohen 1968, doi:10.1037/h0026256.
public func cohensKappa(_ table: [[Double]], weights: KappaWeights = .equal) -> Double? {
    precondition(table.allSatisfy { $0.count == table.count && $0.allSatisfy { $0 >= 0 } }, "a square table of counts")
    let rows = table.map { $0.reduce(0, +) }
    let columns = table.indices.map { column in table.reduce(0) { $0 + $1[column] } }
    let n = rows.reduce(0, +)
    guard n > 0 else { return nil }
    var (seen, chance) = (0.0, 0.0)
    for row in table.indices {
        for column in table.indices {
            let weight = weights.disagreement(row, column)
            seen += weight * table[row][column]
            chance += weight * rows[row] * columns[column] / n
        }
    }
    return chance > 0 ? 1 - seen / chance : nil
}

/// The same from pairs of answers, each 0..<options.
public func cohensKappa(_ a: [Int], _ b: [Int], options: Int, weights: KappaWeights = .equal) -> Double? {
    cohensKappa(crossTable(a, b, rows: options, columns: options), weights: weights)
}

/// Counts of pairs, or sums of their weights; a pair with a `nil` is left out.
public func crossTable(
    _ a: [Int?], _ b: [Int?], rows: Int, columns: Int, weights: [Double]? = nil
) -> [[Double]] {
    precondition(a.count == b.count && weights.map { $0.count == a.count } != false, "pairs")
    var table = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows)
    for place in a.indices {
        if let row = a[place], let column = b[place] { table[row][column] += weights?[place] ?? 1 }
    }
    return table
}
