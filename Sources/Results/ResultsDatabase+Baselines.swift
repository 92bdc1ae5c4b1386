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
    /// - Complexity: About 10 microseconds a cell.
    @discardableResult
    public func importSurvey(_ codebook: Codebook, respondents: [Respondent], digest: String) async throws -> Bool {
        try Self.check(codebook)
        return try await write { database in
            let known = try Bool.fetchOne(database, sql: "SELECT 1 FROM survey WHERE digest = ?", arguments: [digest])
            if known == true { return false }
            try database.insert(codebook, digest: digest)
            var seen: Set<String> = []
            for (index, respondent) in respondents.enumerated() {
                guard seen.insert(respondent.id).inserted else {
                    throw ResultsError.badRespondent(id: respondent.id, reason: "the id occurs twice")
                }
                try Self.check(respondent, codebook)
                try database.insert(respondent, codebook, digest: digest, sequence: index + 1)
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
            } else if question.options.count < 2 {
                throw ResultsError.badCodebook(id: codebook.id, reason: "\(question.id) has fewer than two options")
            }
        }
    }

    private static func check(_ respondent: Respondent, _ codebook: Codebook) throws {
        func bad(_ reason: String) -> ResultsError { .badRespondent(id: respondent.id, reason: reason) }
        if respondent.id.isEmpty { throw bad("the id is empty") }
        guard respondent.weight.isFinite, respondent.weight > 0 else { throw bad("the weight is not above 0") }
        for name in respondent.variables.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where codebook.variable(name) == nil {
            throw bad("the codebook has no variable \(name)")
        }
        for id in respondent.answers.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard let question = codebook.question(id) else { throw bad("the codebook has no question \(id)") }
            if case .option(let index) = respondent.answers[id], !question.options.indices.contains(index) {
                throw bad("the answer to \(id) is not one of its options")
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

    fileprivate func insert(_ respondent: Respondent, _ codebook: Codebook, digest: String, sequence: Int) throws {
        try insert(
            "respondent",
            [
                "survey": digest, "id": respondent.id, "sequence": sequence, "weight": respondent.weight,
                "stratum": respondent.stratum, "cluster": respondent.cluster,
            ])
        for variable in codebook.variables {
            guard let value = respondent.variables[variable.name] else { continue }
            try insert(
                "respondentVariable",
                ["survey": digest, "respondent": respondent.id, "variable": variable.name, "value": value])
        }
        for question in codebook.questions {
            let answer: (kind: String, option: Int?)
            switch respondent.answers[question.id] {
            case .option(let index): answer = ("option", index)
            case .refused: answer = ("refused", nil)
            case .dontKnow: answer = ("dontKnow", nil)
            case .missing, nil: continue
            }
            try insert(
                "respondentAnswer",
                [
                    "survey": digest, "respondent": respondent.id, "question": question.id, "kind": answer.kind,
                    "option": answer.option,
                ])
        }
    }
}
