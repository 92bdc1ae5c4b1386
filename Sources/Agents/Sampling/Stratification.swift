/// A draw within groups, each of which fills places of its own.
public struct Stratification: Codable, Hashable, Sendable {
    public enum Allocation: String, Codable, Hashable, Sendable, CaseIterable {
        /// Places by share of the universe, weighted where the panel is, rounded by largest remainder.
        case proportional
        /// The same number of places each; personas then carry the weight that restores the population.
        case equal
    }

    /// The survey's variable whose cells are the groups.
    public var variable: String
    public var allocation: Allocation

    public init(variable: String, allocation: Allocation = .proportional) {
        self.variable = variable
        self.allocation = allocation
    }

    /// Whole places that add up to `size`, as near to shares of it as whole numbers come: each share rounded down, then
    /// one more for the largest remainders, the first of equal ones.
    ///
    ///     Stratification.largestRemainder([5, 3, 2], size: 7)   // [4, 2, 1], of 3.5, 2.1 and 1.4
    ///
    /// - Parameter masses: Not negative, not all 0.
    /// - Source: Hamilton's method; Balinski and Young 1982, "Fair Representation".
    static func largestRemainder(_ masses: [Double], size: Int) -> [Int] {
        let total = masses.reduce(0, +)
        let quotas = masses.map { $0 / total * Double(size) }
        // A quota that rounding left just below a whole number is that number.
        var places = quotas.map { Int(($0 + 1e-9).rounded(.down)) }
        let byRemainder = quotas.indices.sorted {
            let (a, b) = (quotas[$0] - Double(places[$0]), quotas[$1] - Double(places[$1]))
            return abs(a - b) > 1e-9 ? a > b : $0 < $1
        }
        for index in byRemainder.prefix(max(0, size - places.reduce(0, +))) { places[index] += 1 }
        return places
    }
}
