/// Drafts a codebook from what a data file says about itself and from the values that occur in it.
///
/// Numeric variables whose labels and data make 2 to 12 answers become questions; codes the file declares missing, and
/// labels that can only mean it, are sorted into refused, don't know and not asked; everything else is a comment.
public struct CodebookDraft: Sendable {
    static let answers = 2...12
    private static let mostValues = 64

    private let metadata: SurveyMetadata
    /// Values that occur, by variable; `nil` once there are too many to be answers.
    private var values: [[String]?]
    /// Columns that may be ids, with the values seen.
    private var ids: [(column: Int, seen: Set<String>)]

    public init(_ metadata: SurveyMetadata) {
        self.metadata = metadata
        values = Array(repeating: [], count: metadata.variables.count)
        let names = metadata.variables.map { $0.name.lowercased() }
        let likely = names.indices.filter { index in
            let name = names[index]
            return ["id", "_id", "caseid", "respid", "respondent", "idnumber", "serial", "qkey", "idno"].contains(name)
                || name.hasSuffix("id") || name.hasPrefix("id") || name.hasSuffix("id_")
        }
        let columns = likely.prefix(6) + names.indices.prefix(3).filter { !likely.prefix(6).contains($0) }
        ids = columns.map { ($0, []) }
    }

    /// - Parameter cells: A row, all columns.
    public mutating func observe(_ cells: [String]) {
        for index in ids.indices.reversed() {
            let cell = cells[ids[index].column]
            if cell.isEmpty || !ids[index].seen.insert(cell).inserted { ids.remove(at: index) }
        }
        for (index, cell) in cells.enumerated() where !cell.isEmpty {
            guard let known = values[index], !known.contains(cell) else { continue }
            if known.count == Self.mostValues { values[index] = nil } else { values[index]?.append(cell) }
        }
    }

    /// Names of the variables that become questions.
    public var questions: [String] { metadata.variables.indices.filter { question($0) != nil }.map { metadata.variables[$0].name } }

    /// The codebook, for `survey.yaml`.
    ///
    /// - Parameters:
    ///   - name: The data file's name, for the title where the file has none.
    ///   - data: Path from the study's root.
    ///   - checksum: `sha256:` and 64 digits.
    public func text(name: String, data: String, checksum: String) -> String {
        var lines = [
            "# Drafted from \(comment(name)) by 'populace import --write-codebook'. The words are the file's own labels: put in what",
            "# people heard, check every scale and no answer, and make 'variables' of what describes people.",
            "survey: \(quoted(metadata.label ?? name))",
            "# source: who asked, and where the data come from",
            "# year: 2018", "# country: the United States",
            "data: \(quoted(data))", "checksum: \(checksum)",
            "respondent: "
                + (ids.first.map { key(metadata.variables[$0.column].name) } ?? "row number                # no column was found whose values are all different"),
        ]
        for variable in metadata.variables where looksLikeWeight(variable) {
            let why = variable.name == metadata.weight ? "the file says its cases are weighted by it" : "looks like a weight"
            lines.append("# weight: \(key(variable.name))   # \(why)\(variable.label.map { ": " + comment($0) } ?? "")")
        }
        lines += ["# strata: ...", "# cluster: ...", ""]
        var others: [String] = []
        var questions: [String] = []
        for index in metadata.variables.indices {
            if let found = question(index) { questions += self.lines(found) } else { others.append(line(index)) }
        }
        lines += ["# variables:                # what may be told of a respondent; whole numbers need their unit"] + others
        lines += ["", "questions:"] + questions
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Found {
        var variable: SurveyVariable
        var options: [(code: Int, text: String, remark: String?)] = []
        var none: [(kind: NonAnswerWords.Kind, cell: String, remark: String?)] = []
    }

    private func question(_ index: Int) -> Found? {
        let variable = metadata.variables[index]
        guard variable.kind == .number, !variable.labels.isEmpty, let occurring = values[index] else { return nil }
        var found = Found(variable: variable)
        var seen: Set<String> = []
        let unlabelled = occurring.filter { cell in !variable.labels.contains { $0.cell == cell } }
            .map { SurveyVariable.Label(cell: $0, text: "") }
        for label in variable.labels + unlabelled where seen.insert(label.cell).inserted && !label.cell.isEmpty {
            let declared = variable.isMissing(label.cell)
            let kind = NonAnswerWords.kind(of: label.text, declared: declared)
            if declared || kind != nil {
                let remark = !declared ? "the file does not declare it missing" : kind == nil ? "its label does not say which" : nil
                found.none.append((kind ?? .notAsked, label.cell, remark.map { "\(label.cell) '\(comment(label.text))': \($0)" }))
                if !SurveyVariable.isTag(label.cell), Int(label.cell) == nil { return nil }
            } else {
                guard let code = Int(label.cell) else { return nil }
                var text = label.text.isEmpty ? label.cell : label.text
                if found.options.contains(where: { $0.text == text }) { text += " (\(code))" }
                found.options.append((code, text, label.text.isEmpty ? "no label in the file" : nil))
            }
        }
        found.options.sort { $0.code < $1.code }
        return Self.answers.contains(found.options.count) ? found : nil
    }

    private func lines(_ found: Found) -> [String] {
        let scale =
            switch found.variable.measure {
            case .ordinal: "ordinal"
            case .scale: "ordinal              # check: the file says scale"
            case .nominal: "nominal              # check: the file says nominal"
            case .unknown: "nominal              # check: the file does not say; ordinal where the options lie on a line"
            }
        var lines = [
            "  \(key(found.variable.name)):", "    ask: \(quoted(found.variable.label ?? found.variable.name))", "    scale: \(scale)",
            "    options:",
        ]
        lines += found.options.map { "      \($0.code): \(quoted($0.text))\($0.remark.map { "   # check: " + $0 } ?? "")" }
        let kinds = NonAnswerWords.Kind.allCases.compactMap { kind -> String? in
            let cells = found.none.filter { $0.kind == kind }.map { SurveyVariable.isTag($0.cell) ? quoted($0.cell) : $0.cell }
            return cells.isEmpty ? nil : "\(kind.rawValue): [\(cells.joined(separator: ", "))]"
        }
        lines += found.none.compactMap(\.remark).map { "    # check: \($0)" }
        if !kinds.isEmpty { lines.append("    no answer: { \(kinds.joined(separator: ", ")) }") }
        return lines
    }

    private func line(_ index: Int) -> String {
        let variable = metadata.variables[index]
        let said = variable.label.map { "   # " + comment($0) } ?? ""
        let name = "#   \(key(variable.name)): "
        if !variable.labels.isEmpty {
            let codes = variable.labels.prefix(40).map { "\(quoted($0.cell)): \(quoted(comment($0.text)))" }
            return name + "{ \(codes.joined(separator: ", "))\(variable.labels.count > 40 ? ", ..." : "") }" + said
        }
        if case .text = variable.kind {
            // Long texts are people's own words, and stay in the data.
            guard let values = values[index], values.count <= 12, !values.isEmpty, values.allSatisfy({ $0.utf8.count <= 40 }) else {
                return name + "text" + said
            }
            let sorted = values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return name + "[\(sorted.map { quoted(comment($0)) }.joined(separator: ", "))]" + said
        }
        return name + "units" + said
    }

    private func looksLikeWeight(_ variable: SurveyVariable) -> Bool {
        guard variable.kind == .number, variable.labels.isEmpty else { return false }
        if variable.name == metadata.weight { return true }
        let name = variable.name.lowercased()
        if name.hasPrefix("wt") || name.hasPrefix("wgt") || name.hasSuffix("wt") || name.hasSuffix("wgt") || name.contains("weight") { return true }
        let label = (variable.label ?? "").lowercased()
        return label.contains("weight") && !["kg", "pound", "body", "lbs", "height"].contains { label.contains($0) }
    }

    /// A double-quoted YAML scalar.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result.unicodeScalars.append(contentsOf: ["\\", scalar])
            case _ where isInvisible(scalar): result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private func key(_ name: String) -> String {
        let plain = name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F }
        let reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(name.lowercased())
        return plain && !reserved && name.utf8.first.map { $0 > 0x39 } == true ? name : quoted(name)
    }

    private func comment(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isInvisible($0) ? " " : $0 }))
    }

    private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
