internal import Kernel
internal import Surveys

extension SiliconSample {
    /// People of every stratum, strata in the codebook's order, each drawn from a stream of its own.
    ///
    /// - Parameter people: Everybody in the universe, sorted.
    /// - Returns: With the weight that restores the population over the panel: 1 where places are proportional; under
    ///   equal allocation S W_s / W, for S strata and the stratum's part W_s of the universe's people or weights W.
    ///   Its mean is 1.
    /// - Source: Cochran 1977, "Sampling Techniques", chapter 5.
    static func stratified(
        _ people: [Respondent], by strata: Stratification, panel: Panel, codebook: Codebook
    ) throws(PanelError) -> [(person: Respondent, weight: Double)] {
        var groups: [String: [Respondent]] = [:]
        for person in people { groups[person.variables[strata.variable] ?? "", default: []].append(person) }
        if let outside = groups[""] {
            throw .noStratum(panel: panel.id, variable: strata.variable, respondents: outside.count)
        }
        let known = codebook.variable(strata.variable)?.cells ?? []
        let rest = groups.keys.filter { !known.contains($0) }.sorted(by: precedes)
        let cells = known.filter { groups[$0] != nil } + rest
        let masses = cells.map { cell in
            (groups[cell] ?? []).reduce(0) { $0 + (panel.weighted ? $1.weight : 1) }
        }
        let places: [Int]
        switch strata.allocation {
        case .proportional: places = Stratification.largestRemainder(masses, size: panel.size)
        case .equal:
            guard panel.size.isMultiple(of: cells.count) else {
                throw .unevenStrata(panel: panel.id, size: panel.size, strata: cells.count)
            }
            places = cells.map { _ in panel.size / cells.count }
        }
        let total = masses.reduce(0, +)
        var drawn: [(person: Respondent, weight: Double)] = []
        for (index, cell) in cells.enumerated() {
            let group = groups[cell] ?? []
            if !panel.withReplacement, places[index] > group.count {
                throw .tooFewInStratum(
                    panel: panel.id, stratum: cell, size: places[index], available: group.count)
            }
            let weight = strata.allocation == .equal ? Double(cells.count) * masses[index] / total : 1
            var stream = RandomStream(seed: panel.seed, "panel/\(panel.id)", "stratum", cell)
            drawn += try fill(places[index], from: group, panel: panel, using: &stream).map { ($0, weight) }
        }
        return drawn
    }
}

extension Variable {
    /// The cells that the data may hold, in the codebook's order; empty for a number.
    fileprivate var cells: [String] {
        switch kind {
        case .number: []
        case .categories(let values): values
        case .coded(let codes): codes.map(\.code)
        }
    }
}
