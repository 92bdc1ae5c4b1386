internal import Agents
internal import LanguageModels
internal import Yams

extension Loading {
    func experiment(_ absolute: String) -> (experiment: Experiment, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .experiment) else { return nil }
        let (subjects, sessions) = self.subjects(fields, reader)
        let factors = self.factors(fields, reader)
        let isGame = fields["game"] != nil
        let isTooMany = factors.reduce(1, { $0 * Double(max(1, $1.levels.count)) }) > Double(Self.mostCells)
        let game = isTooMany ? nil : self.game(fields, factors, reader)
        let decisions = isGame ? game?.measured ?? [] : self.decisions(fields, reader)
        let drawn = self.drawn(fields, factors, reader)
        var experiment = Experiment(
            id: Self.stem(absolute), title: fields.requiredText("experiment"), asks: fields.text("asks"),
            source: fields.text("source"), subjects: subjects, people: people(fields),
            seed: UInt64(fields.integer("seed", in: 0...Int.max) ?? 1), sessions: sessions,
            repeats: fields.integer("repeats", in: 1...10_000) ?? 1, situation: isGame ? fields.text("situation") ?? "" : fields.requiredText("situation"),
            decisions: decisions, game: game?.rules, factors: factors, drawn: drawn,
            swap: fields.value("swap", like: "true", Self.truth) ?? false,
            shuffle: fields.value("shuffle", like: "true", Self.truth) ?? false, method: nil, comparisons: [],
            analyses: [], humans: nil, paper: nil, differs: fields.texts("differs").map(\.text))
        experiment.method = fields.value("method", like: "words', 'letters' or 'sample", { text -> ElicitationMethod? in
            ElicitationMethod(rawValue: text).flatMap { $0 == .interview ? nil : $0 }
        })
        if isGame, experiment.swap {
            reader.report(fields["swap"], "what is swapped would be played twice; a game may 'shuffle'")
        } else if experiment.swap, experiment.shuffle {
            reader.report(fields["shuffle"], "options are swapped in every cell or shuffled for every subject, not both")
        }
        if experiment.swap || experiment.shuffle, !decisions.isEmpty, decisions.allSatisfy({ $0.places == 0 }) {
            reader.report(fields["swap"] ?? fields["shuffle"], "no decision has options that could trade places")
        }
        if isTooMany {
            reader.report(fields["vary"] ?? fields["arms"] ?? fields.node, "more than \(Self.mostCells) cells")
        } else {
            checkVariables(experiment, fields, reader)
            // Of a game that cannot be played nothing is known that could be measured.
            if isGame, game == nil { return (experiment, models(of: fields, at: absolute, reader)) }
            experiment.comparisons = fields.list("compare").compactMap { comparison($0, experiment, reader) }
            experiment.humans = baseline("human baseline", fields, experiment, reader)
            experiment.paper = baseline("paper", fields, experiment, reader)
            experiment.analyses = fields.list("analyses").compactMap { analysis($0, experiment, reader) }
        }
        return (experiment, models(of: fields, at: absolute, reader))
    }

    private static let mostCells = 10_000

    private func subjects(_ fields: Fields, _ reader: NodeReader) -> (Experiment.Subjects, sessions: Int?) {
        let sessions = fields.integer("sessions", in: 1...1_000_000)
        switch (fields["panel"], fields["personas"]) {
        case (nil, nil): return (.nobody, sessions ?? 1)
        case (let node?, nil):
            guard let path = reader.text(node, "'panel'"), let absolute = resolve(path, node, reader),
                let (panel, _, _) = self.panel(absolute)
            else { return (.nobody, sessions) }
            return (.panel(panel), sessions ?? panel.size)
        case (nil, let node?):
            if let node = fields["sessions"] {
                reader.report(node, "named personas are as many as they are", hint: "'repeats' has each decide more than once")
            }
            var personas: [Persona] = []
            for (path, node) in reader.texts(node, "'personas'") {
                guard let absolute = resolve(path, node, reader), let persona = self.persona(absolute) else { continue }
                if personas.contains(where: { $0.id == persona.id }) { reader.report(node, "'\(persona.id)' is listed twice") }
                personas.append(persona)
            }
            if personas.isEmpty, node.sequence?.isEmpty == true { reader.report(node, "'personas' names nobody") }
            return (.personas(personas), nil)
        case (_?, let node?):
            reader.report(node, "subjects are a 'panel' or 'personas', not both")
            return (.nobody, sessions)
        }
    }

    private func people(_ fields: Fields) -> [String] {
        let written = fields["panel"].map { [$0] } ?? fields["personas"]?.sequence.map { Array($0) } ?? []
        return written.compactMap { $0.scalar?.string.trimmingSpace }
    }

    private func factors(_ fields: Fields, _ reader: NodeReader) -> [Experiment.Factor] {
        var factors: [Experiment.Factor] = []
        func add(_ factor: Experiment.Factor, _ node: Node?) {
            if factor.levels.isEmpty { reader.report(node, "'\(factor.name)' has no level") }
            factors.append(factor)
        }
        if let node = fields["arms"] {
            let levels = fields.entries("arms").map { name, key, value in
                Experiment.Level(
                    name: name,
                    variables: reader.entries(value, "the arm '\(name)'").compactMap { entry in
                        reader.text(entry.value, "'\(entry.name)'").map { Experiment.Variable(name: entry.name, value: $0) }
                    })
            }
            add(Experiment.Factor(name: Experiment.arm, levels: levels), node)
        }
        for (name, key, value) in fields.entries("vary") {
            if [Experiment.arm, Experiment.endowment].contains(name) || Self.figureKeys.contains(name) {
                reader.report(key, "'\(name)' has a meaning of its own; vary something by another name")
            }
            var levels: [Experiment.Level] = []
            if value.mapping != nil {
                levels = reader.entries(value, "'\(name)'").compactMap { entry in
                    reader.text(entry.value, "'\(entry.name)'").map {
                        Experiment.Level(name: entry.name, variables: [.init(name: name, value: $0)])
                    }
                }
            } else {
                for (text, node) in reader.texts(value, "'\(name)'") {
                    if levels.contains(where: { $0.name == text }) { reader.report(node, "'\(text)' is listed twice") }
                    levels.append(.init(name: text, variables: [.init(name: name, value: text)]))
                }
            }
            add(Experiment.Factor(name: name, levels: levels), value)
        }
        if let node = fields["endowments"] {
            let levels = fields.entries("endowments").compactMap { name, _, value in
                reader.text(value, "'\(name)'").map {
                    Experiment.Level(name: name, variables: [.init(name: Experiment.endowment, value: $0)])
                }
            }
            add(Experiment.Factor(name: Experiment.endowment, levels: levels), node)
        }
        return factors
    }

    private func drawn(_ fields: Fields, _ factors: [Experiment.Factor], _ reader: NodeReader) -> [Experiment.Drawn] {
        fields.entries("drawn").map { name, key, value in
            if factors.contains(where: { $0.name == name || $0.levels.contains { $0.variables.contains { $0.name == name } } }) {
                reader.report(key, "'\(name)' differs between cells, so it cannot be drawn for each subject")
            }
            let values = reader.texts(value, "'\(name)'").map(\.text)
            if values.isEmpty, value.sequence != nil { reader.report(value, "'\(name)' has nothing to draw from") }
            return Experiment.Drawn(variable: name, values: values)
        }
    }

    /// Reports variables that a text names and some cell does not have, and what is varied without being said anywhere.
    private func checkVariables(_ experiment: Experiment, _ fields: Fields, _ reader: NodeReader) {
        let drawn = experiment.drawn.map(\.variable)
        let endowed = experiment.factors.first { $0.name == Experiment.endowment }?.levels.flatMap { $0.variables.map(\.value) } ?? []
        var known = drawn
        for factor in experiment.factors {
            for variable in factor.levels.flatMap(\.variables) where !known.contains(variable.name) { known.append(variable.name) }
        }
        func check(_ texts: [String], _ node: Node?) {
            for text in texts {
                if text.count(where: { $0 == "{" }) > Template(text).variables.count { reader.report(node, "'{' without '}'") }
                for name in Template(text).variables where !known.contains(name) {
                    reader.report(
                        node, "no variable '{\(name)}'",
                        hint: suggestion(for: name, among: known).map { "did you mean '{\($0)}'?" }
                            ?? (known.isEmpty ? "'arms' and 'vary' have variables" : "the variables are \(known.joined(separator: ", "))"))
                }
            }
        }
        check([experiment.situation], fields["situation"])
        check(endowed, fields["endowments"])
        for (_, _, value) in fields.entries("game") { if let text = value.scalar?.string { check([text], value) } }
        for (name, _, value) in fields.entries("decision") { check(experiment.decision(name)?.templates ?? [], value) }
        let ruled = fields.entries("game").compactMap { $0.value.scalar?.string }
        let used = Set((experiment.templates + ruled + endowed).flatMap { Template($0).variables })
        for (name, key, _) in fields.entries("vary") where !used.contains(name) {
            reader.report(key, "'\(name)' is varied, but no text says '{\(name)}'")
        }
        for (name, key, _) in fields.entries("drawn") where !used.contains(name) {
            reader.report(key, "'\(name)' is drawn, but no text says '{\(name)}'")
        }
        for (arm, key, value) in fields.entries("arms") {
            let own = reader.entries(value, "the arm '\(arm)'").map(\.name)
            let others = known.filter { name in
                experiment.factors.first?.levels.contains { $0.variables.contains { $0.name == name } } == true
            }
            for name in others where used.contains(name) && !own.contains(name) {
                reader.report(key, "the arm '\(arm)' does not say its '\(name)'")
            }
        }
        checkWorth(experiment, fields, reader)
    }

    private func checkWorth(_ experiment: Experiment, _ fields: Fields, _ reader: NodeReader) {
        for (name, _, node) in fields.entries("decision") {
            guard let decision = experiment.decision(name), case .choice = decision.kind else { continue }
            for cell in experiment.cells {
                guard case .choice(let options, _) = decision.filled(cell.variables).kind else { continue }
                for worth in options.flatMap(\.worth) where Double(worth.amount) == nil {
                    reader.report(node, "'\(worth.name)' is '\(worth.amount)' in the cell \(cell.label), and must be a number")
                    return
                }
            }
        }
    }
}
