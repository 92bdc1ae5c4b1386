import Agents
import Foundation
import Kernel
import LanguageModels
import Results
@testable import Studies
import Surveys

/// A survey whose people answer by their side, a panel of them, and models that know the sides, or do not.
struct PlantedStudy {
    static let questionCount = 12
    let folder: URL
    let database: ResultsDatabase
    let recorder: Recorder

    /// Of side and question: three shares, which the questions differ in.
    static func truth(_ side: Int, _ question: Int) -> [Double] {
        var stream = RandomStream(seed: 11, "truth", String(side), String(question))
        let raw = (0..<3).map { _ in -log(1 - stream.unit()) + 0.02 }
        return raw.map { $0 / raw.reduce(0, +) }
    }

    /// - Parameter margins: Lines of the panel file.
    init(seed: UInt64 = 1, people: Int = 240, size: Int = 60, extra: String = "") async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "planted-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "Personas/data"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "Worlds"), withIntermediateDirectories: true)
        var draws = RandomStream(seed: seed, "planted people")
        let ids = (0..<Self.questionCount).map { "q\($0)" }
        var rows = [(["id", "side", "mood"] + ids).joined(separator: ",")]
        for person in 0..<people {
            let side = person % 2
            let answers = (0..<Self.questionCount).map { question -> String in
                var roll = draws.unit()
                for (option, share) in Self.truth(side, question).enumerated() {
                    roll -= share
                    if roll < 0 { return String(option + 1) }
                }
                return "3"
            }
            let cells = [String(person + 1), side == 0 ? "Left" : "Right", draws.unit() < 0.5 ? "glad" : "sad"] + answers
            rows.append(cells.joined(separator: ","))
        }
        let data = folder.appending(path: "Personas/data/planted.csv").path
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: data))
        var survey = """
            survey: Planted
            data: Personas/data/planted.csv
            checksum: \(SurveyData.checksum(of: data) ?? "")
            respondent: id
            variables:
              side: { ask: Which side?, values: [Left, Right] }
              mood: { ask: Which mood?, values: [glad, sad] }
            questions:

            """
        for id in ids {
            survey += """
                  \(id):
                    ask: What of \(id)?
                    say: My answer to \(id) is ...
                    scale: ordinal
                    options: { 1: { text: Low, fills: low }, 2: { text: Mid, fills: mid }, 3: { text: High, fills: high } }

                """
        }
        try Data(survey.utf8).write(to: folder.appending(path: "Personas/planted.survey.yaml"))
        let panel = """
            panel: Planted people
            from: Personas/planted.survey.yaml
            size: \(size)
            seed: \(seed)
            draw: { with replacement: false }
            \(extra)
            backstory:
              mood: { say: "I feel {mood}.", portray: "you felt {mood}", about: mood }
              side: { say: "I stand {side}.", portray: "you stood {side}", about: side }
            """
        try Data(panel.utf8).write(to: folder.appending(path: "Personas/planted.panel.yaml"))
        database = try ResultsDatabase(path: folder.appending(path: "db.sqlite").path)
        recorder = Recorder(database)
    }

    var panel: String { folder.appending(path: "Personas/planted.panel.yaml").path }

    func environment(jobs: Int = 2) -> StudyEnvironment {
        StudyEnvironment(database: folder.appending(path: "db.sqlite").path, jobs: jobs)
    }

    /// A model whose log-likelihoods follow `shares` of the prompt's text and the question, each word one token.
    func model(_ name: String, _ shares: @escaping @Sendable (String, Int) -> [Double]) -> CachedModel {
        CachedModel(
            ScriptedModel(name) { request in
                guard case .score(let score) = request else { return .text("", complete: true) }
                let text = score.prompt.text
                let question = (0..<Self.questionCount).last { text.contains("q\($0) ") || text.contains("q\($0)?") }
                let answers = question.map { shares(text, $0) } ?? [1, 1, 1].map { $0 / 3 }
                return .scores(
                    score.continuations.map { continuation in
                        let place = [" low.", " mid.", " high."].firstIndex(of: continuation)
                        return ContinuationScore(logLikelihood: place.map { log(answers[$0]) } ?? -3, tokenCount: 1)
                    })
            }, store: recorder)
    }

    /// Knows what each side answers where it is told the side as a portrait, three times too surely; else noise.
    static func knowing(_ text: String, _ question: Int) -> [Double] {
        let side = text.contains("you stood Left") ? 0 : text.contains("you stood Right") ? 1 : nil
        guard let side else { return noise(text.contains("mood") ? "a" : "b", question, sharp: 3) }
        let powers = truth(side, question).map { pow($0, 3) }
        return powers.map { $0 / powers.reduce(0, +) }
    }

    static func noise(_ name: String, _ question: Int, sharp: Double) -> [Double] {
        var stream = RandomStream(seed: 5, "noise", name, String(question))
        let raw = (0..<3).map { _ in pow(0.02 - log(1 - stream.unit()), sharp) }
        return raw.map { $0 / raw.reduce(0, +) }
    }
}
