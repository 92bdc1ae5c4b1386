import Agents
import Files
import Foundation
import LanguageModels
import Reports
@testable import Studies
import Testing

/// A study of a made-up survey, and models whose answers are known.
struct Replica {
    let folder: String

    /// 60 people: by the row, Reds and Blues in turn, and a third of Greens; `vote` is 1 for every Red, 0 for every
    /// Blue, and every second Green's.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "replica-\(UUID().uuidString)").path
        for part in ["Worlds", "Personas"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
        }
        var csv = "id,party,club,vote,likes,mood\n"
        for person in 0..<60 {
            let party = ["Red", "Blue", "Green"][person % 3]
            let vote = party == "Red" ? 1 : party == "Blue" ? 0 : person / 3 % 2
            let likes = party == "Red" ? 1 : party == "Blue" ? 3 : 2
            csv += "\(person + 1),\(party),\(party == "Red" ? "in" : "out"),\(vote),\(likes),\(person / 2 % 2)\n"
        }
        try write("Personas/people.csv", csv)
        try write("Personas/people.survey.yaml", """
            survey: Made up
            data: Personas/people.csv
            checksum: sha256:\(StudyLoader.digest(csv.utf8))
            respondent: id
            variables:
              party: { ask: Which party are you of?, values: [Red, Blue, Green] }
              club: { ask: Are you in the club?, values: [in, out] }
            questions:
              vote:
                ask: Ann or Bob?
                say: I will vote for ...
                scale: nominal
                options:
                  1: { text: Ann, fills: Ann }
                  0: { text: Bob, fills: Bob }
              likes:
                ask: How much do you like rain?
                say: I like rain ...
                scale: ordinal
                options:
                  1: { text: Much, fills: much }
                  2: { text: Some, fills: some }
                  3: { text: Not, fills: not }
              mood:
                ask: Happy?
                say: I am ...
                scale: nominal
                options:
                  1: { text: "Yes", fills: happy }
                  0: { text: "No", fills: sad }

            """)
    }

    func write(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(path)"))
    }

    /// The head that every study of these people has.
    func study(_ design: String, _ rest: String) throws -> String {
        try write("Worlds/x.study.yaml", """
            study: A replica
            source: A paper
            design: \(design)
            from: Personas/people.survey.yaml
            people: 60
            draw: { with replacement: false }
            backstory: { party: "I am a {party}." }
            \(rest)

            """)
        return "\(folder)/Worlds/x.study.yaml"
    }

    func environment(jobs: Int = 3) -> StudyEnvironment {
        StudyEnvironment(database: "\(folder)/db.sqlite", model: "scripted", jobs: jobs)
    }

    /// A design ready to be asked, and a model that likes the continuation of the highest score best.
    func asked(
        _ file: String, jobs: Int = 3, _ liking: @escaping @Sendable (ScoreRequest, String) -> Double
    ) async throws -> ReplicationResult {
        let prepared = try ReplicationStudy(environment: environment()).prepare(.init(file: file))
        let model = ScriptedModel("planted") { request in
            guard case .score(let score) = request else { throw ModelError.unsupported(model: "planted", what: "text") }
            return .scores(
                score.continuations.map { ContinuationScore(logLikelihood: liking(score, $0), tokenCount: 1) })
        }
        let fieldwork = Fieldwork(
            speaker: CachedModel(model, store: MemoryStore()), setting: .init(), method: prepared.study.method, seed: 1,
            jobs: jobs, progress: .silent)
        return try await prepared.design.result(fieldwork).result
    }
}

extension ReplicationResult {
    /// The number in a row and column of the table whose title begins so.
    func number(_ title: String, _ row: String, _ column: String) throws -> Double? {
        let section = try #require(sections.first { $0.title.hasPrefix(title) }, "\(sections.map(\.title))")
        let place = try #require(section.columns.firstIndex(of: column), "\(section.columns)")
        let cells = try #require(section.rows.first { $0[0] == .text(row) }, "\(section.rows.map { $0[0] })")
        switch cells[place] {
        case .number(let value, _), .percent(let value): return value
        case .count(let count): return count.map(Double.init)
        case .text, .blank: return nil
        }
    }
}
