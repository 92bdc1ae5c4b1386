internal import GRDB
public import Surveys

/// A survey as it was imported.
public struct StoredSurvey: Hashable, Sendable {
    public var digest: String
    public var codebook: Codebook
    public var respondentCount: Int
}

extension ResultsDatabase {
    /// In the order they were imported; a survey whose files were changed is there once for each version.
    public func surveys() async throws -> [StoredSurvey] {
        let path = path
        return try await read { database in
            try String.fetchAll(database, sql: "SELECT digest FROM survey ORDER BY number").compactMap {
                try StoredSurvey.fetch(database, named: $0, path: path)
            }
        }
    }

    /// - Parameter name: A digest, or an id, which means the version imported last.
    /// - Returns: `nil` where nothing of that name was imported.
    public func survey(_ name: String) async throws -> StoredSurvey? {
        let path = path
        return try await read { try StoredSurvey.fetch($0, named: name, path: path) }
    }

    /// In file order.
    ///
    /// - Parameters:
    ///   - name: A digest, or an id, which means the version imported last.
    ///   - questions: Ids of the questions whose answers are read; all where `nil`.
    ///   - variables: Names of the variables that are read; all where `nil`.
    /// - Complexity: Time in the survey's cells, memory in those read: ask for what you use.
    public func respondents(
        ofSurvey name: String, questions: Set<String>? = nil, variables: Set<String>? = nil
    ) async throws -> [Respondent] {
        let path = path
        return try await read { database in
            guard let survey = try StoredSurvey.fetch(database, named: name, path: path) else {
                throw ResultsError.unknownSurvey(name)
            }
            let codebook = survey.codebook
            return try Respondent.fetchAll(
                database, survey: survey.digest, path: path,
                variables: StoredVariables(codebook.variables.map(\.name), wanted: variables),
                answers: StoredAnswers(codebook.questions, wanted: questions))
        }
    }
}

extension StoredSurvey {
    fileprivate static func fetch(_ database: Database, named name: String, path: String) throws -> StoredSurvey? {
        guard
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM survey WHERE digest = ?1 OR id = ?1 ORDER BY digest = ?1 DESC, number DESC LIMIT 1",
                arguments: [name])
        else { return nil }
        let digest: String = row["digest"]
        var options: [String: [AnswerOption]] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT * FROM option WHERE survey = ? ORDER BY question, number", arguments: [digest])
        {
            options[row["question"], default: []].append(
                AnswerOption(code: row["code"], text: row["text"], fills: row["fills"], position: row["position"]))
        }
        let questions = try Row.fetchAll(
            database, sql: "SELECT * FROM question WHERE survey = ? ORDER BY position", arguments: [digest]
        ).map { row in
            guard let scale = Scale(rawValue: row["scale"]) else {
                throw ResultsError.corrupt(path: path, reason: "unknown scale")
            }
            return Question(
                id: row["id"], ask: row["ask"], say: row["say"], scale: scale, options: options[row["id"]] ?? [],
                nonAnswers: try StoredJSON.value(NonAnswers.self, row["nonAnswers"], in: path),
                hasBaseline: row["hasBaseline"], caution: row["caution"], category: row["category"])
        }
        let codebook = Codebook(
            id: row["id"], title: row["title"], source: row["source"], year: row["year"], country: row["country"],
            data: row["data"], checksum: row["checksum"], respondent: row["respondent"], weight: row["weight"],
            stratum: row["stratum"], cluster: row["cluster"],
            variables: try StoredJSON.value([Variable].self, row["variables"], in: path), questions: questions)
        let count = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM respondent WHERE survey = ?", arguments: [digest])
        return StoredSurvey(digest: digest, codebook: codebook, respondentCount: count ?? 0)
    }
}

extension Respondent {
    fileprivate static func fetchAll(
        _ database: Database, survey: String, path: String, variables: StoredVariables, answers: StoredAnswers
    ) throws -> [Respondent] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, weight, stratum, cluster, variables, answers FROM respondent WHERE survey = ? ORDER BY sequence
                """,
            arguments: [survey])
        var respondents: [Respondent] = []
        while let row = try rows.next() {
            guard let values = variables.values(row[4]), let given = answers.answers(row[5]) else {
                throw ResultsError.corrupt(path: path, reason: "unreadable answers of a respondent")
            }
            respondents.append(
                Respondent(
                    id: row[0], weight: row[1], stratum: row[2], cluster: row[3], variables: values, answers: given))
        }
        return respondents
    }
}
