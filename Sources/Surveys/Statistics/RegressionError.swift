/// Why a regression cannot be made.
public enum RegressionError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownVariable(String)
    /// Of a factor: a value that is none of its levels.
    case unknownLevel(variable: String, level: String)
    /// Of a factor: a level that no row has.
    case emptyLevel(variable: String, level: String)
    /// Of an interaction: a part of it that is no term of its own.
    case missingPart(term: String, part: String)
    /// A column that the others, or none, make up: 0 in every row where there are none.
    case collinear(String, with: [String])
    case notANumber(column: String, row: Int)
    case misshapen(String)
    case tooFewRows(rows: Int, columns: Int)
    /// Errors that follow clusters cannot be known from one.
    case oneCluster

    public var description: String {
        func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
        return switch self {
        case .unknownVariable(let name): "There is no variable '\(name)' to regress on."
        case .unknownLevel(let variable, let level): "'\(level)' is none of the levels of '\(variable)'."
        case .emptyLevel(let variable, let level): "No row has '\(variable)' at '\(level)': drop the level."
        case .missingPart(let term, let part): "The interaction '\(term)' needs '\(part)' as a term too."
        case .collinear(let name, let others):
            others.isEmpty
                ? "'\(name)' is 0 in every row: drop it."
                : "'\(name)' is made up of \(list(others)): drop one of them."
        case .notANumber(let column, let row): "'\(column)' is not a number in row \(row + 1)."
        case .misshapen(let what): "\(what)."
        case .tooFewRows(let rows, let columns): "\(rows) rows are too few for \(columns) coefficients."
        case .oneCluster: "All rows are in one cluster, from which no error can be estimated."
        }
    }
}
