import Agents
import Foundation
import LanguageModels
import Results
import Testing

/// Every request of whole polls, as recorded, searched for held-out answers that could come from nowhere else.
@Suite struct HeldOutPollTests {
    private static let survey = """
        survey: Toy
        year: 2018
        data: Personas/data/toy.csv
        checksum: sha256:CHECKSUM
        respondent: id
        variables:
          age: { ask: How old are you?, values: years }
          party: { ask: Which side are you on?, values: [Left, Right] }
        questions:
          roads:
            ask: More roads?
            say: My answer is ...
            scale: ordinal
            options:
              1: { text: Fewer, fills: fewer }
              2: { text: Same, fills: same }
              3: { text: More, fills: more }
            paraphrases: [{ ask: Roads?, say: To roads I say ... }]
            opposite: { ask: Fewer roads?, say: To fewer I say ... }
          secret:
            ask: Where is the treasure?
            say: The treasure lies ...
            scale: ordinal
            options: { 1: { text: OPTION-1, fills: zanzibar-1 }, 2: { text: OPTION-2, fills: zanzibar-2 } }

        """

    private static func panel(_ order: String) -> String {
        """
        panel: P
        from: Personas/toy.survey.yaml
        size: 5
        draw: { with replacement: false }
        order: \(order)
        backstory:
          age: { say: "I am {age}.", portray: "you were {age}", about: age }
          party: { say: "I stand {party}.", portray: "you stood {party}", about: politics }
        held out: [secret]

        """
    }

    @Test func `no request of any poll holds a held-out answer`() async throws {
        let command = try Command()
        let rows = (1...8).map { "\($0),\(30 + $0),\($0 % 2 == 0 ? "Left" : "Right"),\(1 + $0 % 3),\(1 + $0 % 2)" }
        let data = Data((["id,age,party,roads,secret"] + rows).joined(separator: "\n").utf8) + Data("\n".utf8)
        try data.write(to: command.folder.appending(path: "Personas/data/toy.csv"))
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: command.folder.appending(path: "Personas/\(name)"))
        }
        let unknown = String(repeating: "0", count: 64)
        try write("toy.survey.yaml", Self.survey.replacingOccurrences(of: "CHECKSUM", with: unknown))
        try write("p.panel.yaml", Self.panel("as written"))
        // The program says what the checksum should be.
        let told = try command.run(
            "poll", "Personas/p.panel.yaml", "--model", "scripted", "--db", command.database
        ).errors
        let digest = try #require(told.firstMatch(of: /is sha256:([0-9a-f]{64})/)?.1)
        try write("toy.survey.yaml", Self.survey.replacingOccurrences(of: "CHECKSUM", with: String(digest)))
        var polls = 0
        for shape in ["qa", "bio", "portray", "interview"] {
            for method in ["words", "letters", "sample"] {
                for order in ["as written", "reversed", "shuffled"] {
                    let poll = try command.run(
                        "poll", "Personas/p.panel.yaml", "--questions", "roads", "--ask-as", shape, "--method", method,
                        "--order", order, "--probe", "--model", "scripted", "--quiet", "--db", command.database)
                    #expect(poll.status == 0, "\(poll.errors)")
                    polls += 1
                }
            }
        }
        let database = try ResultsDatabase(path: command.database, mustExist: true)
        var requests: Set<String> = []
        for run in try await database.runs() {
            let keys = Set(try await database.answersToEveryWording(run: run.id).flatMap(\.answer.completions))
            #expect(!keys.isEmpty)
            for key in keys { requests.insert(try #require(try database.completion(forKey: key)).request) }
        }
        #expect(try await database.runs().count == polls)
        for word in ["zanzibar", "OPTION-", "treasure"] { #expect(!requests.contains { $0.contains(word) }, "\(word)") }
        // Else the search could not fail: what is told is found, in every shape.
        for words in ["I am 3", "you were 3", "How old are you?\\nAnswer: 3", "How old are you?\\nMe: 3"] {
            #expect(requests.contains { $0.contains(words) }, "\(words)")
        }
        let telling = try command.run(
            "poll", "Personas/p.panel.yaml", "--questions", "secret", "--model", "scripted", "--quiet", "--db",
            command.database)
        #expect(telling.status == 0)
        let leaking = Self.panel("as written")
            .replacingOccurrences(of: "stood {party}", with: "stood {party} by {secret}")
        try write("p.panel.yaml", leaking)
        let refused = try command.run("poll", "Personas/p.panel.yaml", "--model", "scripted", "--db", command.database)
        #expect(refused.status == 64 && refused.errors.contains("'secret' is held out, so it must not be told"))
    }
}
