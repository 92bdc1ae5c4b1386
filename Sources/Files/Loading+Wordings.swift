internal import Surveys
internal import Yams

extension Loading {
    /// A variable with the words in which it was asked: `{ ask: In what year were you born?, values: year }`, where
    /// `values` is what a variable without words is.
    func worded(_ name: String, _ node: Node, _ reader: NodeReader) -> Variable? {
        guard let fields = Fields(node, "a variable", .variable, reader) else { return nil }
        let ask = fields.requiredText("ask")
        guard let values = fields.required("values"), var variable = variable(name, values, reader) else { return nil }
        variable.ask = ask
        return variable
    }

    /// The other wordings of a question; `nil` where it has none.
    func rewordings(
        _ fields: Fields, hasStatement: Bool, scale: Scale?, options: Int, _ reader: NodeReader
    ) -> Rewordings? {
        let paraphrases = fields.list("paraphrases").compactMap {
            wording($0, "a paraphrase", .paraphrase, hasStatement: hasStatement, reader)
        }
        var opposite: Wording?
        if let node = fields["opposite"] {
            opposite = wording(node, "an opposite", .opposite, hasStatement: hasStatement, reader)
            if scale == .nominal, options > 2 {
                reader.report(
                    node, "the options lie on no line, so the opposite has no mirror option",
                    hint: "only an ordinal question, or one of two options, can have an 'opposite'")
            }
        }
        return paraphrases.isEmpty && opposite == nil ? nil : Rewordings(paraphrases: paraphrases, opposite: opposite)
    }

    private func wording(
        _ node: Node, _ what: String, _ keys: Keys, hasStatement: Bool, _ reader: NodeReader
    ) -> Wording? {
        guard let fields = Fields(node, what, keys, reader) else { return nil }
        if hasStatement, fields["say"] == nil {
            reader.report(node, "the question has a 'say', so \(what) needs one too, which the same options fill")
        }
        if !hasStatement, let node = fields["say"] { reader.report(node, "'say' here needs the question's own 'say'") }
        return Wording(ask: fields.requiredText("ask"), say: fields.text("say").map(Self.withoutEllipsis))
    }
}
