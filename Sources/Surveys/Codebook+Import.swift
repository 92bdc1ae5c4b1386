/// A cell of the microdata that does not fit the codebook.
public struct ImportMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// Line of the data file, from 1.
    public var line: Int
    /// Name of the column.
    public var column: String
    public var message: String

    public init(line: Int, column: String, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String { "\(line): error: column '\(column)': \(message)" }
}

extension Codebook {
    /// Reads microdata by the codebook. An empty cell is missing.
    ///
    /// - Returns: Everybody, and every mismatch by line and column: import nobody where there is one.
    /// - Complexity: O(rows x columns).
    public func respondents(from table: CSVTable) -> (respondents: [Respondent], mismatches: [ImportMismatch]) {
        var mismatches: [ImportMismatch] = []
        var columns: [String: Int] = [:]
        for (index, name) in table.header.enumerated() {
            if columns[name] != nil { mismatches.append(.init(line: 1, column: name, message: "the header names it twice")) }
            columns[name] = columns[name] ?? index
        }
        func column(_ name: String?) -> Int? {
            guard let name else { return nil }
            if let index = columns[name] { return index }
            let missing = ImportMismatch(line: 1, column: name, message: "the data have no such column")
            if !mismatches.contains(missing) { mismatches.append(missing) }
            return nil
        }
        let asked = questions.filter(\.hasBaseline)
        let (id, weight) = (column(respondent), column(weight))
        let (stratum, cluster) = (column(stratum), column(cluster))
        let variableColumns = variables.map { column($0.name) }
        let questionColumns = asked.map { column($0.id) }
        guard mismatches.isEmpty else { return ([], mismatches) }

        var respondents: [Respondent] = []
        var ids: Set<String> = []
        for (number, row) in table.rows.enumerated() {
            func mismatch(_ column: Int, _ message: String) {
                mismatches.append(.init(line: row.line, column: table.header[column], message: message))
            }
            let name = id.map { row.cells[$0] } ?? String(number + 1)
            if let id {
                if name.isEmpty {
                    mismatch(id, "the respondent has no id")
                } else if !ids.insert(name).inserted { mismatch(id, "the id '\(name)' occurs twice") }
            }
            var person = Respondent(id: name)
            if let weight {
                if let value = decimal(row.cells[weight]), value > 0 { person.weight = value } else {
                    mismatch(weight, "the weight '\(row.cells[weight])' is not a number above 0")
                }
            }
            person.stratum = stratum.map { row.cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
            person.cluster = cluster.map { row.cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
            for (variable, column) in zip(variables, variableColumns) {
                guard let column, !row.cells[column].isEmpty else { continue }
                if let message = variable.objection(to: row.cells[column]) { mismatch(column, message) }
                person.variables[variable.name] = row.cells[column]
            }
            for (question, column) in zip(asked, questionColumns) {
                guard let column, !row.cells[column].isEmpty else { continue }
                guard let code = Int(row.cells[column]), let answer = question.answer(code: code) else {
                    mismatch(
                        column,
                        "the code '\(row.cells[column])' is none of \(question.options.map { String($0.code) }.joined(separator: ", "))")
                    continue
                }
                person.answers[question.id] = answer
            }
            respondents.append(person)
        }
        return (respondents, mismatches)
    }
}

/// A finite number in decimal notation; Swift's own reader also takes `0x10`, `inf` and `nan`.
private func decimal(_ cell: String) -> Double? {
    guard cell.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(cell).flatMap { $0.isFinite ? $0 : nil }
}

extension Variable {
    /// Why a cell cannot be this variable's; `nil` where it can.
    fileprivate func objection(to cell: String) -> String? {
        switch kind {
        case .number: Int(cell) == nil ? "'\(cell)' is not a whole number" : nil
        case .categories(let names): names.contains(cell) ? nil : "'\(cell)' is not a category of the codebook"
        case .coded(let codes): codes.contains { $0.code == cell } ? nil : "the code '\(cell)' has no words in the codebook"
        }
    }
}

extension Question {
    fileprivate func answer(code: Int) -> HumanAnswer? {
        if let index = optionIndex(ofCode: code) { return .option(index) }
        guard case .codes(let refused, let dontKnow, let notAsked) = nonAnswers else { return nil }
        if refused.contains(code) { return .refused }
        if dontKnow.contains(code) { return .dontKnow }
        return notAsked.contains(code) ? .missing : nil
    }
}
