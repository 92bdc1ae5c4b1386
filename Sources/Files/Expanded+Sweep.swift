extension Loaded where Value == Sweep {
    /// The file with every default spelled out; reads back as the same value. Of a paper's design only the sweep.
    public var expanded: String {
        var entries: [(String, YAMLValue)] = []
        if value.procedure != .study {
            entries.append(("study", .text(value.title)))
            if let target = value.target { entries.append((value.procedure.rawValue, .text(target))) }
            entries += value.fixed.map { ($0.axis.rawValue, $0.values[0].yaml) }
            if let questions = value.questions { entries.append(("questions", .texts(questions))) }
        }
        let axes = value.dimensions.map { ($0.axis.rawValue, $0.yaml) }
        return YAMLValue.map(entries + [("sweep", .map(axes))]).printed
    }
}

extension Sweep.Value {
    fileprivate var yaml: YAMLValue {
        servers.isEmpty ? .text(text) : .map([("name", .text(text)), ("server", .texts(servers))])
    }
}

extension Sweep.Dimension {
    fileprivate var yaml: YAMLValue {
        let numbers = values.compactMap { Int($0.text) }
        guard [.seed, .people, .sessions].contains(axis), numbers.count == values.count else { return .list(values.map(\.yaml)) }
        // Read the same way, `1..20` is twenty seeds.
        if axis == .seed, let first = numbers.first, numbers.count > 2, numbers == Array(first..<first + numbers.count) {
            return .word("\(first)..\(first + numbers.count - 1)")
        }
        return .list(numbers.map { .number($0) })
    }
}
