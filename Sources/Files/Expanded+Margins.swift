internal import Agents
internal import Surveys

extension PanelAdjustment {
    var yaml: [(String, YAMLValue)] {
        let source: [(String, YAMLValue)] = source.map { [("margins source", .text($0))] } ?? []
        switch target {
        case .margins(let margins):
            let shares = margins.map { margin in
                (margin.variable, YAMLValue.map(margin.targets.map { ($0.category, .number($0.share)) }))
            }
            return [("margins", .map(shares))] + source
        case .crossing(let variables, let cells, let least):
            var entries: [(String, YAMLValue)] = [("by", .texts(variables)), ("cells", Self.nested(cells[...], 0))]
            if let least { entries.append(("collapse below", .number(least))) }
            return [("post-stratify", .map(entries))] + source
        }
    }

    /// Cells that agree on a value follow each other, as they were read from nested mappings.
    private static func nested(_ cells: ArraySlice<PopulationCell>, _ depth: Int) -> YAMLValue {
        var (entries, rest) = ([(String, YAMLValue)](), cells)
        while let first = rest.first {
            let value = first.values[depth]
            let same = rest.prefix { $0.values[depth] == value }
            entries.append((value, depth + 1 == first.values.count ? .number(first.share) : nested(same, depth + 1)))
            rest = rest[same.endIndex...]
        }
        return .map(entries)
    }
}
