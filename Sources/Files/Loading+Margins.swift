internal import Agents
internal import Surveys
internal import Yams

extension Loading {
    /// `margins:` or `post-stratify:` of a panel; at most one of them.
    func adjustment(_ fields: Fields, _ codebook: Codebook?, _ reader: NodeReader) -> PanelAdjustment? {
        let source = fields.text("margins source")
        if let node = fields["post-stratify"] {
            if fields["margins"] != nil {
                reader.report(node, "a panel has 'margins' or 'post-stratify', not both",
                    hint: "a crossing has its margins in it")
            }
            return crossing(node, codebook, reader).map { PanelAdjustment($0, source: source) }
        }
        guard let node = fields["margins"] else {
            if let source = fields["margins source"] {
                reader.report(source, "'margins source' needs 'margins' or 'post-stratify'")
            }
            return nil
        }
        let entries = reader.entries(node, "'margins'")
        if entries.isEmpty, node.mapping != nil { reader.report(node, "'margins' needs at least one variable") }
        var margins: [Margin] = []
        for (name, key, value) in entries where isGroup(name, key, codebook, reader) {
            let shares = reader.entries(value, "'\(name)'").compactMap { entry -> Margin.Target? in
                guard let category = cell(entry.name, entry.key, of: name, codebook, reader),
                    let share = reader.number(entry.value, "'\(entry.name)'", in: 0...100)
                else { return nil }
                return Margin.Target(category: category, share: share)
            }
            check(shares.map(\.share), of: "'\(name)'", value, reader)
            margins.append(Margin(variable: name, targets: shares))
        }
        return margins.isEmpty ? nil : PanelAdjustment(.margins(margins), source: source)
    }

    /// `{ by: [party, sex], cells: { Democrat: { Female: 18, Male: 14 }, ... }, collapse below: 5 }`.
    private func crossing(
        _ node: Node, _ codebook: Codebook?, _ reader: NodeReader
    ) -> PanelAdjustment.Target? {
        guard let fields = Fields(node, "'post-stratify'", .crossing, reader), fields.required("by") != nil,
            let cells = fields.required("cells")
        else { return nil }
        let names = fields.texts("by")
        let variables = names.filter { isGroup($0.text, $0.node, codebook, reader) }.map(\.text)
        let least = fields.integer("collapse below", in: 1...1_000_000)
        guard !variables.isEmpty, variables.count == names.count else { return nil }
        if Set(variables).count < variables.count { reader.report(node, "'by' names a variable twice") }
        var found: [PopulationCell] = []
        func read(_ node: Node, _ path: [String], _ what: String) {
            guard path.count < variables.count else {
                if let share = reader.number(node, what, in: 0...100) {
                    found.append(PopulationCell(values: path, share: share))
                }
                return
            }
            for entry in reader.entries(node, what) {
                guard let value = cell(entry.name, entry.key, of: variables[path.count], codebook, reader) else { continue }
                read(entry.value, path + [value], "'\(entry.name)'")
            }
        }
        read(cells, [], "'cells'")
        check(found.map(\.share), of: "'cells'", cells, reader)
        return .crossing(variables: variables, cells: found, collapseBelow: least)
    }

    private func check(_ shares: [Double], of what: String, _ node: Node, _ reader: NodeReader) {
        let total = shares.reduce(0, +)
        // Published percentages are rounded, so that their sum is a little off.
        if abs(total - 1) > 0.02, abs(total - 100) > 2 {
            reader.report(node, "the shares of \(what) sum to \(shortest((total * 1e6).rounded() / 1e6))",
                hint: "they must sum to 1, or to 100 as percentages")
        }
    }

    private func isGroup(_ name: String, _ node: Node, _ codebook: Codebook?, _ reader: NodeReader) -> Bool {
        guard let codebook else { return true }
        let groups = codebook.variables.filter { $0.options != nil }.map(\.name)
        if codebook.variable(name) == nil {
            reader.report(node, "no variable '\(name)' in \(codebook.id)",
                hint: suggestion(for: name, among: groups).map { "did you mean '\($0)'?" })
            return false
        }
        if !groups.contains(name) {
            reader.report(node, "'\(name)' is a number, and margins are shares of groups",
                hint: groups.isEmpty ? nil : "the groups are \(groups.joined(separator: ", "))")
            return false
        }
        return true
    }

    /// The cell of a value written as its code or its words.
    private func cell(
        _ text: String, _ node: Node, of name: String, _ codebook: Codebook?, _ reader: NodeReader
    ) -> String? {
        switch codebook?.variable(name)?.kind {
        case .categories(let known)? where !known.contains(text):
            reader.report(node, "'\(text)' is no value of '\(name)'",
                hint: suggestion(for: text, among: known).map { "did you mean '\($0)'?" }
                    ?? "the values are \(known.joined(separator: ", "))")
            return nil
        case .coded(let codes)?:
            if let code = codes.first(where: { $0.code == text || $0.text == text }) { return code.code }
            reader.report(node, "'\(text)' is no value of '\(name)'",
                hint: "the values are \(codes.map { "\($0.code) (\($0.text))" }.joined(separator: ", "))")
            return nil
        default: return text
        }
    }
}
