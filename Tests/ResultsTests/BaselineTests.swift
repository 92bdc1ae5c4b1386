@testable import Results
import Surveys
import Testing

@Suite struct BaselineTests {
    @Test func `a survey and its respondents are read back as they were`() async throws {
        let database = try ResultsDatabase.inMemory()
        #expect(try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1"))
        let survey = try await database.survey("toy")
        #expect(survey == StoredSurvey(digest: "d1", codebook: Samples.codebook, respondentCount: 2))
        #expect(try await database.respondents(ofSurvey: "toy") == Samples.respondents)
        #expect(try await database.survey("nothing") == nil)
        await #expect(throws: ResultsError.unknownSurvey("nothing")) {
            try await database.respondents(ofSurvey: "nothing")
        }
    }

    @Test func `importing twice changes nothing`() async throws {
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1")
        #expect(try await !database.importSurvey(Samples.codebook, respondents: [], digest: "d1"))
        #expect(try await database.respondents(ofSurvey: "d1") == Samples.respondents)
        #expect(try await database.surveys().count == 1)
    }

    @Test func `a survey whose files changed is a new version and the id means the newest`() async throws {
        let database = try ResultsDatabase.inMemory()
        try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "zz")
        var changed = Samples.codebook
        changed.title = "Toy, mended"
        try await database.importSurvey(changed, respondents: [Samples.respondents[0]], digest: "aa")
        #expect(try await database.survey("toy")?.codebook.title == "Toy, mended")
        #expect(try await database.respondents(ofSurvey: "zz").count == 2)
    }

    @Test(arguments: [
        (Respondent(id: "x", weight: 0), "the weight is not above 0"),
        (Respondent(id: "x", weight: .nan), "the weight is not above 0"),
        (Respondent(id: "r1"), "the id occurs twice"),
        (Respondent(id: "x", answers: ["natenvir": .option(2)]), "the answer to natenvir is not one of its options"),
        (Respondent(id: "x", answers: ["other": .refused]), "the codebook has no question other"),
        (Respondent(id: "x", variables: ["shoe": "9"]), "the codebook has no variable shoe"),
    ])
    func `one bad respondent leaves nothing`(bad: Respondent, reason: String) async throws {
        let database = try ResultsDatabase.inMemory()
        await #expect(throws: ResultsError.badRespondent(id: bad.id, reason: reason)) {
            try await database.importSurvey(Samples.codebook, respondents: Samples.respondents + [bad], digest: "d1")
        }
        #expect(try await database.surveys().isEmpty)
        #expect(try await database.importSurvey(Samples.codebook, respondents: Samples.respondents, digest: "d1"))
    }
}
