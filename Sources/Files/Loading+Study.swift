internal import Agents
internal import LanguageModels
internal import Surveys
internal import Yams

extension Loading {
    func study(_ absolute: String) -> (study: Replication, survey: SurveyFile, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .study) else { return nil }
        if fields["design"] == nil, let node = fields["sweep"] {
            reader.report(node, "this study is a sweep and no paper's design", hint: "'populace sweep' runs it")
            return nil
        }
        for key in Self.sweepKeys where fields["sweep"] == nil {
            if let node = fields[key] { reader.report(node, "'\(key)' is for a study with a 'sweep'") }
        }
        let drawn = panel(fields, reader, absolute, title: "study", size: "people")
        let codebook = drawn?.survey.codebook
        var design: Replication.Design?
        if let node = fields.required("design") {
            design = reader.value(node, "'design'", like: "opinions', 'vote', 'pattern' or 'words", Replication.Design.init(rawValue:))
        }
        var questions: [String] = []
        for (name, node) in fields.texts("questions") {
            if questions.contains(name) { reader.report(node, "'\(name)' is listed twice") }
            checkItem(name, node, design, codebook, reader)
            questions.append(name)
        }
        let wanted: ClosedRange<Int> = switch design {
        case .opinions?: 1...1000
        case .pattern?: 3...1000
        case .vote?: 1...1
        case .words?, nil: 0...1000
        }
        if !wanted.contains(questions.count) {
            let least = wanted.lowerBound
            reader.report(fields["questions"] ?? fields.node, design == .vote
                ? "a vote is one question of the survey, in 'questions'"
                : "'questions' needs \(least == 1 ? "a question" : "\(least) questions") at least")
        }
        let shapes = shapes(fields, design, reader)
        let method = fields.value("method", like: "words' or 'letters", { text -> ElicitationMethod? in
            ElicitationMethod(rawValue: text).flatMap { [.words, .letters].contains($0) ? $0 : nil }
        }) ?? .words
        if method == .words, design == .opinions || design == .vote, let codebook {
            for (name, node) in fields.texts("questions") where codebook.question(name).map({ $0.say == nil }) == true {
                reader.report(node, "'\(name)' has no statement to be scored", hint: "add 'method: letters'")
            }
        }
        let by = variable("by", fields, codebook, reader)
        if design == .words, fields["by"] == nil { reader.report(fields.node, "words about parties need a 'by', the variable of party") }
        if design == .opinions { checkGroups(drawn?.panel, fields, codebook, reader) }
        let yardstick = fields.texts("yardstick").map { name, node in
            // A question's own answer may stand for a variable: seven kinds of party say more than three.
            if codebook?.question(name) == nil { check(variable: name, node, codebook, reader) }
            return name
        }
        let paper = fields.list("paper").compactMap { figure($0, reader) }
        let study = Replication(
            id: Self.stem(absolute), title: fields.requiredText("study"), source: fields.requiredText("source"),
            design: design ?? .opinions, panel: drawn?.panel ?? Self.nobody, questions: questions, shapes: shapes,
            method: method, statement: fields.text("statement"), by: by, yardstick: yardstick, paper: paper,
            differs: fields.texts("differs").map(\.text))
        guard let drawn else { return nil }
        return (study, drawn.survey, drawn.models)
    }

    private static let nobody = Panel(id: "", title: "", survey: "", size: 1, seed: 1, weighted: false, withReplacement: true, backstory: [])

    private func shapes(_ fields: Fields, _ design: Replication.Design?, _ reader: NodeReader) -> [AskAs] {
        var shapes: [AskAs] = []
        for (text, node) in fields.texts("ask as") {
            guard let shape = AskAs(rawValue: text) else {
                reader.report(node, "no shape '\(text)'", hint: "the shapes are \(AskAs.allCases.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            if shapes.contains(shape) { reader.report(node, "'\(text)' is listed twice") }
            shapes.append(shape)
        }
        if let node = fields["ask as"], design != .opinions, shapes.count > 1 {
            reader.report(node, "only 'opinions' are asked in several shapes", hint: "leave one")
        }
        guard shapes.isEmpty else { return shapes }
        switch design {
        case .opinions?: return [.qa, .bio, .portray]
        case .pattern?: return [.interview]
        case .vote?, .words?, nil: return [.bio]
        }
    }

    /// An item is a question with options or, in a pattern, a variable that the codebook words and whose values are few.
    private func checkItem(
        _ name: String, _ node: Node, _ design: Replication.Design?, _ codebook: Codebook?, _ reader: NodeReader
    ) {
        guard let codebook else { return }
        if let question = codebook.question(name) {
            if question.scale == .open { reader.report(node, "'\(name)' is an open question, which no human answer stands beside") }
            if design == .vote, question.options.count != 2 {
                reader.report(node, "'\(name)' has \(question.options.count) options, and a vote has two")
            }
        } else if design == .pattern, let variable = codebook.variable(name) {
            if variable.options == nil || variable.ask == nil {
                reader.report(node, "'\(name)' cannot be asked", hint: "an item has an 'ask' and values in words")
            }
        } else {
            check(question: name, node, codebook, reader)
        }
    }

    private func checkGroups(_ panel: Panel?, _ fields: Fields, _ codebook: Codebook?, _ reader: NodeReader) {
        guard let codebook, let panel, let node = fields["backstory"] else { return }
        for entry in reader.entries(node, "'backstory'") where panel.backstory.contains(where: { $0.variable == entry.name }) {
            if codebook.variable(entry.name)?.options == nil {
                reader.report(entry.key, "'\(entry.name)' has no groups", hint: "a model is steered to the values of a variable")
            }
        }
    }

    private func check(variable name: String, _ node: Node, _ codebook: Codebook?, _ reader: NodeReader) {
        guard let codebook, codebook.variable(name) == nil else { return }
        reader.report(node, "no variable '\(name)' in \(codebook.id)",
            hint: suggestion(for: name, among: codebook.variables.map(\.name)).map { "did you mean '\($0)'?" })
    }

    private func variable(_ key: String, _ fields: Fields, _ codebook: Codebook?, _ reader: NodeReader) -> String? {
        guard let node = fields[key], let name = reader.text(node, "'\(key)'") else { return nil }
        check(variable: name, node, codebook, reader)
        return name
    }

    private func figure(_ node: Node, _ reader: NodeReader) -> Replication.PaperFigure? {
        guard let fields = Fields(node, "a figure of the paper", .figure, reader) else { return nil }
        let (statistic, of) = (fields.requiredText("statistic"), fields.requiredText("of"))
        guard let number = fields.required("value"), let value = reader.number(number, "'value'", in: -1e6...1e6) else { return nil }
        return Replication.PaperFigure(
            statistic: statistic, of: of, value: value,
            fromMemory: fields.value("from memory", like: "true", Self.truth) ?? false,
            ofPeople: fields.value("people", like: "true", Self.truth) ?? false)
    }
}
