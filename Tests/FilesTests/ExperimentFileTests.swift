import Agents
import Files
import Foundation
import Testing

@Suite struct ExperimentFileTests {
    private static let plain = """
        experiment: Dictator
        sessions: 3
        situation: You have 10 dollars. {frame}
        decision:
          give: { ask: How many?, integer: 0 to 10 }
        arms:
          neutral: { frame: "" }
          tax: { frame: A tax. }
        compare:
          - { measure: mean give, arm: tax, against: neutral }
        human baseline: { mean give: 2.84, source: Engel 2011 }
        """

    private func mistakes(_ text: String) throws -> [String] {
        let study = try Study(["Worlds/x.yaml": text])
        return try study.headlines { _ = try StudyFiles().loadExperiment(study.path("Worlds/x.yaml")) }
    }

    private func changed(_ from: String, _ to: String) -> String {
        Self.plain.replacingOccurrences(of: from, with: to)
    }

    @Test func `the shipped example of the design loads`() throws {
        #expect(try mistakes(Self.plain).isEmpty)
    }

    @Test func `cells are all combinations, the last factor changing first`() throws {
        let text = changed("{frame}", "{frame} {stake}") + "\nvary: { stake: [10, 100] }\nendowments: { none: \"\", fair: You are fair. }\n"
        let study = try Study(["Worlds/x.yaml": text])
        let experiment = try StudyFiles().loadExperiment(study.path("Worlds/x.yaml")).value
        #expect(experiment.cells.map(\.label) == [
            "neutral, stake 10, none", "neutral, stake 10, fair", "neutral, stake 100, none", "neutral, stake 100, fair",
            "tax, stake 10, none", "tax, stake 10, fair", "tax, stake 100, none", "tax, stake 100, fair",
        ])
        #expect(experiment.cells[5].variables == ["frame": "A tax.", "stake": "10", "endowment": "You are fair."])
    }

    @Test(arguments: [
        ("{frame}", "{fame}", "no variable '{fame}'; did you mean '{frame}'?"),
        ("{frame}", "{frame", "'{' without '}'"),
        ("tax: { frame: A tax. }", "tax: {}", "the arm 'tax' does not say its 'frame'"),
        ("integer: 0 to 10", "integer: ten", "'integer' must read like '0 to 10', not 'ten'"),
        ("integer: 0 to 10", "integer: 0 to 10, amount: 0 to 1", "a decision is one of 'integer', 'amount'"),
        ("integer: 0 to 10", "options: [yes]", "a decision needs at least two options"),
        ("arm: tax", "arm: taxx", "no arm 'taxx'; did you mean 'tax'?"),
        ("arm: tax", "arm: { stake: 3 }", "nothing is called 'stake' in this experiment; cells differ by arm, frame"),
        ("measure: mean give", "measure: mean giv", "no decision 'giv'; did you mean 'give'?"),
        ("measure: mean give", "measure: give", "a measure must read like 'mean give' or 'share give = 0', not 'give'"),
        ("measure: mean give", "measure: share give = lots", "'share give = lots' cannot be measured: 'lots' is no number"),
        ("source: Engel 2011", "n: 3", "'human baseline' needs a 'source'"),
        ("mean give: 2.84", "median give: 2.84", "'median give' is no measure; write 'mean give' or 'share ... = ...'"),
        ("sessions: 3", "sesions: 3", "unknown key 'sesions'; did you mean 'sessions'?"),
        ("sessions: 3", "swap: true", "no decision has options that could trade places"),
        ("sessions: 3", "vary: { stake: [1, 2] }", "'stake' is varied, but no text says '{stake}'"),
        ("sessions: 3", "vary: { arm: [1, 2] }", "'arm' has a meaning of its own; vary something by another name"),
        ("sessions: 3", "analyses: [{ trend: mean give, over: stake }]", "nothing is varied by the name 'stake'; cells differ by arm"),
        ("sessions: 3", "analyses: [{ mixture: mean give, over: arm, types: { t: { neutral: 1, tax: 0 } } }]",
            "the human baseline has no 'mean give' of arm 'neutral' alone"),
        ("sessions: 3", "method: guess", "'method' must read like 'words', 'letters' or 'sample', not 'guess'"),
        ("sessions: 3", "personas: [Personas/nobody.yaml]\nsessions: 3", "no such file 'Personas/nobody.yaml'"),
    ])
    func `a mistake is said with what was meant`(from: String, to: String, message: String) throws {
        let found = try mistakes(changed(from, to))
        #expect(found.contains { $0.contains("error: " + message) }, "\(found)")
    }

    @Test func `all mistakes are said at once, with their places`() throws {
        let found = try mistakes(changed("arm: tax", "arm: taxx").replacingOccurrences(of: "{frame}", with: "{fame}"))
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix("Worlds/x.yaml:3:") == true && found.last?.hasPrefix("Worlds/x.yaml:10:") == true)
    }

    @Test func `too many cells are refused before they are made`() throws {
        let many = (0..<200).map(String.init).joined(separator: ", ")
        let text = changed("{frame}", "{frame} {a} {b}") + "\nvary: { a: [\(many)], b: [\(many)] }\n"
        #expect(try mistakes(text).contains { $0.contains("more than 10000 cells") })
    }

    @Test func `worth must be a number in every cell`() throws {
        let text = """
            experiment: Hire
            situation: S
            decision:
              hire:
                ask: Whom?
                options:
                  a: { text: A, worth: { wage: "{asks}" } }
                  b: { text: B, worth: { wage: 13 } }
            arms: { one: { asks: 12 }, two: { asks: twelve } }
            """
        #expect(try mistakes(text).contains { $0.contains("'wage' is 'twelve' in the cell two, and must be a number") })
    }

    @Test func `another kind of file where an experiment is needed is said`() throws {
        #expect(try mistakes("persona: X\n").contains { $0.contains("this is a persona file where an experiment file is needed") })
    }
}
