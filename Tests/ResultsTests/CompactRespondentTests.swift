import Foundation
@testable import Results
import Surveys
import Testing

@Suite struct CompactRespondentTests {
    private let answers = "SELECT * FROM respondentAnswer ORDER BY survey, respondent, question"
    private let variables = "SELECT * FROM respondentVariable ORDER BY survey, respondent, variable"

    @Test func `a database with a row an answer keeps every answer, variable and respondent`() async throws {
        let path = Samples.path()
        let url = try #require(Bundle.module.url(forResource: "release3", withExtension: "sql", subdirectory: "Fixtures"))
        let cells: [String]
        do {
            let database = try ResultsDatabase(path: path)
            try database.execute(String(contentsOf: url, encoding: .utf8))
            cells = try database.rawLines(answers) + database.rawLines(variables)
        }
        #expect(cells.count == 7)
        let database = try ResultsDatabase(path: path)
        #expect(try database.rawLines("SELECT type FROM sqlite_master WHERE name = 'respondentAnswer'") == ["'view'"])
        #expect(try database.rawLines(answers) + database.rawLines(variables) == cells)
        #expect(try await database.problems().isEmpty)
        #expect(
            try await database.respondents(ofSurvey: "old") == [
                Respondent(
                    id: "r9", weight: 0.1, stratum: "north", variables: ["age": "40", "say \"so\"": "a \"b\\"],
                    answers: ["alpha": .option(2), "zeta": .refused]),
                Respondent(id: "r10", weight: 1.75, cluster: "7", answers: ["zeta": .option(0), "alpha": .dontKnow]),
                Respondent(id: "r1", variables: ["age": "41"]),
            ])
        #expect(try await database.respondents(ofSurvey: "none").isEmpty)
    }

    @Test func `what was stored is seen through the views`() async throws {
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1")
        #expect(
            try database.rawLines(answers) == [
                "'d1'|'r1'|'natenvir'|'dontKnow'|NULL", "'d1'|'r1'|'vote'|'option'|0",
                "'d1'|'r2'|'natenvir'|'option'|1", "'d1'|'r2'|'vote'|'refused'|NULL",
            ])
        #expect(try database.rawLines(variables) == ["'d1'|'r2'|'age'|'40'", "'d1'|'r2'|'partyid'|'1'"])
    }

    @Test func `answers beyond the alphabet and words with quotes come back`() async throws {
        let many = (0..<300).map { AnswerOption(code: $0, text: "\($0)") }
        let codebook = Codebook(
            id: "many", title: "Many",
            variables: [Variable(name: "a \"b\"\\c", kind: .number(unit: "years")), Variable(name: "é", kind: .number(unit: "m"))],
            questions: [Question(id: "q", ask: "Which?", scale: .nominal, options: many)])
        let people = (0..<300).map { index in
            Respondent(
                id: "\(index)", variables: ["a \"b\"\\c": "1 \"\\\n\u{1}", "é": "ü{,:}"], answers: ["q": .option(index)])
        }
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(codebook, respondents: people, digest: "d")
        #expect(try await database.respondents(ofSurvey: "d") == people)
        let wrong = try database.rawLines("SELECT * FROM respondentAnswer WHERE option <> CAST(respondent AS INTEGER)")
        #expect(wrong.isEmpty)
        #expect(try database.rawLines("SELECT count(*) FROM respondentAnswer WHERE kind = 'option'") == ["300"])
        #expect(
            try database.rawLines("SELECT DISTINCT variable FROM respondentVariable ORDER BY 1", quoted: false)
                == ["a \"b\"\\c", "é"])
    }

    @Test func `only what is asked for is read`() async throws {
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1")
        let people = try await database.respondents(ofSurvey: "d1", questions: ["vote"], variables: ["age"])
        #expect(people.map(\.answers) == [["vote": .refused], ["vote": .option(0)]])
        #expect(people.map(\.variables) == [["age": "40"], [:]])
        #expect(people.map(\.weight) == [1.5, 0.5])
    }

    @Test(arguments: ["A", "ACA", "CA", ""])
    func `answers that no import wrote are an error`(letters: String) async throws {
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1")
        try database.execute("UPDATE respondent SET answers = '\(letters)' WHERE id = 'r1'")
        await #expect(throws: ResultsError.corrupt(path: ":memory:", reason: "unreadable answers of a respondent")) {
            try await database.respondents(ofSurvey: "d1")
        }
    }
}
