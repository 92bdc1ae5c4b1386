/// One study done many times over, with something else each time: the `sweep` of a study file.
public struct Sweep: Hashable, Sendable {
    /// What is done in every cell.
    public enum Procedure: String, CaseIterable, Sendable {
        case run, poll, experiment, study

        /// What may vary, and what the command that does it calls it.
        public var axes: [Axis] {
            switch self {
            case .run: [.seed, .model, .world, .until]
            case .poll: [.seed, .model, .panel, .persona, .survey, .method, .askAs, .order]
            case .experiment: [.seed, .model, .experiment, .sessions, .method]
            case .study: [.seed, .model, .people]
            }
        }
    }

    /// Something that varies from cell to cell.
    public enum Axis: String, CaseIterable, Sendable {
        case seed, model, world, panel, persona, experiment, survey, until, method
        case askAs = "ask as"
        case order, people, sessions

        /// Whether its values name what the procedure is done to.
        public var isTarget: Bool { [.world, .panel, .persona, .experiment].contains(self) }

        /// `--ask-as`; of a target nothing, as it stands by itself.
        public var option: String? { isTarget ? nil : "--" + rawValue.replacing(" ", with: "-") }
    }

    /// One value of an axis.
    public struct Value: Hashable, Sendable {
        /// As the command line takes it; a file from the study's root.
        public var text: String
        /// Of a model that servers have.
        public var servers: [String]

        public init(_ text: String, servers: [String] = []) {
            self.text = text
            self.servers = servers
        }

        /// `my-model at http://127.0.0.1:8000/v1`
        public var shown: String { servers.isEmpty ? text : "\(text) at \(servers.joined(separator: " "))" }
    }

    public struct Dimension: Hashable, Sendable {
        public var axis: Axis
        /// At least one, none twice, in the order of the file.
        public var values: [Value]

        public init(_ axis: Axis, _ values: [Value]) {
            self.axis = axis
            self.values = values
        }
    }

    /// The most cells of one sweep.
    public static let mostCells = 10_000

    /// The file's stem.
    public var id: String
    public var title: String
    public var procedure: Procedure
    /// What it is done to, from the study's root; `nil` where an axis says. Of a paper's design the file itself.
    public var target: String?
    /// What is the same in every cell.
    public var fixed: [Dimension]
    /// Question ids of a poll; all that the poll would ask where `nil`.
    public var questions: [String]?
    /// In the order of the file.
    public var dimensions: [Dimension]

    public init(
        id: String, title: String, procedure: Procedure, target: String?, fixed: [Dimension] = [],
        questions: [String]? = nil, dimensions: [Dimension]
    ) {
        self.id = id
        self.title = title
        self.procedure = procedure
        self.target = target
        self.fixed = fixed
        self.questions = questions
        self.dimensions = dimensions
    }

    /// The values of every cell, one of each dimension: the product in the order of the file, the last axis fastest.
    ///
    ///     seed: 1..2, model: [a, b]   // (1, a), (1, b), (2, a), (2, b)
    public var combinations: [[Value]] {
        dimensions.reduce([[]]) { made, dimension in
            made.flatMap { before in dimension.values.map { before + [$0] } }
        }
    }
}
