/// The share of a population that has certain values of some variables.
public struct PopulationCell: Codable, Hashable, Sendable {
    /// One a variable, in the variables' order.
    public var values: [String]
    /// 0 or more; divided by the sum over cells.
    public var share: Double

    public init(values: [String], share: Double) {
        self.values = values
        self.share = share
    }
}

/// Weights that meet a population's full crossing of variables.
public struct PostStratification: Hashable, Sendable {
    public enum SmallCells: Hashable, Sendable {
        /// A population cell that nobody is in is an error.
        case refuse
        /// A cell with fewer people is merged with the one that agrees with it on the most leading variables; among
        /// equals, with the one of fewest people, then the first. So name the variables that matter most first.
        case collapse(below: Int)
    }

    public var variables: [String]
    public var cells: [PopulationCell]
    public var smallCells: SmallCells

    public init(variables: [String], cells: [PopulationCell], smallCells: SmallCells = .refuse) {
        self.variables = variables
        self.cells = cells
        self.smallCells = smallCells
    }

    private struct Merged {
        var cells: [Int]
        var people: Int
    }

    /// Weights of people times target over current share of their cell; `emptyCells` lists what was merged.
    ///
    /// - Complexity: O(n + cells^3) at worst.
    /// - Source: Holt and Smith 1979, "Post Stratification", doi:10.2307/2344652.
    public func weights(
        of people: [[String: String]], weights: [Double]
    ) throws(AdjustmentError) -> AdjustedWeights {
        guard people.count == weights.count else { throw .misshapen("There is not one weight a person") }
        guard !people.isEmpty else { throw .tooFew("people") }
        let place = try places(of: people)
        var counts = [Int](repeating: 0, count: cells.count)
        for cell in place { counts[cell] += 1 }
        let (groups, merged) = try groups(counts)
        var groupOfCell = [Int](repeating: 0, count: cells.count)
        for (number, group) in groups.enumerated() { for cell in group.cells { groupOfCell[cell] = number } }
        var (current, target) = ([Double](repeating: 0, count: groups.count), [Double](repeating: 0, count: groups.count))
        for (cell, weight) in zip(place, weights) { current[groupOfCell[cell]] += weight }
        for (number, cell) in cells.enumerated() { target[groupOfCell[number]] += cell.share }
        let adjusted = zip(place, weights).map { cell, weight in
            weight * target[groupOfCell[cell]] / current[groupOfCell[cell]]
        }
        return AdjustedWeights(weights: adjusted, before: weights, sweeps: 1, emptyCells: merged)
    }

    private func places(of people: [[String: String]]) throws(AdjustmentError) -> [Int] {
        guard cells.allSatisfy({ $0.values.count == variables.count }) else {
            throw .misshapen("A population cell has not one value a variable")
        }
        let index = Dictionary(zip(cells.map(\.values), cells.indices), uniquingKeysWith: { first, _ in first })
        guard cells.allSatisfy({ $0.share >= 0 && $0.share.isFinite }), cells.contains(where: { $0.share > 0 }),
            index.count == cells.count
        else { throw .wrongTargets("the crossing of \(variables.joined(separator: ", "))") }
        for variable in variables {
            let missing = people.count { $0[variable] == nil }
            guard missing == 0 else { throw .missingValues(variable: variable, count: missing) }
        }
        var (places, unknown) = ([Int](), [String]())
        for person in people {
            let values = variables.map { person[$0] ?? "" }
            if let cell = index[values], cells[cell].share > 0 {
                places.append(cell)
            } else if !unknown.contains(values.joined(separator: ", ")) {
                unknown.append(values.joined(separator: ", "))
            }
        }
        guard unknown.isEmpty else { throw .unknownCells(unknown) }
        return places
    }

    private func groups(_ counts: [Int]) throws(AdjustmentError) -> (groups: [Merged], merged: [String]) {
        var groups = cells.indices.filter { cells[$0].share > 0 }.map { Merged(cells: [$0], people: counts[$0]) }
        let least = if case .collapse(let below) = smallCells { max(1, below) } else { 1 }
        var merged: [String] = []
        while let small = groups.firstIndex(where: { $0.people < least }) {
            if case .refuse = smallCells {
                throw .emptyCells(groups.filter { $0.people == 0 }.map { cells[$0.cells[0]].values.joined(separator: ", ") })
            }
            guard groups.count > 1 else { throw .tooFew("people in all cells together") }
            let other = groups.indices.filter { $0 != small }.min { a, b in
                let (left, right) = (agreement(groups[small], groups[a]), agreement(groups[small], groups[b]))
                return (-left, groups[a].people, a) < (-right, groups[b].people, b)
            }
            guard let other else { break }
            let names = { (group: Merged) in
                group.cells.map { self.cells[$0].values.joined(separator: ", ") }.joined(separator: " + ")
            }
            merged.append("\(names(groups[small])) -> \(names(groups[other]))")
            let gone = groups[small]
            groups[other].cells += gone.cells
            groups[other].people += gone.people
            groups.remove(at: small)
        }
        return (groups, merged)
    }

    /// The most leading variables on which a cell of one agrees with a cell of the other.
    private func agreement(_ a: Merged, _ b: Merged) -> Int {
        var most = 0
        for left in a.cells {
            for right in b.cells {
                most = max(most, zip(cells[left].values, cells[right].values).prefix { $0 == $1 }.count)
            }
        }
        return most
    }
}
