internal import Agents
internal import Yams

extension Loading {
    /// What a figure of a baseline has besides the cells it is of.
    static let figureKeys = ["value", "n", "note", "from memory"]

    func comparison(_ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Experiment.Comparison? {
        guard let fields = Fields(node, "a comparison", .comparison, reader) else { return nil }
        let measure = fields.required("measure").flatMap { self.measure($0, experiment, reader) }
        let of = fields.required("arm").flatMap { selection($0, experiment, reader) }
        let against = fields.required("against").flatMap { selection($0, experiment, reader) }
        guard let measure, let of, let against else { return nil }
        if of == against { reader.report(fields["against"], "a comparison of cells with themselves") }
        return Experiment.Comparison(measure: measure, of: of, against: against)
    }

    func measure(_ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Measure? {
        guard let measure = reader.value(node, "a measure", like: "mean give' or 'share give = 0", { Measure($0) }) else { return nil }
        return check(measure, node, experiment, reader) ? measure : nil
    }

    private func check(_ measure: Measure, _ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Bool {
        guard let decision = experiment.decision(measure.decision) else {
            let names = experiment.decisions.map(\.name)
            reader.report(
                node, "no decision '\(measure.decision)'",
                hint: suggestion(for: measure.decision, among: names).map { "did you mean '\($0)'?" }
                    ?? "the decisions are \(names.joined(separator: ", "))")
            return false
        }
        guard let obstacle = measure.obstacle(decision) else { return true }
        reader.report(node, "'\(measure.text)' cannot be measured: \(obstacle)")
        return false
    }

    /// An arm's name, or values of factors and of the arms' variables.
    private func selection(_ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Experiment.Selection? {
        if node.scalar != nil {
            guard let name = reader.text(node, "an arm"),
                let value = self.value(name, of: Experiment.arm, node, node, experiment, reader)
            else { return nil }
            return Experiment.Selection(values: [value])
        }
        let values = reader.entries(node, "cells").map { name, key, value in
            reader.text(value, "'\(name)'").flatMap { self.value($0, of: name, key, value, experiment, reader) }
        }
        return values.contains(nil) ? nil : Experiment.Selection(values: values.compactMap(\.self))
    }

    private func value(
        _ value: String, of name: String, _ key: Node, _ node: Node, _ experiment: Experiment, _ reader: NodeReader
    ) -> Experiment.Variable? {
        let factors = experiment.factors
        let variables = factors.first { $0.name == Experiment.arm }?.levels.flatMap { $0.variables.map(\.name) } ?? []
        let names = factors.map(\.name) + variables.enumerated().filter { !variables[..<$0].contains($1) }.map(\.element)
        let values: [String]
        if let factor = factors.first(where: { $0.name == name }) {
            values = factor.levels.map(\.name)
        } else if names.contains(name) {
            values = factors[0].levels.flatMap { level in level.variables.filter { $0.name == name }.map(\.value) }
        } else {
            reader.report(
                key, name == Experiment.arm ? "the experiment has no 'arms'" : "nothing is called '\(name)' in this experiment",
                hint: suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
                    ?? (names.isEmpty ? nil : "cells differ by \(names.joined(separator: ", "))"))
            return nil
        }
        guard values.contains(value) else {
            reader.report(
                node, name == Experiment.arm ? "no arm '\(value)'" : "'\(value)' is no value of '\(name)'",
                hint: suggestion(for: value, among: values).map { "did you mean '\($0)'?" }
                    ?? "there are \(values.prefix(20).joined(separator: ", "))")
            return nil
        }
        return Experiment.Variable(name: name, value: value)
    }

    /// Figures from elsewhere: keys other than `source` and `findings` are measures, each a number for all cells or a list
    /// of figures with the cells they are of.
    func baseline(_ key: String, _ fields: Fields, _ experiment: Experiment, _ reader: NodeReader) -> Experiment.Baseline? {
        guard let node = fields[key] else { return nil }
        var baseline = Experiment.Baseline(source: "", figures: [], findings: [])
        for (name, key, value) in reader.entries(node, "'\(key)'") {
            switch name {
            case "source": baseline.source = reader.text(value, "'source'") ?? ""
            case "findings": baseline.findings = reader.texts(value, "'findings'").map(\.text)
            default:
                guard let measure = Measure(name) else {
                    reader.report(key, "'\(name)' is no measure", hint: "write 'mean \(experiment.decisions.first?.name ?? "give")' or 'share ... = ...'")
                    continue
                }
                guard check(measure, key, experiment, reader) else { continue }
                if value.scalar != nil {
                    if let number = reader.number(value, "'\(name)'", in: -1e9...1e9) {
                        baseline.figures.append(.init(
                            measure: measure, cells: .init(values: []), value: number, n: nil, note: nil, fromMemory: false))
                    }
                } else {
                    baseline.figures += reader.list(value, "'\(name)'").compactMap { figure($0, measure, experiment, reader) }
                }
            }
        }
        if baseline.source.isEmpty { reader.report(node, "'\(key)' needs a 'source'") }
        return baseline
    }

    private func figure(
        _ node: Node, _ measure: Measure, _ experiment: Experiment, _ reader: NodeReader
    ) -> Experiment.Baseline.Figure? {
        var figure = Experiment.Baseline.Figure(
            measure: measure, cells: .init(values: []), value: .nan, n: nil, note: nil, fromMemory: false)
        for (name, key, value) in reader.entries(node, "a figure") {
            switch name {
            case "value": figure.value = reader.number(value, "'value'", in: -1e9...1e9) ?? 0
            case "n": figure.n = reader.integer(value, "'n'", in: 1...1_000_000_000)
            case "note": figure.note = reader.text(value, "'note'")
            case "from memory": figure.fromMemory = reader.value(value, "'from memory'", like: "true", Self.truth) ?? false
            default:
                guard let text = reader.text(value, "'\(name)'"),
                    let cell = self.value(text, of: name, key, value, experiment, reader)
                else { return nil }
                figure.cells.values.append(cell)
            }
        }
        if figure.value.isNaN, node.mapping != nil { reader.report(node, "a figure needs a 'value'") }
        return figure.value.isNaN ? nil : figure
    }

    func analysis(_ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Experiment.Analysis? {
        guard let fields = Fields(node, "an analysis", .analysis, reader) else { return nil }
        let kinds = ["trend", "regression", "mixture"].filter { fields[$0] != nil }
        guard let kind = kinds.first, kinds.count == 1, let what = fields[kind] else {
            reader.report(node, "an analysis is one of 'trend', 'regression', 'mixture'")
            return nil
        }
        for key in ["over", "by", "on", "types", "types of"] where fields[key] != nil {
            let fitting = ["trend": ["over", "by"], "regression": ["on"], "mixture": ["over", "types", "types of"]][kind] ?? []
            if !fitting.contains(key) { reader.report(fields[key], "a \(kind) has no '\(key)'") }
        }
        guard let measure = self.measure(what, experiment, reader) else { return nil }
        switch kind {
        case "trend":
            guard let over = fields.required("over").flatMap({ factor($0, experiment, reader) }) else { return nil }
            let by = fields["by"].map { reader.list($0, "'by'").compactMap { factor($0, experiment, reader)?.name } } ?? []
            return .trend(measure, over: over.name, by: by)
        case "regression":
            guard let on = fields.required("on") else { return nil }
            let terms = reader.texts(on, "'on'").filter { term, node in
                term.split(separator: ":").allSatisfy { part in
                    let name = String(part).trimmingSpace
                    if experiment.factors.contains(where: { $0.name == name }) { return true }
                    reader.report(node, "nothing is varied by the name '\(name)'", hint: names(experiment))
                    return false
                }
            }
            return terms.isEmpty ? nil : .regression(measure, on: terms.map(\.text))
        default: return mixture(measure, fields, experiment, reader)
        }
    }

    private func names(_ experiment: Experiment) -> String? {
        experiment.factors.isEmpty ? nil : "cells differ by \(experiment.factors.map(\.name).joined(separator: ", "))"
    }

    private func factor(_ node: Node, _ experiment: Experiment, _ reader: NodeReader) -> Experiment.Factor? {
        guard let name = reader.text(node, "a factor") else { return nil }
        if let factor = experiment.factors.first(where: { $0.name == name }) { return factor }
        reader.report(
            node, "nothing is varied by the name '\(name)'",
            hint: suggestion(for: name, among: experiment.factors.map(\.name)).map { "did you mean '\($0)'?" } ?? names(experiment))
        return nil
    }

    private func mixture(
        _ measure: Measure, _ fields: Fields, _ experiment: Experiment, _ reader: NodeReader
    ) -> Experiment.Analysis? {
        guard let over = fields.required("over").flatMap({ factor($0, experiment, reader) }) else { return nil }
        let figures = experiment.humans?.figures.filter { $0.measure == measure } ?? []
        for level in over.levels where !figures.contains(where: { $0.cells.values == [.init(name: over.name, value: level.name)] }) {
            reader.report(fields["over"], "the human baseline has no '\(measure.text)' of \(over.name) '\(level.name)' alone")
        }
        let types = fields.entries("types").compactMap { name, key, value -> Experiment.MixtureType? in
            let given = reader.entries(value, "the type '\(name)'")
            let cells = over.levels.compactMap { level -> Experiment.MixtureType.Cell? in
                guard let node = given.first(where: { $0.name == level.name })?.value else {
                    reader.report(key, "the type '\(name)' does not say what it does at '\(level.name)'")
                    return nil
                }
                return reader.value(node, "'\(level.name)'", like: "1' or, of a tie, '0 or 1", Self.chance).map {
                    Experiment.MixtureType.Cell(level: level.name, share: $0.share, otherwise: $0.otherwise)
                }
            }
            for entry in given where !over.levels.contains(where: { $0.name == entry.name }) {
                reader.report(entry.key, "'\(entry.name)' is no value of '\(over.name)'")
            }
            return Experiment.MixtureType(name: name, cells: cells)
        }
        let typesOf = fields["types of"].flatMap { factor($0, experiment, reader)?.name }
        if types.isEmpty, typesOf == nil { reader.report(fields.node, "a mixture needs 'types' or 'types of'") }
        return .mixture(measure, over: over.name, types: types, typesOf: typesOf)
    }

    /// `1`, or of a tie `0 or 1`: what is taken first, and what it could be as well.
    private static func chance(_ text: String) -> (share: Double, otherwise: Double?)? {
        let words = text.split(separator: " ")
        let numbers = words.enumerated().filter { $0.offset % 2 == 0 }.compactMap { Double($0.element) }
        guard words.count == 1 || words.count == 3 && words[1] == "or", numbers.count == (words.count + 1) / 2,
            numbers.allSatisfy({ (0...1).contains($0) })
        else { return nil }
        return (numbers[0], numbers.count > 1 ? numbers[1] : nil)
    }
}
