import Agents
import LanguageModels
import Surveys
import Testing

/// Questions asked in other words to probe a model.
struct WordingTests {
    private static let roads: Question = {
        var question = Fixture.roads
        question.rewordings = Rewordings(
            paraphrases: [
                Wording(ask: "Roads: how is it?", say: "The roads' money is"),
                Wording(ask: "And roads?", say: "Roads get"),
            ], opposite: Wording(ask: "How much do we hold back from roads?", say: "What we hold back is"))
        return question
    }()
    private let elicitor = Elicitor(setting: Fixture.setting, probing: true)

    private func elicit(
        _ method: ElicitationMethod, probing: Bool = true, repeats: Int = 1
    ) async throws -> [ElicitedAnswer] {
        let elicitor = Elicitor(setting: Fixture.setting, probing: probing)
        return try await elicitor.elicit(
            Fixture.drawn, questions: [Self.roads], method: method, repeats: repeats, seed: 1
        ) { Fixture.completion($0, try ScriptedModel.plausible($0)) }
    }

    @Test func `a probe asks each wording, and answers say which`() async throws {
        #expect(try await elicit(.words).map(\.wording) == [0, 1, 2, -1])
        #expect(try await elicit(.letters).map(\.wording) == [0, 1, 2, -1].flatMap { [$0, $0, $0, $0] })
        #expect(try await elicit(.sample, repeats: 2).map(\.wording) == [0, 0, 1, 1, 2, 2, -1, -1])
        let prompts = try elicitor.requests(Fixture.drawn, questions: [Self.roads], method: .words, seed: 1)
            .compactMap { Fixture.prompt($0)?.text }
        for words in ["what we spend on roads is", "The roads' money is", "Roads get", "What we hold back is"] {
            #expect(prompts.contains { $0.hasSuffix(words) }, "\(words)")
        }
    }

    @Test(arguments: [ElicitationMethod.words, .letters, .sample])
    func `a probe changes nothing of the answers to the questionnaire's words`(
        _ method: ElicitationMethod
    ) async throws {
        let plain = try await elicit(method, probing: false)
        let probed = try await elicit(method)
        #expect(plain == probed.filter { $0.wording == 0 } && probed.count > plain.count)
    }

    @Test func `drawn answers to two wordings are two draws`() async throws {
        var same = Fixture.roads
        same.rewordings = Rewordings(paraphrases: [Wording(ask: Fixture.roads.ask, say: Fixture.roads.say)])
        let seeds = try elicitor.requests(Fixture.drawn, questions: [same], method: .sample, seed: 1)
            .compactMap { if case .text(let text) = $0 { text.seed } else { nil } }
        #expect(Set(seeds).count == 2)
    }

    @Test func `completions come back in the order of the requests, whichever was answered first`() async throws {
        let requests = try elicitor.requests(Fixture.drawn, questions: [Self.roads], method: .letters, seed: 1)
        let places = Dictionary(uniqueKeysWithValues: requests.enumerated().map { ($1, $0) })
        let (answers, completions) = try await elicitor.ask(
            Fixture.drawn, questions: [Self.roads], method: .letters, seed: 1
        ) { request in
            // The first asked is answered last.
            try await Task.sleep(for: .milliseconds(3 * (requests.count - (places[request] ?? 0))))
            return Fixture.completion(request, try ScriptedModel.plausible(request))
        }
        let expected = try requests.map { Fixture.completion($0, try ScriptedModel.plausible($0)) }
        #expect(completions == expected)
        #expect(answers.flatMap(\.completions) == expected.map(\.key))
    }
}
