internal import Agents
internal import Kernel
internal import LanguageModels
internal import Surveys
internal import Yams

extension Loading {
    /// Keys of a study that only sweeps have, beside `sweep` itself.
    static let sweepKeys = ["run", "poll", "experiment", "until", "survey"]

    /// The sweep of a study file, with everything that any cell names read in.
    func sweep(_ absolute: String) -> (sweep: Sweep, models: ModelSection)? {
        guard let (fields, reader) = open(absolute, as: .study) else { return nil }
        guard let node = fields.required("sweep"), let axes = Fields(node, "a sweep", .sweep, reader) else { return nil }
        guard let procedure = self.procedure(fields, axes, reader) else { return nil }
        var models = ModelSection()
        if procedure == .study {
            // A paper's design says all but what varies.
            models = study(absolute)?.models ?? models
            for key in Self.sweepKeys { refuse(key, of: fields, "'\(key)' has no place beside a 'design', which the sweep repeats", reader) }
        } else {
            let own = ["study", "sweep", "questions", "ask as", "method", "order"] + Self.sweepKeys
            for key in Keys.study.names where !own.contains(key) {
                refuse(key, of: fields, "'\(key)' belongs to a 'design', which this study has not", reader)
            }
        }
        var dimensions: [Sweep.Dimension] = []
        for entry in axes.written {
            guard let axis = Sweep.Axis(rawValue: entry.name) else { continue }
            guard procedure.axes.contains(axis) else {
                reader.report(entry.key, "a sweep of '\(procedure.rawValue)' has no '\(axis.rawValue)'",
                    hint: "it may vary \(procedure.axes.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            dimensions.append(Sweep.Dimension(axis, values(axis, entry.value, reader)))
        }
        if dimensions.isEmpty { reader.report(node, "a sweep needs something that varies", hint: "such as 'seed: 1..20'") }
        var cells = 1
        for dimension in dimensions { cells = min(cells * max(1, dimension.values.count), 1_000_000_000) }
        if cells > Sweep.mostCells { reader.report(node, "the sweep has \(cells) cells, and \(Sweep.mostCells) are the most") }
        var sweep = Sweep(
            id: Self.stem(absolute), title: fields.requiredText("study"), procedure: procedure, target: nil,
            dimensions: dimensions)
        if procedure == .study {
            sweep.target = root.relative(absolute)
        } else {
            sweep.target = target(fields, sweep, reader)
            sweep.fixed = fixed(fields, sweep, reader)
            let surveys = read(sweep, fields, reader, &models)
            sweep.questions = questions(fields, sweep, surveys, reader)
        }
        return (sweep, models)
    }

    private func refuse(_ key: String, of fields: Fields, _ message: String, _ reader: NodeReader) {
        if let node = fields[key] { reader.report(node, message) }
    }

    /// What every cell does: named by a key, or by the axis of what it is done to.
    private func procedure(_ fields: Fields, _ axes: Fields, _ reader: NodeReader) -> Sweep.Procedure? {
        var named: [Sweep.Procedure] = []
        if fields["design"] != nil { named.append(.study) }
        if fields["run"] != nil || axes["world"] != nil { named.append(.run) }
        if fields["poll"] != nil || axes["panel"] != nil || axes["persona"] != nil { named.append(.poll) }
        if fields["experiment"] != nil || axes["experiment"] != nil { named.append(.experiment) }
        if named.count == 1 { return named[0] }
        reader.report(
            fields.node,
            named.isEmpty ? "a sweep needs to be told what each cell does"
                : "each cell does one thing, and this sweep says \(named.count)",
            hint: "'run:' a world, 'poll:' a panel or persona, 'experiment:' a file of one, or a paper's 'design:'")
        return nil
    }

    private func target(_ fields: Fields, _ sweep: Sweep, _ reader: NodeReader) -> String? {
        let targets = sweep.dimensions.filter { $0.axis.isTarget }
        if targets.count > 1 { reader.report(fields["sweep"], "a cell polls a panel or a persona, not both") }
        guard let node = fields[sweep.procedure.rawValue], let path = reader.text(node, "'\(sweep.procedure.rawValue)'"),
            let file = resolve(path, node, reader)
        else { return nil }
        let target = root.relative(file)
        guard let axis = targets.first else { return target }
        if !axis.values.contains(where: { $0.text == target }) {
            reader.report(node, "'\(axis.axis.rawValue)' of the sweep says what each cell is done to, and this is not among it",
                hint: "leave '\(sweep.procedure.rawValue)' out")
        }
        return nil
    }

    /// What all cells have in common.
    private func fixed(_ fields: Fields, _ sweep: Sweep, _ reader: NodeReader) -> [Sweep.Dimension] {
        [Sweep.Axis.until, .survey, .method, .askAs, .order].compactMap { axis in
            guard let node = fields[axis.rawValue] else { return nil }
            guard sweep.procedure.axes.contains(axis) else {
                reader.report(node, "a sweep of '\(sweep.procedure.rawValue)' has no '\(axis.rawValue)'")
                return nil
            }
            if sweep.dimensions.contains(where: { $0.axis == axis }) {
                reader.report(node, "'\(axis.rawValue)' is the same in every cell here, and varies in the sweep", hint: "leave one out")
            }
            let values = self.values(axis, node, reader)
            if values.count > 1 { reader.report(node, "'\(axis.rawValue)' is one value here", hint: "several are for the sweep") }
            return values.first.map { Sweep.Dimension(axis, [$0]) }
        }
    }

    /// Reads every file that a cell is done to or asks.
    private func read(
        _ sweep: Sweep, _ fields: Fields, _ reader: NodeReader, _ models: inout ModelSection
    ) -> [SurveyFile] {
        var asked: [SurveyFile] = []
        func values(_ axis: Sweep.Axis) -> [String] { (sweep.fixed + sweep.dimensions).filter { $0.axis == axis }.flatMap(\.values).map(\.text) }
        for path in values(.survey) { if let survey = survey(root.absolute(path)) { asked.append(survey) } }
        let ownSurveys = asked.isEmpty
        for path in sweep.target.map({ [$0] }) ?? (values(.world) + values(.panel) + values(.persona) + values(.experiment)) {
            let absolute = root.absolute(path)
            let kind = (try? SourceFile.read(absolute)).flatMap { FileKind(text: String(decoding: $0, as: UTF8.self)) }
            switch (sweep.procedure, kind) {
            case (.run, _): models = world(absolute)?.models ?? models
            case (.experiment, _): models = experiment(absolute)?.models ?? models
            case (_, .persona?) where sweep.dimensions.allSatisfy({ $0.axis != .panel }):
                models = personaFile(absolute)?.models ?? models
                if ownSurveys {
                    reader.report(fields["poll"] ?? fields["sweep"], "a persona is asked the questions of a survey", hint: "add 'survey: FILE'")
                }
                if let node = fields["order"] { reader.report(node, "'order' is for panels: a persona is told as it is written") }
            default:
                guard sweep.dimensions.allSatisfy({ $0.axis != .persona }) else {
                    _ = personaFile(absolute)
                    continue
                }
                guard let panel = self.panel(absolute) else { continue }
                models = panel.models
                if ownSurveys { asked.append(panel.survey) }
            }
        }
        return asked
    }

    private func questions(
        _ fields: Fields, _ sweep: Sweep, _ surveys: [SurveyFile], _ reader: NodeReader
    ) -> [String]? {
        guard let node = fields["questions"] else { return nil }
        guard sweep.procedure == .poll else {
            reader.report(
                node, "a sweep of '\(sweep.procedure.rawValue)' has no 'questions'",
                hint: sweep.procedure == .run ? "a world's own 'polls:' ask them" : nil)
            return nil
        }
        let named = reader.texts(node, "'questions'")
        if named.isEmpty, node.sequence != nil { reader.report(node, "'questions' must name at least one question") }
        for (place, (id, node)) in named.enumerated() {
            if named.prefix(place).contains(where: { $0.text == id }) { reader.report(node, "'\(id)' is listed twice") }
            for survey in surveys { check(question: id, node, survey.codebook, reader) }
            if id.contains(",") { reader.report(node, "'\(id)' is no question: ids hold no commas") }
        }
        return named.map(\.text)
    }
}
