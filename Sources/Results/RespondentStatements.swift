internal import GRDB
internal import Surveys

/// Writes respondents by a statement prepared once, a row each.
struct RespondentStatements {
    private let digest: String
    private let variables: StoredVariables
    private let answers: StoredAnswers
    private let known: KnownColumns
    private let row: Statement

    init(_ database: Database, _ codebook: Codebook, digest: String) throws {
        self.digest = digest
        variables = try StoredVariables(codebook.variables.map(\.name))
        answers = StoredAnswers(codebook.questions)
        known = KnownColumns(codebook)
        row = try database.makeStatement(
            sql: """
                INSERT INTO respondent (survey, id, sequence, weight, stratum, cluster, variables, answers)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
    }

    /// - Throws: ``ResultsError/badRespondent(id:reason:)``
    func insert(_ person: Respondent, sequence: Int) throws {
        try known.check(person)
        let texts = [("id", person.id), ("stratum", person.stratum ?? ""), ("cluster", person.cluster ?? "")]
        for (column, text) in texts where text.utf8.contains(0) { throw Self.containsNUL(column) }
        for value in person.variables.values where value.utf8.contains(0) { throw Self.containsNUL("variables") }
        guard let letters = answers.text(person.answers) else { throw known.objection(to: person) }
        try row.execute(arguments: [
            digest, person.id, sequence, person.weight, person.stratum, person.cluster,
            try variables.text(person.variables), letters,
        ])
    }

    private static func containsNUL(_ column: String) -> ResultsError { .containsNUL(table: "respondent", column: column) }
}
