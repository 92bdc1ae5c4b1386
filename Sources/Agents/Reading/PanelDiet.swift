/// What the people of a panel read: all the same, or each what the value of a variable says.
public enum PanelDiet: Codable, Hashable, Sendable {
    case everybody(Diet)
    case by(variable: String, groups: [Group])

    public struct Group: Codable, Hashable, Sendable {
        /// The cell of the data.
        public var value: String
        public var diet: Diet

        public init(value: String, diet: Diet) {
            self.value = value
            self.diet = diet
        }
    }

    /// What somebody with these variables reads; `nil` for who reads nothing.
    public func diet(of variables: [String: String]) -> Diet? {
        switch self {
        case .everybody(let diet): diet
        case .by(let variable, let groups): groups.first { $0.value == variables[variable] }?.diet
        }
    }

    /// The diet group of somebody with these variables; `nil` where the variable is missing.
    public func group(of variables: [String: String]) -> String? {
        if case .by(let variable, _) = self, variables[variable] == nil { return nil }
        return diet(of: variables)?.group ?? Diet.nothing
    }
}
