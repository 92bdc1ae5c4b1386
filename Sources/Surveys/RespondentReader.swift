/// Reads microdata by a codebook, a row at a time, so that no table need be in memory.
public struct RespondentReader: Sendable {
    /// What a codebook's `respondent` says where the data have no column of ids: people are numbered from 1.
    public static let rowNumber = "row number"

    /// Columns the codebook reads, in no order.
    public static func columns(of codebook: Codebook) -> Set<String> {
        Set([codebook.respondent, codebook.weight, codebook.stratum, codebook.cluster].compactMap { $0 })
            .union(codebook.variables.map(\.name)).union(codebook.questions.filter(\.hasBaseline).map(\.id))
    }

    /// By line and column, in reading order.
    public private(set) var mismatches: [ImportMismatch] = []
    private let codebook: Codebook
    private let header: [String]
    private let asked: [Question]
    private var id, weight, stratum, cluster: Int?
    private var variableColumns: [Int] = []
    private var questionColumns: [Int] = []
    private var ids: Set<String> = []
    private var count = 0

    /// - Parameter header: Names of the cells' columns; those the codebook does not name are left alone.
    public init(_ codebook: Codebook, header: [String]) {
        self.codebook = codebook
        self.header = header
        asked = codebook.questions.filter(\.hasBaseline)
        var columns: [String: Int] = [:]
        for (index, name) in header.enumerated() {
            if columns[name] != nil { mismatches.append(.init(line: 1, column: name, message: "the header names it twice")) }
            columns[name] = columns[name] ?? index
        }
        var missing: [ImportMismatch] = []
        func column(_ name: String?) -> Int? {
            guard let name else { return nil }
            if let index = columns[name] { return index }
            let new = ImportMismatch(line: 1, column: name, message: "the data have no such column")
            if !missing.contains(new) { missing.append(new) }
            return nil
        }
        id = codebook.respondent == Self.rowNumber && columns[Self.rowNumber] == nil ? nil : column(codebook.respondent)
        (weight, stratum, cluster) = (column(codebook.weight), column(codebook.stratum), column(codebook.cluster))
        variableColumns = codebook.variables.compactMap { column($0.name) }
        questionColumns = asked.compactMap { column($0.id) }
        mismatches += missing
        isUsable = mismatches.isEmpty
    }

    /// Whether the columns are there; where not, nobody can be read.
    public let isUsable: Bool

    /// - Parameters:
    ///   - cells: As many as the header has. An empty cell is missing.
    ///   - line: Where the row is, for mismatches.
    ///   - wanted: Ids of the people to read; everybody where `nil`. What others' rows hold is not looked at.
    /// - Complexity: O(columns).
    public mutating func read(_ cells: [String], line: Int, only wanted: Set<String>? = nil) -> Respondent? {
        guard isUsable else { return nil }
        count += 1
        let name = id.map { cells[$0] } ?? String(count)
        if let id {
            if name.isEmpty {
                mismatch(line, id, "the respondent has no id")
            } else if !ids.insert(name).inserted { mismatch(line, id, "the id '\(name)' occurs twice") }
        }
        guard wanted?.contains(name) ?? true else { return nil }
        var person = Respondent(id: name)
        if let weight {
            if let value = decimal(cells[weight]), value > 0 { person.weight = value } else {
                mismatch(line, weight, "the weight '\(cells[weight])' is not a number above 0")
            }
        }
        person.stratum = stratum.map { cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        person.cluster = cluster.map { cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        for (variable, column) in zip(codebook.variables, variableColumns) where !cells[column].isEmpty {
            if let message = variable.objection(to: cells[column]) { mismatch(line, column, message) }
            person.variables[variable.name] = cells[column]
        }
        person.answers.reserveCapacity(asked.count)
        for (question, column) in zip(asked, questionColumns) where !cells[column].isEmpty {
            guard let code = Int(cells[column]) ?? MissingTag.code(cells[column]), let answer = question.answer(code: code) else {
                mismatch(
                    line, column,
                    "the code '\(cells[column])' is none of \(question.options.map { String($0.code) }.joined(separator: ", "))")
                continue
            }
            person.answers[question.id] = answer
        }
        return person
    }

    private mutating func mismatch(_ line: Int, _ column: Int, _ message: String) {
        mismatches.append(.init(line: line, column: header[column], message: message))
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
