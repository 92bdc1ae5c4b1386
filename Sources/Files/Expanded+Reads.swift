internal import Agents
internal import Kernel

extension Diet {
    /// Sources with their shares, then what is read of them.
    var yaml: YAMLValue { .map(sources + habit.yaml) }

    fileprivate var sources: [(String, YAMLValue)] { portions.map { ($0.source.path, .number($0.share)) } }
}

extension Diet.Habit {
    fileprivate var yaml: [(String, YAMLValue)] {
        let entries: [(String, YAMLValue)] = [
            ("articles", .number(articles)), ("within", .word(within.description)), ("length", .word("\(length) tokens")),
        ]
        return entries + (asOf.map { [("as of", .word($0.description))] } ?? [])
    }
}

extension PanelDiet {
    private static func entries(_ variable: String, _ groups: [Group]) -> [(String, YAMLValue)] {
        var entries: [(String, YAMLValue)] = [("by", .text(variable))]
        for group in groups { entries.append((group.value, .map(group.diet.sources))) }
        return entries + (groups.first?.diet.habit.yaml ?? [])
    }

    var yaml: YAMLValue {
        switch self {
        case .everybody(let diet): diet.yaml
        case .by(let variable, let groups):
            .map(Self.entries(variable, groups))
        }
    }
}
