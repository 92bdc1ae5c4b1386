internal import Agents
internal import LanguageModels
internal import Surveys
internal import Yams

extension Loading {
    func panel(_ absolute: String) -> (panel: Panel, survey: SurveyFile, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .panel) else { return nil }
        return panel(fields, reader, absolute, title: "panel", size: "size")
    }

    /// A panel as the keys of its own file or of a study say it.
    func panel(
        _ fields: Fields, _ reader: NodeReader, _ absolute: String, title: String, size: String
    ) -> (panel: Panel, survey: SurveyFile, models: ModelSection)? {
        var survey: SurveyFile?
        if let node = fields.required("from"), let path = reader.text(node, "'from'"),
            let file = resolve(path, node, reader)
        {
            if file == absolute {
                reader.report(node, "a panel cannot be drawn from itself", hint: "'from' names a survey file")
            } else {
                survey = self.survey(file)
            }
        }
        let codebook = survey?.codebook
        var panel = Panel(
            id: Self.stem(absolute), title: fields.requiredText(title), survey: survey?.path ?? "",
            size: fields.integer(size, in: 1...1_000_000) ?? 100,
            seed: UInt64(fields.integer("seed", in: 0...Int.max) ?? 1),
            universe: Universe(conditions: fields.entries("where").compactMap { condition($0, codebook, reader) }),
            weighted: codebook?.weight != nil, withReplacement: true, backstory: [])
        if let node = fields["draw"], let draw = Fields(node, "'draw'", .draw, reader) {
            if let node = draw["weight"], let column = reader.text(node, "'weight'") {
                panel.weighted = column != "none"
                if let codebook, panel.weighted, column != codebook.weight {
                    reader.report(node, "the survey has no weight '\(column)'",
                        hint: codebook.weight.map { "its weight is '\($0)'" } ?? "write 'none'")
                }
            }
            if let value = draw.value("with replacement", like: "true", Self.truth) { panel.withReplacement = value }
            panel.strata = strata(draw, codebook, reader)
        }
        panel.adjustment = adjustment(fields, codebook, reader)
        if let order = fields.value("order", like: BackstoryOrder.names, BackstoryOrder.init(rawValue:)) {
            panel.order = order
        }
        for (question, node) in fields.texts("held out") {
            check(question: question, node, codebook, reader)
            panel.heldOut.append(question)
        }
        panel.reads = panelDiet(fields, codebook, reader)
        if let node = fields.required("backstory") {
            let sentences = reader.entries(node, "'backstory'")
            if sentences.isEmpty, node.mapping != nil { reader.report(node, "a panel needs at least one sentence of backstory") }
            for sentence in sentences {
                guard let written = self.sentence(sentence.name, sentence.value, reader) else { continue }
                check(sentence, written.template, heldOut: panel.heldOut, codebook, reader)
                if let portray = written.portray { check(sentence, portray, heldOut: panel.heldOut, codebook, reader) }
                panel.backstory.append(written)
            }
        }
        let models = self.models(of: fields, at: absolute, reader)
        guard let survey else { return nil }
        return (panel, survey, models)
    }

    func check(question id: String, _ node: Node, _ codebook: Codebook?, _ reader: NodeReader) {
        guard let codebook, codebook.question(id) == nil else { return }
        reader.report(node, "no question '\(id)' in \(codebook.id)", hint: suggestion(for: id, among: codebook.questions.map(\.id)).map { "did you mean '\($0)'?" })
    }

    private func check(
        _ sentence: (name: String, key: Node, value: Node), _ template: String, heldOut: [String], _ codebook: Codebook?,
        _ reader: NodeReader
    ) {
        guard let codebook else { return }
        let known = codebook.variables.map(\.name) + codebook.questions.map(\.id)
        func check(_ name: String, _ node: Node) {
            if !known.contains(name) {
                reader.report(node, "no variable '\(name)' in \(codebook.id)", hint: suggestion(for: name, among: known).map { "did you mean '\($0)'?" })
            } else if codebook.question(name)?.scale == .open {
                reader.report(node, "'\(name)' is an open question, so the data hold no answer to tell")
            } else if heldOut.contains(name) {
                reader.report(node, "'\(name)' is held out, so it must not be told")
            }
        }
        check(sentence.name, sentence.key)
        var rest = template[...]
        var names: [String] = []
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                reader.report(sentence.value, "'{' without '}'")
                return
            }
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        for name in names where name != sentence.name { check(name, sentence.value) }
        if !names.contains(sentence.name) {
            reader.report(sentence.value, "the sentence does not say '{\(sentence.name)}'")
        }
    }

    private func condition(
        _ entry: (name: String, key: Node, value: Node), _ codebook: Codebook?, _ reader: NodeReader
    ) -> Universe.Condition? {
        let (name, key, node) = entry
        if let codebook, codebook.variable(name) == nil {
            reader.report(key, "no variable '\(name)' in \(codebook.id)",
                hint: suggestion(for: name, among: codebook.variables.map(\.name)).map { "did you mean '\($0)'?" })
            return nil
        }
        if let range = node.scalar.flatMap({ Self.range($0.string) }) {
            return .between(variable: name, low: range.lowerBound, high: range.upperBound)
        }
        let kind = codebook?.variable(name)?.kind
        if case .number? = kind {
            reader.report(node, "'\(name)' must read like '18 to 89', not \(reader.describe(node))")
            return nil
        }
        let values = node.scalar != nil ? reader.text(node, "'\(name)'").map { [($0, node)] } ?? [] : reader.texts(node, "'\(name)'")
        var cells: [String] = []
        for (text, node) in values {
            switch kind {
            case .categories(let known)? where !known.contains(text):
                reader.report(node, "'\(text)' is no value of '\(name)'", hint: suggestion(for: text, among: known).map { "did you mean '\($0)'?" } ?? "the values are \(known.joined(separator: ", "))")
            case .coded(let codes)?:
                if let code = codes.first(where: { $0.code == text || $0.text == text }) {
                    cells.append(code.code)
                } else {
                    reader.report(node, "'\(text)' is no value of '\(name)'", hint: "the values are \(codes.map { "\($0.code) (\($0.text))" }.joined(separator: ", "))")
                }
            default: cells.append(text)
            }
        }
        return .oneOf(variable: name, values: cells)
    }

    /// `18 to 89`.
    static func range(_ text: String) -> ClosedRange<Int>? {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "to", let low = Int(words[0]), let high = Int(words[2]), low <= high else { return nil }
        return low...high
    }

    static func truth(_ text: String) -> Bool? {
        switch text {
        case "true", "yes": true
        case "false", "no": false
        default: nil
        }
    }
}
