internal import Agents
internal import Kernel
internal import Surveys
internal import Yams

extension Loading {
    /// What one person reads: `reads: { Worlds/media/courier: 70%, articles: 6 }`; `nil` where nothing is said.
    func diet(_ fields: Fields, _ reader: NodeReader) -> Diet? {
        guard let node = fields["reads"], let (habit, sources) = reads(node, reader) else { return nil }
        if let by = sources.first(where: { $0.name == "by" }) {
            reader.report(by.key, "one person reads one thing; 'by' a variable is for panels")
        }
        return Diet(portions(sources.filter { $0.name != "by" }, of: node, reader), habit: habit)
    }

    /// What the people of a panel read: all the same, or `by` a variable.
    func panelDiet(_ fields: Fields, _ codebook: Codebook?, _ reader: NodeReader) -> PanelDiet? {
        guard let node = fields["reads"], let (habit, entries) = reads(node, reader) else { return nil }
        guard let by = entries.first(where: { $0.name == "by" }) else {
            return .everybody(Diet(portions(entries, of: node, reader), habit: habit))
        }
        guard let variable = reader.text(by.value, "'by'") else { return nil }
        let values = self.values(of: variable, by.value, codebook, reader)
        var groups: [PanelDiet.Group] = []
        for entry in entries where entry.name != "by" {
            var cell = entry.name
            if let values {
                guard let known = values.first(where: { $0.code == entry.name || $0.text == entry.name }) else {
                    reader.report(
                        entry.key, "'\(entry.name)' is no value of '\(variable)'",
                        hint: suggestion(for: entry.name, among: values.map(\.text) + Keys.reads.names)
                            .map { "did you mean '\($0)'?" } ?? "the values are \(values.map(\.text).joined(separator: ", "))")
                    continue
                }
                cell = known.code
            }
            if groups.contains(where: { $0.value == cell }) {
                reader.report(entry.key, "'\(entry.name)' is there already")
            }
            let sources = reader.entries(entry.value, "what '\(entry.name)' reads")
            groups.append(.init(value: cell, diet: Diet(portions(sources, of: entry.value, reader), habit: habit)))
        }
        if groups.isEmpty { reader.report(node, "'reads' names no value of '\(variable)'") }
        return .by(variable: variable, groups: groups)
    }

    /// What is said of all sources, and the other entries.
    private func reads(
        _ node: Node, _ reader: NodeReader
    ) -> (Diet.Habit, [(name: String, key: Node, value: Node)])? {
        let entries = reader.entries(node, "'reads'")
        guard node.mapping != nil, let fields = Fields(node, "'reads'", entries.map(\.name), reader) else { return nil }
        var habit = Diet.Habit()
        if let count = fields.integer("articles", in: 1...100) { habit.articles = count }
        if let span = fields.value("within", like: "14 days", Self.days) { habit.within = span }
        if let tokens = fields.count("length", unit: "tokens", usual: 100, in: 10...300) { habit.length = tokens }
        if let day = fields.value("as of", like: "2026-03-01", { CivilDate($0) }) { habit.asOf = day }
        return (habit, entries.filter { $0.name == "by" || !Keys.reads.names.contains($0.name) })
    }

    private func portions(
        _ entries: [(name: String, key: Node, value: Node)], of node: Node, _ reader: NodeReader
    ) -> [Diet.Portion] {
        var portions: [Diet.Portion] = []
        if entries.isEmpty {
            reader.report(node, "no source is named", hint: "name folders with shares: { Worlds/media/courier: 70% }")
        }
        for entry in entries {
            if !entry.name.contains("/"), let key = suggestion(for: entry.name, among: Keys.reads.names) {
                reader.report(entry.key, "unknown key '\(entry.name)'", hint: "did you mean '\(key)'?")
                continue
            }
            let share = reader.value(entry.value, "'\(entry.name)'", like: "70%", Self.share)
            guard let source = source(entry.name, entry.key, reader), let share else { continue }
            if portions.contains(where: { $0.source.path == source.path }) {
                reader.report(entry.key, "'\(entry.name)' is named twice")
            }
            portions.append(Diet.Portion(source, share: share))
        }
        let total = portions.reduce(0) { $0 + $1.share }
        if total > 1 + 1e-9 {
            reader.report(node, "the shares sum to \(shortest((total * 1e4).rounded() / 100))%, and attention is 100%")
        }
        return portions
    }

    /// The values of a variable; `nil` where they cannot be known, after a finding or before.
    private func values(
        of name: String, _ node: Node, _ codebook: Codebook?, _ reader: NodeReader
    ) -> [Variable.Code]? {
        guard let codebook else { return nil }
        switch codebook.variable(name)?.kind {
        case .categories(let values)?: return values.map { Variable.Code(code: $0, text: $0) }
        case .coded(let codes)?: return codes
        case .number?: reader.report(node, "'\(name)' is a number, and diets are of groups")
        case nil:
            reader.report(
                node, "no variable '\(name)' in \(codebook.id)",
                hint: suggestion(for: name, among: codebook.variables.map(\.name)).map { "did you mean '\($0)'?" })
        }
        return nil
    }

    /// `70%` or 0.7, above 0 and at most 1.
    static func share(_ text: String) -> Double? {
        let number = text.hasSuffix("%")
            ? Double(String(text.dropLast()).trimmingSpace).map { $0 / 100 } : Double(text)
        return number.flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
    }

    /// Whole days, at most ten years of them.
    static func days(_ text: String) -> TimeSpan? {
        span(text).flatMap {
            $0.seconds.isMultiple(of: SimulationTime.secondsPerDay) && $0 <= .hours(3653 * 24) ? $0 : nil
        }
    }
}
