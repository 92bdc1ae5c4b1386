import LanguageModels
import Testing

@testable import Agents

@Suite struct DecisionMemoryTests {
    @Test func `what comes to mind stands between who somebody is and the situation`() {
        let rosa = Persona(
            id: "rosa", name: "Rosa", remembers: [.init(when: "1994", what: "Won a prize.", importance: 5)])
        let decision = Decision(name: "sent", ask: "How many do you send?", say: "I send ...", kind: .integer(low: 0, high: 1))
        func text(_ memories: [String]) -> String {
            let encounter = Encounter(
                subject: "rosa", persona: rosa, situation: "You have 1.", decision: decision, memories: memories)
            guard case .score(let request) = Decider(seed: 1, temperature: 0, identity: ScriptedModel().identity)
                .request(encounter, by: .words)
            else { return "" }
            return request.prompt.text
        }
        #expect(
            text(["Walt lent me a ladder.", "The roof\nfell in."]) == """
                My name is Rosa.

                What I remember:
                Walt lent me a ladder.
                The roof fell in.

                You have 1.
                How many do you send?
                I send
                """)
        #expect(text([]).contains("I remember (1994): Won a prize."))
    }
}
