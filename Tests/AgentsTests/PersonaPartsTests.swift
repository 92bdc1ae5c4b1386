@testable import Agents
import Foundation
import LanguageModels
import Surveys
import Testing

@Suite struct PersonaPartsTests {
    private let written = Persona(
        id: "rosa", name: "Rosa", age: 61, pronouns: "she", work: "Librarian", about: "Came north.",
        believes: ["Taxes are a subscription.", "Books are for all."], habits: ["Opens at eight."],
        remembers: [.init(when: "1994", what: "The flood.", importance: 8)],
        facts: [.init(variable: "party", sentence: "I am a Democrat.")])
    private let drawn = Persona(
        id: "s-1", name: "s-1", age: 40, believes: ["Not said."],
        facts: [
            .init(variable: "party", sentence: "I am a Democrat."), .init(variable: "empty", sentence: " "),
            .init(variable: "sex", sentence: "I am a woman."),
        ], respondent: "1")

    @Test func `leaving a part out takes its sentence and nothing else`() {
        for (persona, remembering) in [(written, true), (written, false), (drawn, true)] {
            let parts = persona.parts(remembering: remembering)
            let all = SelfDescription(persona, remembering: remembering).sentences
            #expect(parts.count == all.count - (persona.respondent == nil ? 1 : 0))
            for part in parts {
                let left = SelfDescription(persona.without([part]), remembering: remembering).sentences
                #expect(left.count == all.count - 1)
                let gone = Set(all).subtracting(left)
                #expect(gone.count == 1 && gone.first?.contains(part.text) == true, "\(part) took \(gone)")
            }
            let bare = SelfDescription(persona.without(parts), remembering: remembering).sentences
            #expect(bare == (persona.respondent == nil ? ["My name is Rosa."] : []))
        }
    }

    /// A model that knows of nothing but party and age, each with its own weight.
    @Test func `the influence of planted facts is recovered and that of others is none`() async throws {
        let question = Question(
            id: "parks", ask: "Too little or too much?", say: "We spend", scale: .ordinal,
            options: [AnswerOption(code: 1, text: "Too little", fills: "too little"), AnswerOption(code: 2, text: "Too much", fills: "too much")])
        let model = ScriptedModel("planted") { request in
            guard case .score(let score) = request else { return .text("", complete: true) }
            let text = score.prompt.text
            let odds = (text.contains("Democrat") ? 1.5 : 0) + (text.contains("61") ? -0.5 : 0)
            return .scores(score.continuations.map { .init(logLikelihood: $0.contains("little") ? odds : 0, tokenCount: 2) })
        }
        let elicitor = Elicitor(setting: SurveySetting(Codebook(id: "s", title: "S", questions: [question])))
        func shares(_ persona: Persona) async throws -> [Double] {
            let answers = try await elicitor.elicit(persona, questions: [question], method: .words, seed: 1) { request in
                let answer = try await model.respond(to: request)
                return Completion(
                    key: "", model: "planted", kind: "score", request: "", response: answer.response, usage: .zero, milliseconds: 0)
            }
            return try #require(Correction.uncorrected.shares(answers, optionCount: 2))
        }
        let parts = written.parts(remembering: true)
        var without: [[Double]] = []
        for part in parts { without.append(try await shares(written.without([part]))) }
        let influence = AnswerInfluence(
            whole: try await shares(written), bare: try await shares(written.without(parts)), without: without)
        func share(_ odds: Double) -> Double { 1 / (1 + exp2(-odds / 0.6931471805599453)) }
        for (part, effect) in zip(parts, influence.effects) {
            let expected = part.kind == "party" ? share(1) - share(-0.5) : part.kind == "age" ? share(1) - share(1.5) : 0
            #expect(abs(effect[0] - expected) < 1e-9, "\(part.kind)")
        }
        #expect(abs(influence.together[0] - (share(1) - share(0))) < 1e-9)
    }
}
