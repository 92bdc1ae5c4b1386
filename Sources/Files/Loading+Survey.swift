internal import LanguageModels
internal import Surveys
internal import Yams

extension Loading {
    func survey(_ absolute: String) -> SurveyFile? {
        let path = root.relative(absolute)
        if let known = surveys.first(where: { $0.path == path }) { return known }
        guard let (fields, reader) = open(absolute, as: .survey) else { return nil }
        var codebook = Codebook(
            id: Self.stem(absolute), title: fields.requiredText("survey"), source: fields.text("source"),
            year: fields.integer("year", in: 1800...2200), country: fields.text("country"),
            respondent: fields.text("respondent"), weight: fields.text("weight"), stratum: fields.text("strata"),
            cluster: fields.text("cluster"), questions: [])
        let licence = fields.text("licence")
        var dataPath: String?
        if let node = fields["data"], let data = reader.text(node, "'data'") {
            dataPath = resolve(data, node, reader)
            codebook.data = data
            _ = fields.required("checksum")
            _ = fields.required("respondent")
        }
        codebook.checksum = fields.value("checksum", like: "sha256:" + "0123…", Self.checksum)
        codebook.variables = fields.entries("variables").compactMap { variable($0.name, $0.value, reader) }
        if let node = fields.required("questions") {
            let entries = reader.entries(node, "'questions'")
            if entries.isEmpty, node.mapping != nil { reader.report(node, "a survey needs at least one question") }
            codebook.questions = entries.compactMap { question($0.name, $0.value, hasData: codebook.data != nil, reader) }
            for (name, key, _) in entries where codebook.variable(name) != nil {
                reader.report(key, "'\(name)' is a variable already")
            }
        }
        let file = SurveyFile(
            path: path, codebook: codebook, licence: licence, dataPath: dataPath,
            models: models(of: fields, at: absolute, reader))
        keep(file)
        return file
    }

    private static func checksum(_ text: String) -> String? {
        let digits = text.dropFirst(7)
        return text.hasPrefix("sha256:") && digits.count == 64 && digits.allSatisfy { "0123456789abcdef".contains($0) } ? text : nil
    }

    func variable(_ name: String, _ node: Node, _ reader: NodeReader) -> Variable? {
        if node.scalar != nil {
            return reader.text(node, "'\(name)'").map { Variable(name: name, kind: .number(unit: $0)) }
        }
        if node.sequence != nil {
            let values = reader.texts(node, "'\(name)'")
            for (index, value) in values.enumerated() where values[..<index].contains(where: { $0.text == value.text }) {
                reader.report(value.node, "'\(value.text)' is listed twice")
            }
            return Variable(name: name, kind: .categories(values.map(\.text)))
        }
        if node.mapping?[Node("values")] != nil || node.mapping?[Node("ask")] != nil {
            return worded(name, node, reader)
        }
        let codes = reader.entries(node, "'\(name)'").compactMap { entry in
            reader.text(entry.value, "'\(entry.name)'").map { Variable.Code(code: entry.name, text: $0) }
        }
        return Variable(name: name, kind: .coded(codes))
    }

    private func question(_ id: String, _ node: Node, hasData: Bool, _ reader: NodeReader) -> Question? {
        guard let fields = Fields(node, "a question", .question, reader) else { return nil }
        let say = fields.text("say").map(Self.withoutEllipsis)
        let scale = fields.required("scale").flatMap { node in
            reader.value(node, "'scale'", like: "ordinal', 'nominal' or 'open", Scale.init(rawValue:))
        }
        if scale == .open {
            for key in ["say", "options", "no answer", "paraphrases", "opposite"] where fields[key] != nil {
                reader.report(fields[key], "an open question has no '\(key)'", hint: "it is answered in words, and never compared")
            }
            checkBaseline(fields, reader)
            return Question(
                id: id, ask: fields.requiredText("ask"), scale: .open, options: [], hasBaseline: false,
                caution: fields.text("caution"), category: fields.text("category"))
        }
        var options: [AnswerOption] = []
        if let node = fields.required("options") {
            for (name, key, value) in reader.entries(node, "'options'") {
                guard let code = Int(name) else {
                    reader.report(key, "an option's key is its code in the data, a whole number, not '\(name)'")
                    continue
                }
                guard let option = option(code, value, key, hasStatement: say != nil, reader) else { continue }
                if options.contains(where: { $0.text == option.text }) { reader.report(value, "two options read '\(option.text)'") }
                options.append(option)
            }
            if options.count < 2, node.mapping != nil { reader.report(node, "a question needs at least two options") }
        }
        checkBaseline(fields, reader)
        if scale == .ordinal, options.count > 1, let node = fields["options"] {
            let positions = options.enumerated().map { $1.position ?? Double($0 + 1) }
            if Set(positions).count == 1 {
                reader.report(node, "all options share the position \(shortest(positions[0])), so the scale has no ends",
                    hint: "give each its place on the scale, or write 'scale: nominal'")
            }
        }
        let nonAnswers = self.nonAnswers(fields, reader)
        if case .codes(let refused, let dontKnow, let notAsked) = nonAnswers {
            for code in refused + dontKnow + notAsked where options.contains(where: { $0.code == code }) {
                reader.report(fields["no answer"], "code \(code) is an option already")
            }
        }
        return Question(
            id: id, ask: fields.requiredText("ask"), say: say, scale: scale ?? .nominal, options: options,
            nonAnswers: nonAnswers, hasBaseline: hasData && fields["baseline"] == nil, caution: fields.text("caution"),
            category: fields.text("category"),
            rewordings: rewordings(fields, hasStatement: say != nil, scale: scale, options: options.count, reader))
    }

    private func checkBaseline(_ fields: Fields, _ reader: NodeReader) {
        if let node = fields["baseline"], let text = reader.text(node, "'baseline'"), text != "none" {
            reader.report(node, "'baseline' can only be 'none'")
        }
    }

    private func option(_ code: Int, _ node: Node, _ key: Node, hasStatement: Bool, _ reader: NodeReader) -> AnswerOption? {
        if node.scalar != nil {
            guard let text = reader.text(node, "an option") else { return nil }
            if hasStatement { reader.report(node, "the question has a 'say', so the option needs a 'fills'", hint: "write { text: \(text), fills: ... }") }
            return AnswerOption(code: code, text: text)
        }
        guard let fields = Fields(node, "an option", .option, reader) else { return nil }
        let fills = fields.text("fills")
        if hasStatement, fills == nil { reader.report(key, "the question has a 'say', so the option needs a 'fills'") }
        if !hasStatement, fills != nil { reader.report(fields["fills"], "'fills' needs the question's 'say'") }
        return AnswerOption(
            code: code, text: fields.requiredText("text"), fills: fills,
            position: fields.number("position", in: -1000...1000))
    }

    private func nonAnswers(_ fields: Fields, _ reader: NodeReader) -> NonAnswers {
        guard let node = fields["no answer"] else { return .merged }
        if node.scalar != nil {
            if reader.text(node, "'no answer'") != "merged" {
                reader.report(node, "'no answer' must be 'merged' or codes by kind", hint: "write { refused: [9], don't know: [8] }")
            }
            return .merged
        }
        guard let kinds = Fields(node, "'no answer'", .nonAnswers, reader) else { return .merged }
        func codes(_ key: String) -> [Int] {
            kinds.list(key).compactMap { node in
                node.scalar.flatMap { MissingTag.code($0.string) } ?? reader.integer(node, "a code", in: -1_000_000...1_000_000)
            }
        }
        return .codes(refused: codes("refused"), dontKnow: codes("don't know"), notAsked: codes("not asked"))
    }

    /// `I think it is ...` without its gap.
    static func withoutEllipsis(_ text: String) -> String {
        var text = text
        while text.hasSuffix(".") || text.hasSuffix("…") || text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
