/// What an outcome is regressed on.
public enum RegressionVariable: Hashable, Sendable {
    /// Of each row.
    case number([Double])
    /// Of each row, one of the levels; the first level is the reference that others are told from.
    case factor([String], levels: [String])

    var count: Int {
        switch self {
        case .number(let values): values.count
        case .factor(let values, _): values.count
        }
    }
}

/// The columns of a regression, made from variables and the terms of a formula.
///
///     try RegressionDesign(
///         ["price": .number([16, 20]), "verb": .factor(["raises", "changes"], levels: ["raises", "changes"])],
///         terms: ["price", "verb"])
///     // (intercept), price, verb=changes
///
/// A factor becomes a column of 0 and 1 for each level but the first; `a:b` the products of the columns of `a` and `b`.
///
/// - Source: Chambers and Hastie 1992, "Statistical Models in S", chapter 2, with treatment contrasts.
public struct RegressionDesign: Hashable, Sendable {
    public static let intercept = "(intercept)"

    /// Of the columns: `(intercept)`, `price`, `politics=leftist`, `price:politics=leftist`.
    public let names: [String]
    /// Values by row, then column.
    public let rows: [[Double]]

    /// - Parameters:
    ///   - variables: All of one length.
    ///   - terms: In the order of the columns; the intercept comes first by itself.
    /// - Complexity: O(rows columns).
    public init(_ variables: [String: RegressionVariable], terms: [String]) throws(RegressionError) {
        var columns: [(name: String, values: [Double])] = []
        var count: Int?
        for term in terms {
            let parts = term.split(separator: ":").map { String($0).trimmingSpaces }
            guard !parts.isEmpty else { throw .unknownVariable(term) }
            var products: [(name: String, values: [Double])] = []
            for part in parts {
                guard let variable = variables[part] else { throw .unknownVariable(part) }
                guard count == nil || count == variable.count else {
                    throw .misshapen("'\(part)' has \(variable.count) rows, the variables before it \(count ?? 0)")
                }
                count = variable.count
                if parts.count > 1, !terms.contains(where: { $0.trimmingSpaces == part }) {
                    throw .missingPart(term: term, part: part)
                }
                let own = try Self.columns(part, variable)
                products = products.isEmpty ? own : products.flatMap { left in
                    own.map { ("\(left.name):\($0.name)", zip(left.values, $0.values).map { $0 * $1 }) }
                }
            }
            columns += products
        }
        guard let count else { throw .misshapen("A regression needs a term") }
        names = [Self.intercept] + columns.map(\.name)
        rows = (0..<count).map { row in [1] + columns.map { $0.values[row] } }
    }

    private static func columns(
        _ name: String, _ variable: RegressionVariable
    ) throws(RegressionError) -> [(name: String, values: [Double])] {
        switch variable {
        case .number(let values):
            if let row = values.firstIndex(where: { !$0.isFinite }) { throw .notANumber(column: name, row: row) }
            return [(name, values)]
        case .factor(let values, let levels):
            if let strange = values.first(where: { !levels.contains($0) }) {
                throw .unknownLevel(variable: name, level: strange)
            }
            let seen = Set(values)
            if let empty = levels.first(where: { !seen.contains($0) }) {
                throw .emptyLevel(variable: name, level: empty)
            }
            return levels.dropFirst().map { level in ("\(name)=\(level)", values.map { $0 == level ? 1 : 0 }) }
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
