internal import GRDB
public import Surveys

extension ResultsDatabase {
    /// Stores a survey with its respondents: all of it or nothing.
    ///
    /// - Parameters:
    ///   - respondents: In file order; empty for a survey of the user's own, which has no baseline.
    ///   - digest: Of codebook and microdata together. What is stored under it already stays, and nothing is written.
    /// - Returns: Whether anything was imported.
    /// - Throws: ``ResultsError/badRespondent(id:reason:)``, ``ResultsError/badCodebook(id:reason:)``
    @discardableResult
    public func importSurvey(_ codebook: Codebook, respondents: [Respondent], digest: String) async throws -> Bool {
        try await importSurvey(codebook, digest: digest) { store in for respondent in respondents { try store(respondent) } }
    }

    /// The same for more respondents than memory holds.
    ///
    /// - Parameter each: Gives every respondent, in file order, to the function it gets; what it throws undoes everything.
    /// - Complexity: About 100 ns a cell; memory in one respondent and the ids.
    @discardableResult
    public func importSurvey(
        _ codebook: Codebook, digest: String, each: @escaping @Sendable (_ store: (Respondent) throws -> Void) throws -> Void
    ) async throws -> Bool {
        try Self.check(codebook)
        return try await write { database in
            let known = try Bool.fetchOne(database, sql: "SELECT 1 FROM survey WHERE digest = ?", arguments: [digest])
            if known == true { return false }
            try database.insert(codebook, digest: digest)
            var seen: Set<String> = []
            let statements = try RespondentStatements(database, codebook, digest: digest)
            try each { respondent in
                guard seen.insert(respondent.id).inserted else {
                    throw ResultsError.badRespondent(id: respondent.id, reason: "the id occurs twice")
                }
                try statements.insert(respondent, sequence: seen.count)
            }
            return true
        }
    }

    private static func check(_ codebook: Codebook) throws {
        var seen: Set<String> = []
        for question in codebook.questions {
            guard seen.insert(question.id).inserted else {
                throw ResultsError.badCodebook(id: codebook.id, reason: "question \(question.id) occurs twice")
            }
            if question.scale == .open {
                guard question.options.isEmpty else {
                    throw ResultsError.badCodebook(id: codebook.id, reason: "\(question.id) is open and has options")
                }
            } else if question.options.count > StoredAnswers.mostOptions {
                throw ResultsError.badCodebook(
                    id: codebook.id, reason: "\(question.id) has more than \(StoredAnswers.mostOptions) options")
            } else if question.options.count < 2 {
                throw ResultsError.badCodebook(id: codebook.id, reason: "\(question.id) has fewer than two options")
            }
        }
    }
}

extension Database {
    fileprivate func insert(_ codebook: Codebook, digest: String) throws {
        try insert(
            "survey",
            [
                "digest": digest, "number": try next("number", of: "survey"), "id": codebook.id,
                "title": codebook.title, "source": codebook.source, "year": codebook.year,
                "country": codebook.country, "data": codebook.data, "checksum": codebook.checksum,
                "respondent": codebook.respondent, "weight": codebook.weight, "stratum": codebook.stratum,
                "cluster": codebook.cluster, "variables": try StoredJSON.text(codebook.variables),
            ])
        for (position, question) in codebook.questions.enumerated() {
            try insert(
                "question",
                [
                    "survey": digest, "id": question.id, "position": position, "ask": question.ask,
                    "say": question.say, "scale": question.scale.rawValue,
                    "nonAnswers": try StoredJSON.text(question.nonAnswers), "hasBaseline": question.hasBaseline,
                    "caution": question.caution, "category": question.category,
                ])
            for (number, option) in question.options.enumerated() {
                try insert(
                    "option",
                    [
                        "survey": digest, "question": question.id, "number": number, "code": option.code,
                        "text": option.text, "fills": option.fills, "position": option.position,
                    ])
            }
        }
    }
}
