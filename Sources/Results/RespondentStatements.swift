internal import GRDB
internal import Surveys

/// Writes respondents by statements prepared once: a large survey has tens of millions of cells.
struct RespondentStatements {
    private let codebook: Codebook
    private let digest: String
    private let respondent: Statement
    private let variable: Statement
    private let answer: Statement

    init(_ database: Database, _ codebook: Codebook, digest: String) throws {
        self.codebook = codebook
        self.digest = digest
        respondent = try database.makeStatement(
            sql: "INSERT INTO respondent (survey, id, sequence, weight, stratum, cluster) VALUES (?, ?, ?, ?, ?, ?)")
        variable = try database.makeStatement(
            sql: "INSERT INTO respondentVariable (survey, respondent, variable, value) VALUES (?, ?, ?, ?)")
        answer = try database.makeStatement(
            sql: "INSERT INTO respondentAnswer (survey, respondent, question, kind, option) VALUES (?, ?, ?, ?, ?)")
    }

    func insert(_ person: Respondent, sequence: Int) throws {
        let texts = [("id", person.id), ("stratum", person.stratum ?? ""), ("cluster", person.cluster ?? "")]
        for (column, text) in texts where text.utf8.contains(0) { throw ResultsError.containsNUL(table: "respondent", column: column) }
        try respondent.execute(arguments: [digest, person.id, sequence, person.weight, person.stratum, person.cluster])
        for column in codebook.variables {
            guard let value = person.variables[column.name] else { continue }
            if value.utf8.contains(0) { throw ResultsError.containsNUL(table: "respondentVariable", column: "value") }
            try variable.execute(arguments: [digest, person.id, column.name, value])
        }
        for question in codebook.questions {
            switch person.answers[question.id] {
            case .option(let index): try answer.execute(arguments: [digest, person.id, question.id, "option", index])
            case .refused: try answer.execute(arguments: [digest, person.id, question.id, "refused", nil])
            case .dontKnow: try answer.execute(arguments: [digest, person.id, question.id, "dontKnow", nil])
            case .missing, nil: continue
            }
        }
    }
}
