@testable import Results
import Surveys
import Testing

@Suite struct OpenQuestionStorageTests {
    private func codebook(_ options: [AnswerOption], scale: Scale = .open) -> Codebook {
        Codebook(
            id: "believability", title: "Believability",
            questions: [
                Question(id: "plan1", ask: "What next?", scale: scale, options: options, hasBaseline: false, category: "plans")
            ])
    }

    @Test func `an open question keeps its category and has no options`() async throws {
        let database = try ResultsDatabase(path: Samples.path())
        try await database.importSurvey(codebook([]), respondents: [], digest: "d")
        #expect(try await database.survey("d")?.codebook == codebook([]))
    }

    @Test func `an open question with options is refused, and so is a closed one without`() async throws {
        let database = try ResultsDatabase(path: Samples.path())
        for bad in [codebook([AnswerOption(code: 1, text: "Yes")]), codebook([], scale: .nominal)] {
            await #expect(throws: ResultsError.self) { try await database.importSurvey(bad, respondents: [], digest: "d") }
        }
    }

    @Test func `a database of the first release is brought up to date and keeps its surveys`() async throws {
        let path = Samples.path()
        let closed = Codebook(
            id: "old", title: "Old",
            questions: [
                Question(
                    id: "q", ask: "Well?", scale: .nominal,
                    options: [AnswerOption(code: 1, text: "Yes"), AnswerOption(code: 0, text: "No")])
            ])
        do {
            let database = try ResultsDatabase(path: path)
            try await database.importSurvey(closed, respondents: [], digest: "d")
            try database.execute("ALTER TABLE question DROP COLUMN category")
            try database.execute("DELETE FROM grdb_migrations WHERE identifier = '2'")
        }
        #expect(try await ResultsDatabase(path: path).survey("d")?.codebook == closed)
    }
}
