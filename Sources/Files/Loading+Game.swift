internal import Agents
internal import Yams

extension Loading {
    /// The rules of a game, which may differ between cells.
    ///
    /// - Parameter factors: Of the experiment: every combination of their levels must be playable.
    func game(_ fields: Fields, _ factors: [Experiment.Factor], _ reader: NodeReader) -> (rules: GameRules, measured: [Decision])? {
        guard let node = fields["game"], let game = Fields(node, "a game", .game, reader) else { return nil }
        if let decision = fields["decision"] { reader.report(decision, "a game has decisions of its own") }
        let kinds = Game.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        guard let play = game.required("play"), let text = reader.text(play, "'play'") else { return nil }
        guard let kind = Game.Kind(rawValue: text) else {
            let names = Game.Kind.allCases.map(\.rawValue)
            reader.report(
                play, "no game '\(text)'",
                hint: suggestion(for: text, among: names).map { "did you mean '\($0)'?" } ?? "there are \(kinds)")
            return nil
        }
        var given: [GameRules.Key: String] = [:]
        for (name, _, value) in reader.entries(node, "'game'") {
            guard let key = GameRules.Key(rawValue: name), let text = reader.text(value, "'\(name)'") else { continue }
            if key.applies(to: kind) {
                given[key] = text
            } else {
                reader.report(value, "\(kind.rawValue) has no '\(name)'")
            }
        }
        let rules = GameRules(kind: kind, given: given)
        return measured(rules, game, factors, reader).map { (rules, $0) }
    }

    /// What is measured in any cell, with the widest bounds.
    private func measured(
        _ rules: GameRules, _ fields: Fields, _ factors: [Experiment.Factor], _ reader: NodeReader
    ) -> [Decision]? {
        var decisions: [Decision] = []
        var (known, reported) = (Set<String>(), Set<GameRules.Mistake>())
        for factor in factors { for level in factor.levels { known.formUnion(level.variables.map(\.name)) } }
        let unknown = rules.rules.filter { !known.isSuperset(of: Template($0.text).variables) }
        // What names no variable of the file is reported with the other texts.
        guard unknown.isEmpty else { return nil }
        for cell in Experiment.cells(of: factors) {
            do throws(GameRules.Mistake) {
                for decision in try rules.game(cell.variables).measured {
                    guard let place = decisions.firstIndex(where: { $0.name == decision.name }) else {
                        decisions.append(decision)
                        continue
                    }
                    decisions[place] = decisions[place].widened(to: decision)
                }
            } catch {
                guard reported.insert(error).inserted else { continue }
                reader.report(
                    fields[error.key.rawValue] ?? fields.node,
                    error.message + (cell.label.isEmpty || known.isEmpty ? "" : ", in the cell \(cell.label)"))
            }
        }
        return reported.isEmpty ? decisions : nil
    }
}

extension Decision {
    /// With bounds that hold those of another as well.
    fileprivate func widened(to other: Decision) -> Decision {
        var decision = self
        switch (kind, other.kind) {
        case (.integer(let a, let b), .integer(let c, let d)): decision.kind = .integer(low: min(a, c), high: max(b, d))
        case (.amount(let a, let b), .amount(let c, let d)): decision.kind = .amount(low: min(a, c), high: max(b, d))
        default: break
        }
        return decision
    }
}

extension GameRules {
    var yaml: YAMLValue {
        .map([("play", .text(kind.rawValue))] + rules.map { ($0.key.rawValue, .text($0.text)) })
    }
}
