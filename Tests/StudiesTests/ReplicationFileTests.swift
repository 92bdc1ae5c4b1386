import Files
@testable import Studies
import Testing

private func messages(_ design: String, _ rest: String) throws -> [String] {
    let file = try Replica().study(design, rest)
    do {
        _ = try StudyFiles().loadStudy(file)
        return []
    } catch {
        return error.diagnostics.map(\.message)
    }
}

@Test func `a mistake in a study is said in the terms of its design`() throws {
    #expect(try messages("vote", "questions: [vote]") == [])
    #expect(try messages("vote", "questions: [likes]") == ["'likes' has 3 options, and a vote has two"])
    #expect(try messages("vote", "questions: [vote, mood]") == ["a vote is one question of the survey, in 'questions'"])
    #expect(try messages("opinions", "") == ["'questions' needs a question at least"])
    #expect(try messages("opinions", "questions: [rain]") == ["no question 'rain' in people"])
    #expect(try messages("opinions", "questions: [party]") == ["no question 'party' in people"])
    #expect(try messages("pattern", "questions: [party, vote]") == ["'questions' needs 3 questions at least"])
    #expect(try messages("vote", "questions: [vote]\nask as: [bio, qa]") == ["only 'opinions' are asked in several shapes"])
    #expect(try messages("vote", "questions: [vote]\nask as: [song]").first == "no shape 'song'")
    #expect(try messages("vote", "questions: [vote]\nyardstick: [partly]") == ["no variable 'partly' in people"])
    #expect(try messages("words", "") == ["words about parties need a 'by', the variable of party"])
    #expect(try messages("vote", "questions: [vote]\npaper: [{ of: X, value: 1 }]") == ["a figure of the paper needs a 'statistic'"])
    #expect(try messages("vote", "questions: [vote]\nwhat: no") == ["unknown key 'what'"])
    #expect(try messages("dance", "").count == 1)
}
