internal import Agents
internal import GRDB
internal import Kernel

extension Database {
    /// Records what people have read, each article with the digest of the file it came from.
    ///
    /// - Throws: ``ResultsError/missingReference(table:)`` where an article's file is not among the run's.
    func insert(readingsOf people: [Persona], run: String, files: [RunFile]) throws {
        guard people.contains(where: { !$0.read.isEmpty }) else { return }
        let digests = Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let rows = RowWriter(self)
        for person in people {
            for (place, reading) in person.read.enumerated() {
                let article = reading.article
                guard let digest = digests[article.path] else { throw ResultsError.missingReference(table: "article") }
                try rows.insert(
                    "article",
                    [
                        "digest": digest, "path": article.path, "source": article.source,
                        "date": article.date.description, "title": article.title, "author": article.author,
                        "text": article.text,
                    ], keepFirst: true)
                try rows.insert(
                    "reading",
                    [
                        "run": run, "persona": person.id, "rank": place + 1, "digest": digest, "path": article.path,
                        "characters": reading.characters, "cut": reading.cut,
                    ])
            }
        }
    }
}

extension Reading {
    /// What the people of a run have read, in the order told, by persona id.
    static func fetchAll(_ database: Database, run: String, path file: String) throws -> [String: [Reading]] {
        var readings: [String: [Reading]] = [:]
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT r.persona, r.characters, a.* FROM reading r JOIN article a ON a.digest = r.digest AND a.path = r.path
                WHERE r.run = ? ORDER BY r.persona, r.rank
                """, arguments: [run])
        {
            guard let date = CivilDate(row["date"] as String) else {
                throw ResultsError.corrupt(path: file, reason: "unreadable date of an article")
            }
            let article = Article(
                path: row["path"], date: date, title: row["title"], author: row["author"], text: row["text"])
            readings[row["persona"], default: []].append(Reading(article: article, characters: row["characters"]))
        }
        return readings
    }
}
