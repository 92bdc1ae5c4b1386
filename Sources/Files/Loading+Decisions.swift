internal import Agents
internal import Yams

extension Loading {
    func decisions(_ fields: Fields, _ reader: NodeReader) -> [Decision] {
        guard let node = fields.required("decision") else { return [] }
        let entries = reader.entries(node, "'decision'")
        if entries.isEmpty, node.mapping != nil { reader.report(node, "an experiment needs at least one decision") }
        return entries.compactMap { decision($0.name, $0.key, $0.value, reader) }
    }

    private func decision(_ name: String, _ key: Node, _ node: Node, _ reader: NodeReader) -> Decision? {
        guard let fields = Fields(node, "a decision", .decision, reader) else { return nil }
        if name.contains(".") { reader.report(key, "a decision's name has no full stop: measures use it") }
        let ask = fields.requiredText("ask"), say = fields.text("say")
        let kinds = ["options", "integer", "amount", "split", "text"].filter { fields[$0] != nil }
        guard let kind = kinds.first, kinds.count == 1, let value = fields[kind] else {
            reader.report(
                kinds.count > 1 ? fields[kinds[1]] : node,
                kinds.isEmpty ? "a decision needs one of 'options', 'integer', 'amount', 'split', 'text'"
                    : "a decision is one of \(kinds.map { "'\($0)'" }.joined(separator: ", "))")
            return nil
        }
        if fields["labels"] != nil, kind != "options" { reader.report(fields["labels"], "'labels' are of options") }
        if say != nil, kind != "options", kind != "integer" {
            reader.report(fields["say"], "only options and whole numbers are scored in a statement")
        }
        switch kind {
        case "options": return options(value, fields, reader).map { Decision(name: name, ask: ask, say: say, kind: $0) }
        case "integer":
            return reader.value(value, "'integer'", like: "0 to 10", Self.integers).map {
                Decision(name: name, ask: ask, say: say, kind: .integer(low: $0.lowerBound, high: $0.upperBound))
            }
        case "amount":
            return reader.value(value, "'amount'", like: "0 to 10.5", Self.amounts).map {
                Decision(name: name, ask: ask, kind: .amount(low: $0.lowerBound, high: $0.upperBound))
            }
        case "split": return split(value, reader).map { Decision(name: name, ask: ask, kind: $0) }
        default: return codes(value, reader).map { Decision(name: name, ask: ask, kind: .text($0)) }
        }
    }

    private func options(_ node: Node, _ fields: Fields, _ reader: NodeReader) -> Decision.Kind? {
        var options: [Decision.Option] = []
        if node.sequence != nil {
            for (text, node) in reader.texts(node, "'options'") {
                if options.contains(where: { $0.name == text }) { reader.report(node, "'\(text)' is listed twice") }
                options.append(Decision.Option(name: text, text: text))
            }
        } else {
            options = reader.entries(node, "'options'").compactMap { option($0.name, $0.value, reader) }
        }
        if options.count < 2 { reader.report(node, "a decision needs at least two options") }
        let labels = fields.texts("labels")
        if let node = fields["labels"], labels.count != options.count {
            reader.report(node, "\(labels.count) labels for \(options.count) options")
        }
        for (place, label) in labels.enumerated() where labels[..<place].contains(where: { $0.text == label.text }) {
            reader.report(label.node, "'\(label.text)' is listed twice")
        }
        return options.count < 2 ? nil : .choice(options, labels: labels.map(\.text))
    }

    private func option(_ name: String, _ node: Node, _ reader: NodeReader) -> Decision.Option? {
        guard node.mapping != nil else {
            return reader.text(node, "the option '\(name)'").map { Decision.Option(name: name, text: $0) }
        }
        guard let fields = Fields(node, "an option", .choosable, reader) else { return nil }
        let worth = fields.entries("worth").compactMap { entry in
            reader.text(entry.value, "'\(entry.name)'").map { Decision.Worth(name: entry.name, amount: $0) }
        }
        return Decision.Option(name: name, text: fields.requiredText("text"), fills: fields.text("fills"), worth: worth)
    }

    private func split(_ node: Node, _ reader: NodeReader) -> Decision.Kind? {
        guard let fields = Fields(node, "a split", .split, reader) else { return nil }
        _ = fields.required("total")
        let total = fields.integer("total", in: 1...1_000_000_000)
        let parts = fields.required("between").map { reader.texts($0, "'between'") } ?? []
        if parts.count < 2 { reader.report(fields["between"] ?? node, "a split has at least two parts") }
        for (place, part) in parts.enumerated() where parts[..<place].contains(where: { $0.text == part.text }) {
            reader.report(part.node, "'\(part.text)' is listed twice")
        }
        return total.map { .split(total: $0, parts: parts.map(\.text)) }
    }

    /// Rules are words and phrases, never patterns.
    private func codes(_ node: Node, _ reader: NodeReader) -> [Decision.Code]? {
        let codes = reader.entries(node, "'text'").map { name, key, value in
            if name == Decision.uncoded { reader.report(key, "'\(name)' is what no rule codes") }
            let words = reader.texts(value, "'\(name)'")
            for (text, node) in words where !text.contains(where: { $0.isLetter || $0.isNumber }) {
                reader.report(node, "a rule needs a word, not '\(text)'")
            }
            if words.isEmpty, value.sequence != nil { reader.report(value, "the rule '\(name)' has no words") }
            return Decision.Code(name: name, words: words.map(\.text))
        }
        if codes.isEmpty, node.mapping != nil { reader.report(node, "text needs at least one rule to be coded by") }
        return codes.isEmpty ? nil : codes
    }

    /// `0 to 10`, of at most a thousand million.
    private static func integers(_ text: String) -> ClosedRange<Int>? {
        range(text).flatMap { range in
            range.lowerBound >= -1_000_000_000 && range.upperBound <= 1_000_000_000 && range.count > 1 ? range : nil
        }
    }

    /// `0 to 10.5`.
    private static func amounts(_ text: String) -> ClosedRange<Double>? {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "to", let low = Double(words[0]), let high = Double(words[2]), low < high,
            low.isFinite, high.isFinite
        else { return nil }
        return low...high
    }
}
