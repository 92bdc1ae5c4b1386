/// Why people cannot be weighted, modelled or calibrated as asked.
public enum AdjustmentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody is in a cell that the population has, or that many fewer than are needed.
    case emptyCells([String])
    /// People are in a cell of which the population has nobody.
    case unknownCells([String])
    /// So many people have no value of a variable.
    case missingValues(variable: String, count: Int)
    /// A target is negative or not a number, or targets sum to nothing.
    case wrongTargets(String)
    /// Margins that contradict each other on these people: how far the worst category's share is off, 0...1.
    case noConvergence(off: Double)
    /// Too few people, answers, questions, folds or candidates.
    case tooFew(String)
    /// Arrays or shares that do not fit one another.
    case misshapen(String)
    /// Ordinal and nominal questions have different similarities and are never averaged: calibrate them apart.
    case mixedScales
    /// The model was tuned on these questions or respondents, so that a report on them would flatter it.
    case tunedOnReported([String])

    public var description: String {
        func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
        return switch self {
        case .emptyCells(let cells): "Nobody, or too few people, are in \(list(cells)); collapse cells or drop the target."
        case .unknownCells(let cells): "People are in \(list(cells)), for which there is no target above 0."
        case .missingValues(let variable, let count): "\(count) have no value of '\(variable)'."
        case .wrongTargets(let what): "The targets of \(what) are not shares: each must be 0 or more, their sum above 0."
        case .noConvergence(let off): "Raking does not settle: no weights of these people meet all margins (off by \(off))."
        case .tooFew(let what): "There are too few \(what)."
        case .misshapen(let what): "\(what)."
        case .mixedScales: "Ordinal and nominal questions are calibrated apart: their similarities are never averaged."
        case .tunedOnReported(let names): "The model was tuned on \(list(names)): it is not judged on the same."
        }
    }
}
