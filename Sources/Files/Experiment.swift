public import Agents

/// Treatments put to simulated subjects beside the human result: an `experiment` file.
public struct Experiment: Hashable, Sendable {
    public enum Subjects: Hashable, Sendable {
        /// The model as it is, so many independent times.
        case nobody
        case panel(Panel)
        /// In the file's order.
        case personas([Persona])
    }

    /// Something that differs between cells: the arms, a varied variable, the endowments.
    public struct Factor: Codable, Hashable, Sendable {
        /// `arm`, `endowment`, or the varied variable.
        public var name: String
        public var levels: [Level]
    }

    public struct Level: Codable, Hashable, Sendable {
        public var name: String
        /// What texts are filled with, in the file's order.
        public var variables: [Variable]
    }

    public struct Variable: Codable, Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }

    /// A variable drawn for each subject, the same in every cell.
    public struct Drawn: Codable, Hashable, Sendable {
        public var variable: String
        /// Equally likely.
        public var values: [String]
    }

    /// Which cells: those whose factors and arm's variables have these values, in the file's order.
    public struct Selection: Codable, Hashable, Sendable {
        public var values: [Variable]

        public init(values: [Variable]) { self.values = values }
    }

    /// A difference between cells, named before anything was asked.
    public struct Comparison: Codable, Hashable, Sendable {
        public var measure: Measure
        public var of: Selection
        public var against: Selection

        public init(measure: Measure, of: Selection, against: Selection) {
            (self.measure, self.of, self.against) = (measure, of, against)
        }
    }

    /// An analysis over many cells, named before anything was asked.
    public enum Analysis: Codable, Hashable, Sendable {
        /// Whether a measure rises or falls with a factor whose levels are numbers or stand in order, within each
        /// combination of others.
        case trend(Measure, over: String, by: [String])
        /// Least squares of a measure on factors, `a:b` for how they interact; errors by subject.
        case regression(Measure, on: [String])
        /// The mixture of types nearest to the human baseline.
        case mixture(Measure, over: String, types: [MixtureType], typesOf: String?)
    }

    /// What somebody of a type does at each level of a factor.
    public struct MixtureType: Codable, Hashable, Sendable {
        public struct Cell: Codable, Hashable, Sendable {
            public var level: String
            /// 0...1.
            public var share: Double
            /// What it would be if a tie were broken the other way; `nil` where there is no tie.
            public var otherwise: Double?
        }

        public var name: String
        /// In the factor's order.
        public var cells: [Cell]
    }

    /// Results from elsewhere, cell by cell: of people, or of the paper's model.
    public struct Baseline: Codable, Hashable, Sendable {
        public struct Figure: Codable, Hashable, Sendable {
            public var measure: Measure
            /// Empty for all cells.
            public var cells: Selection
            public var value: Double
            /// Subjects, where known.
            public var n: Int?
            public var note: String?
            /// Quoted from memory, not read in the source: said wherever it is shown.
            public var fromMemory: Bool
        }

        public var source: String
        public var figures: [Figure]
        /// What was found besides, a sentence each.
        public var findings: [String]
    }

    /// The file's stem.
    public var id: String
    public var title: String
    /// The question it answers, in a sentence.
    public var asks: String?
    /// The paper, as it is cited.
    public var source: String?
    public var subjects: Subjects
    /// The files they come from, from the study's root.
    public var people: [String]
    public var seed: UInt64
    /// Subjects in every cell: people drawn from the panel, or independent times; `nil` where personas are named.
    public var sessions: Int?
    /// Times that a subject decides in every cell.
    public var repeats: Int
    public var situation: String
    /// Of a game, what is measured of it.
    public var decisions: [Decision]
    /// `nil` where subjects decide each for themselves.
    public var game: GameRules? = nil
    /// `arm` first, then what is varied, then `endowment`; may be empty.
    public var factors: [Factor]
    public var drawn: [Drawn]
    /// Every cell in both orders of the options.
    public var swap: Bool
    /// Options in an order drawn for each subject, the same in every cell.
    public var shuffle: Bool
    public var method: ElicitationMethod?
    public var comparisons: [Comparison]
    public var analyses: [Analysis]
    public var humans: Baseline?
    public var paper: Baseline?
    /// What is not as in the paper, a sentence each.
    public var differs: [String]

    public static let arm = "arm"
    public static let endowment = "endowment"
}

extension Experiment {
    /// One combination of levels.
    public struct Cell: Hashable, Sendable {
        /// From 0, in the order of ``Experiment/cells``.
        public var number: Int
        /// Of every factor, in their order.
        public var levels: [Variable]
        /// What texts are filled with, by name.
        public var variables: [String: String]

        /// A factor's level, or a variable of it.
        public func value(_ name: String) -> String? { levels.first { $0.name == name }?.value ?? variables[name] }

        /// `tax`, or `price 20, verb raises`: the arm's name alone, other levels with their factor's.
        public var label: String {
            levels.map { $0.name == Experiment.arm || $0.name == Experiment.endowment ? $0.value : "\($0.name) \($0.value)" }
                .joined(separator: ", ")
        }

        public func isIn(_ selection: Selection) -> Bool { selection.values.allSatisfy { value($0.name) == $0.value } }
    }

    /// All combinations of levels, the last factor's changing first.
    public var cells: [Cell] { Self.cells(of: factors) }

    static func cells(of factors: [Factor]) -> [Cell] {
        var cells = [Cell(number: 0, levels: [], variables: [:])]
        for factor in factors {
            cells = cells.flatMap { cell in
                factor.levels.map { level in
                    var next = cell
                    next.levels.append(Variable(name: factor.name, value: level.name))
                    for variable in level.variables { next.variables[variable.name] = variable.value }
                    return next
                }
            }
        }
        return cells.enumerated().map { number, cell in
            var cell = cell
            cell.number = number
            return cell
        }
    }

    public func decision(_ name: String) -> Decision? { decisions.first { $0.name == name } }

    /// Every text of an encounter that may hold variables.
    var templates: [String] { [situation] + (game?.rules.map(\.text) ?? []) + decisions.flatMap(\.templates) }

    /// What the comparisons and analyses are about, word for word: what its digest is taken of.
    public struct Plan: Codable, Hashable, Sendable {
        public var situation: String
        public var decisions: [Decision]
        public var game: GameRules?
        public var factors: [Factor]
        public var drawn: [Drawn]
        public var comparisons: [Comparison]
        public var analyses: [Analysis]
        public var humans: Baseline?
    }

    public var plan: Plan {
        Plan(
            situation: situation, decisions: decisions, game: game, factors: factors, drawn: drawn, comparisons: comparisons,
            analyses: analyses, humans: humans)
    }
}
