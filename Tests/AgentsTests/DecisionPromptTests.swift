@testable import Agents
import Foundation
import LanguageModels
import Testing

@Suite struct DecisionPromptTests {
    let sides = Decision(
        name: "choice", ask: "What do you choose, with one word [Left, Right]?", say: "I choose ...",
        kind: .choice(
            [
                .init(name: "left", text: "You get $400, Person A gets $400"),
                .init(name: "right", text: "You get $375, Person A gets $750"),
            ], labels: ["Left", "Right"]))

    let decider = Decider(seed: 1, temperature: 0.5, identity: ModelIdentity(name: "x", backEnd: "scripted"))

    func text(_ request: Request) -> String {
        switch request {
        case .text(let text): text.prompt.segments.map { "<\($0.role)>\($0.text)" }.joined()
        case .score(let score): score.prompt.segments.map { "<\($0.role)>\($0.text)" }.joined() + "|" + score.continuations.joined(separator: "|")
        case .embed: ""
        }
    }

    @Test func `nobody in particular is told the situation and nothing else`() {
        let encounter = Encounter(
            subject: "nobody-1",
            situation: "You are deciding on allocation for yourself and another person, Person A. You only care about fairness between players",
            decision: sides)
        #expect(text(decider.request(encounter, by: .sample)) == """
            <user>You are deciding on allocation for yourself and another person, Person A. You only care about fairness between players\
            <user>
            Option Left: You get $400, Person A gets $400
            Option Right: You get $375, Person A gets $750<user>
            What do you choose, with one word [Left, Right]?
            """)
    }

    @Test func `swapped sides keep their labels and trade what they hold`() {
        let encounter = Encounter(subject: "nobody-1", situation: "S.", decision: sides, order: [1, 0])
        #expect(text(decider.request(encounter, by: .words)) == """
            <user>S.<user>
            Option Left: You get $375, Person A gets $750
            Option Right: You get $400, Person A gets $400<user>
            What do you choose, with one word [Left, Right]?<user>
            I choose| Right.| Left.
            """)
    }

    @Test func `a persona and an endowment open the prompt`() {
        let rosa = Persona(id: "rosa", name: "Rosa", age: 61, work: "Librarian")
        let give = Decision(name: "give", ask: "How many dollars do you give?", say: "I give ... dollars.", kind: .integer(low: 0, high: 2))
        let encounter = Encounter(
            subject: "rosa", persona: rosa, endowment: "You only care about fairness.", situation: "You have\n2 dollars. ",
            before: ["Round 1: you gave 1."], decision: give)
        #expect(text(decider.request(encounter, by: .sample)) == """
            <system>You are a person taking part in a study. Decide as this person would.\
            <user>My name is Rosa. I am 61 years old. My work: Librarian. You only care about fairness.<user>

            You have
            2 dollars.

            What happened so far:
            Round 1: you gave 1.<user>
            How many dollars do you give?
            Answer with one whole number from 0 to 2.
            """)
        #expect(text(decider.request(encounter, by: .words)).hasSuffix("<user>\nI give| 0 dollars.| 1 dollars.| 2 dollars."))
    }

    @Test func `options are lettered where they have no labels`() {
        let decision = Decision(
            name: "d", ask: "Which?", kind: .choice([.init(name: "70", text: "Seventy"), .init(name: "30", text: "Thirty")], labels: []))
        let encounter = Encounter(subject: "nobody-1", situation: "S.", decision: decision)
        #expect(text(decider.request(encounter, by: .letters)) == """
            <user>S.<user>
            A. Seventy
            B. Thirty<user>
            Which?
            Answer with one letter.|A| A|B| B
            """)
    }

    @Test func `arms share their draws, and subjects, repetitions and decisions do not`() {
        func seed(_ subject: String, _ situation: String, _ repetition: Int = 0) -> UInt64? {
            let encounter = Encounter(subject: subject, situation: situation, decision: sides, repetition: repetition)
            guard case .text(let text) = decider.request(encounter, by: .sample) else { return nil }
            return text.seed
        }
        #expect(seed("a", "one arm") == seed("a", "another"))
        #expect(seed("a", "S") != seed("b", "S"))
        #expect(seed("a", "S") != seed("a", "S", 1))
    }

    @Test func `a number that cannot be read is asked for once more, and a choice is not`() async throws {
        let give = Decision(name: "give", ask: "How much?", kind: .integer(low: 0, high: 10))
        let replies = ["Some of it.", "4"]
        let model = ScriptedModel("twice") { request in
            guard case .text(let text) = request else { return .scores([]) }
            return .text(replies[text.attempt], complete: true)
        }
        let cached = CachedModel(model, store: MemoryStore())
        let answer = try await decider.decide(Encounter(subject: "a", situation: "S", decision: give), by: .sample) {
            try await cached.complete($0)
        }
        #expect(answer.numbers == [4] && !answer.unparsed && answer.completions.count == 2 && answer.text == "4")
        let choice = try await decider.decide(Encounter(subject: "a", situation: "S", decision: sides), by: .sample) {
            try await cached.complete($0)
        }
        #expect(choice.unparsed && choice.chosen == nil && choice.completions.count == 1)
    }

    @Test func `a method that cannot be used is an error, never another method`() throws {
        #expect(try decider.method(nil, for: sides) == .words)
        let amount = Decision(name: "pay", ask: "?", kind: .amount(low: 0, high: 1))
        #expect(try decider.method(nil, for: amount) == .sample)
        #expect(throws: ElicitationError.self) { try decider.method(.letters, for: amount) }
        let server = Decider(seed: 1, temperature: 0, identity: ModelIdentity(name: "x", backEnd: "openai"))
        #expect(try server.method(nil, for: sides) == .sample)
        #expect(throws: ElicitationError.self) { try server.method(.letters, for: sides) }
        #expect(server.isDeterministic(.sample) && !decider.isDeterministic(.sample))
    }
}

@Suite struct MeasureTests {
    let hire = Decision(
        name: "hire", ask: "?",
        kind: .choice(
            [
                .init(name: "a", text: "A", worth: [.init(name: "wage", amount: "15")]),
                .init(name: "b", text: "B", worth: [.init(name: "wage", amount: "13")]),
            ], labels: []))

    func scored(_ logs: [Double?]) -> DecidedAnswer {
        DecidedAnswer(
            subject: "s", decision: "hire", order: [0, 1], method: .words,
            evidence: logs.map { ContinuationScore(logLikelihood: $0, tokenCount: 1) }, completions: [])
    }

    @Test func `a measure of a scored choice is its expectation`() throws {
        let answer = scored([log(0.75) - 4, log(0.25) - 4])
        #expect(try abs(#require(Measure("share hire = a")?.value(answer, hire)) - 0.75) < 1e-12)
        #expect(try abs(#require(Measure("mean hire.wage")?.value(answer, hire)) - 14.5) < 1e-12)
        #expect(Measure("mean hire.wage")?.uniform(hire) == 14)
    }

    @Test func `what was not read has no value, not 0`() {
        let answer = DecidedAnswer(subject: "s", decision: "hire", method: .sample, unparsed: true, text: "Neither", completions: [])
        #expect(Measure("share hire = a")?.value(answer, hire) == nil)
        #expect(Measure("share hire = b")?.value(answer, hire) == nil)
    }

    @Test(arguments: [("mean give", 3.0), ("share give = 3", 1), ("share give != 3", 0), ("share give >= 3", 1), ("share give < 3", 0)])
    func `a number is measured as it is or by a condition`(text: String, value: Double) {
        let give = Decision(name: "give", ask: "?", kind: .integer(low: 0, high: 10))
        let answer = DecidedAnswer(subject: "s", decision: "give", method: .sample, numbers: [3], completions: [])
        #expect(Measure(text)?.value(answer, give) == value)
        #expect(Measure(text)?.text == text)
    }

    @Test(arguments: ["give", "mean", "share give", "share give =", "median give", "share = 3"])
    func `what reads like no measure is none`(text: String) { #expect(Measure(text) == nil) }

    @Test func `a measure that a decision does not have is said`() {
        #expect(Measure("mean hire")?.obstacle(hire) != nil)
        #expect(Measure("mean hire.age")?.obstacle(hire) != nil)
        #expect(Measure("share hire = c")?.obstacle(hire) != nil)
        #expect(Measure("share hire > a")?.obstacle(hire) != nil)
        #expect(Measure("share hire = b")?.obstacle(hire) == nil)
    }
}
