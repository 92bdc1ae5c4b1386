internal import Agents
internal import Surveys
internal import Yams

extension Loading {
    /// `{ by: party, allocation: equal }` of a panel's `draw`.
    func strata(_ draw: Fields, _ codebook: Codebook?, _ reader: NodeReader) -> Stratification? {
        guard let node = draw["by"] else {
            if let node = draw["allocation"] {
                reader.report(node, "'allocation' needs a 'by', the variable whose values are the strata")
            }
            return nil
        }
        guard let name = reader.text(node, "'by'") else { return nil }
        if let codebook {
            let groups = codebook.variables.filter { $0.options != nil }.map(\.name)
            if codebook.variable(name) == nil {
                reader.report(
                    node, "no variable '\(name)' in \(codebook.id)",
                    hint: suggestion(for: name, among: groups).map { "did you mean '\($0)'?" })
            } else if !groups.contains(name) {
                reader.report(
                    node, "'\(name)' is a number, and strata are groups",
                    hint: groups.isEmpty ? nil : "draw by \(groups.joined(separator: ", "))")
            }
        }
        let allocation = draw.value(
            "allocation", like: "proportional' or 'equal", Stratification.Allocation.init(rawValue:))
        return Stratification(variable: name, allocation: allocation ?? .proportional)
    }

    /// One sentence of a backstory: its words, or a mapping of the words for each shape.
    func sentence(_ variable: String, _ node: Node, _ reader: NodeReader) -> Panel.Sentence? {
        guard node.mapping != nil else {
            return reader.text(node, "'\(variable)'").map { Panel.Sentence(variable: variable, template: $0) }
        }
        guard let fields = Fields(node, "a sentence", .sentence, reader) else { return nil }
        return Panel.Sentence(
            variable: variable, template: fields.requiredText("say"), portray: fields.text("portray"),
            about: fields.text("about"))
    }
}

extension BackstoryOrder {
    /// As a message lists them between quotes.
    static let names = allCases.map(\.rawValue).joined(separator: "', '")
}
