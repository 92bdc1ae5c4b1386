internal import Agents
internal import LanguageModels

extension Loaded where Value == Experiment {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        var entries: [(String, YAMLValue)] = [("experiment", .text(value.title))]
        if let asks = value.asks { entries.append(("asks", .text(asks))) }
        if let source = value.source { entries.append(("source", .text(source))) }
        switch value.subjects {
        case .nobody: break
        case .panel: entries.append(("panel", .text(value.people.first ?? "")))
        case .personas: entries.append(("personas", .texts(value.people)))
        }
        entries.append(("seed", .word(String(value.seed))))
        if let sessions = value.sessions { entries.append(("sessions", .number(sessions))) }
        entries += [
            ("repeats", .number(value.repeats)), ("situation", .text(value.situation)),
            value.game.map { ("game", $0.yaml) } ?? ("decision", .map(value.decisions.map { ($0.name, $0.yaml) })),
        ]
        for factor in value.factors where factor.name == Experiment.arm {
            entries.append(("arms", .map(factor.levels.map { level in
                (level.name, .map(level.variables.map { ($0.name, .text($0.value)) }))
            })))
        }
        let varied = value.factors.filter { ![Experiment.arm, Experiment.endowment].contains($0.name) }
        if !varied.isEmpty { entries.append(("vary", .map(varied.map { ($0.name, $0.yaml) }))) }
        for factor in value.factors where factor.name == Experiment.endowment { entries.append(("endowments", factor.yaml)) }
        entries += [
            ("drawn", .map(value.drawn.map { ($0.variable, .texts($0.values)) })),
            ("swap", .word(value.swap ? "true" : "false")), ("shuffle", .word(value.shuffle ? "true" : "false")),
        ]
        if let method = value.method { entries.append(("method", .word(method.rawValue))) }
        entries += [
            ("compare", .list(value.comparisons.map { comparison in
                .map([
                    ("measure", .text(comparison.measure.text)), ("arm", comparison.of.yaml),
                    ("against", comparison.against.yaml),
                ])
            })),
            ("analyses", .list(value.analyses.map(\.yaml))),
        ]
        if let humans = value.humans { entries.append(("human baseline", humans.yaml)) }
        if let paper = value.paper { entries.append(("paper", paper.yaml)) }
        entries += [("differs", .texts(value.differs)), ("model", models.speaker.yaml)]
        return YAMLValue.map(entries).printed
    }
}

extension Decision {
    fileprivate var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [("ask", .text(ask))]
        if let say { entries.append(("say", .text(say))) }
        switch kind {
        case .choice(let options, let labels):
            entries.append(("options", .map(options.map { ($0.name, $0.yaml) })))
            if !labels.isEmpty { entries.append(("labels", .texts(labels))) }
        case .integer(let low, let high): entries.append(("integer", .word("\(low) to \(high)")))
        case .amount(let low, let high): entries.append(("amount", .word("\(shortest(low)) to \(shortest(high))")))
        case .split(let total, let parts):
            entries.append(("split", .map([("total", .number(total)), ("between", .texts(parts))])))
        case .text(let codes): entries.append(("text", .map(codes.map { ($0.name, .texts($0.words)) })))
        }
        return .map(entries)
    }
}

extension Decision.Option {
    fileprivate var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [("text", .text(text))]
        if let fills { entries.append(("fills", .text(fills))) }
        if !worth.isEmpty { entries.append(("worth", .map(worth.map { ($0.name, .text($0.amount)) }))) }
        return .map(entries)
    }
}

extension Experiment.Factor {
    /// Of a factor whose levels have one variable each.
    fileprivate var yaml: YAMLValue { .map(levels.map { ($0.name, .text($0.variables.first?.value ?? "")) }) }
}

extension Experiment.Selection {
    fileprivate var yaml: YAMLValue { .map(values.map { ($0.name, .text($0.value)) }) }
}

extension Experiment.Analysis {
    fileprivate var yaml: YAMLValue {
        switch self {
        case .trend(let measure, let over, let by):
            return .map([("trend", .text(measure.text)), ("over", .text(over)), ("by", .texts(by))])
        case .regression(let measure, let terms):
            return .map([("regression", .text(measure.text)), ("on", .texts(terms))])
        case .mixture(let measure, let over, let types, let typesOf):
            var entries: [(String, YAMLValue)] = [
                ("mixture", .text(measure.text)), ("over", .text(over)),
                ("types", .map(types.map { type in
                    (type.name, .map(type.cells.map { cell in
                        (cell.level, .word(shortest(cell.share) + (cell.otherwise.map { " or \(shortest($0))" } ?? "")))
                    }))
                })),
            ]
            if let typesOf { entries.append(("types of", .text(typesOf))) }
            return .map(entries)
        }
    }
}

extension Experiment.Baseline {
    fileprivate var yaml: YAMLValue {
        var entries: [(String, YAMLValue)] = [("source", .text(source))]
        var measures: [Measure] = []
        for figure in figures where !measures.contains(figure.measure) { measures.append(figure.measure) }
        for measure in measures {
            entries.append((measure.text, .list(figures.filter { $0.measure == measure }.map { figure in
                var entries = figure.cells.values.map { ($0.name, YAMLValue.text($0.value)) }
                entries.append(("value", .number(figure.value)))
                if let n = figure.n { entries.append(("n", .number(n))) }
                if let note = figure.note { entries.append(("note", .text(note))) }
                entries.append(("from memory", .word(figure.fromMemory ? "true" : "false")))
                return .map(entries)
            })))
        }
        return .map(entries + [("findings", .texts(findings))])
    }
}
