/// Which respondents a claim is about: all conditions hold.
public struct Universe: Codable, Hashable, Sendable {
    public enum Condition: Codable, Hashable, Sendable {
        /// The cell is one of these values, as the data write them.
        case oneOf(variable: String, values: [String])
        /// The cell is a whole number in this closed range.
        case between(variable: String, low: Int, high: Int)

        public var variable: String {
            switch self {
            case .oneOf(let variable, _), .between(let variable, _, _): variable
            }
        }
    }

    public var conditions: [Condition]

    public init(conditions: [Condition] = []) {
        self.conditions = conditions
    }

    /// A respondent whose cell is missing is outside.
    public func contains(_ respondent: Respondent) -> Bool {
        conditions.allSatisfy { condition in
            switch condition {
            case .oneOf(let variable, let values):
                respondent.variables[variable].map(values.contains) ?? false
            case .between(let variable, let low, let high):
                respondent.variables[variable].flatMap { Int($0) }.map { (low...high).contains($0) } ?? false
            }
        }
    }
}
