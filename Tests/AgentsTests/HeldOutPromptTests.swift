import Agents
import LanguageModels
import Surveys
import Testing

/// Held-out answers never reach a prompt: everything that a poll asks is collected and searched.
struct HeldOutPromptTests {
    private static let secret = Question(
        id: "secret", ask: "Where is the treasure?", say: "The treasure is", scale: .ordinal,
        options: (1...3).map { AnswerOption(code: $0, text: "OPTION-\($0)", fills: "zanzibar-\($0)") },
        rewordings: Rewordings(
            paraphrases: [Wording(ask: "Where does it lie?", say: "It lies")],
            opposite: Wording(ask: "Where is it not?", say: "It is not")))

    private let codebook = Codebook(
        id: "toy", title: "Toy", year: 2018,
        variables: [
            Variable(name: "age", kind: .number(unit: "years"), ask: "How old are you?"),
            Variable(name: "party", kind: .categories(["Left", "Right"]), ask: "Which side are you on?"),
        ], questions: [Fixture.roads, secret])

    private func panel(_ order: BackstoryOrder, telling: Bool = false) -> Panel {
        var backstory = [
            Panel.Sentence(variable: "age", template: "I am {age}.", portray: "you were {age}", about: "age"),
            Panel.Sentence(
                variable: "party", template: "I stand {party}.", portray: "you stood {party}", about: "party"),
        ]
        if telling {
            backstory.append(
                .init(variable: "secret", template: "It is {secret}.", portray: "it was {secret}", about: "map"))
        }
        return Panel(
            id: "p", title: "", survey: "", size: 6, seed: 3, weighted: false, withReplacement: false,
            backstory: backstory, order: order, heldOut: telling ? [] : ["secret"])
    }

    /// - Parameter shift: Of everybody's own answer to the secret.
    private func people(shift: Int) -> [Respondent] {
        (0..<6).map { number in
            Respondent(
                id: String(number),
                variables: ["age": String(30 + number), "party": number % 2 == 0 ? "Left" : "Right"],
                answers: ["natroad": .option(number % 3), "secret": .option((number + shift) % 3)])
        }
    }

    /// Every prompt of a poll, as its model received it.
    private func prompts(
        _ order: BackstoryOrder, _ shape: AskAs, _ method: ElicitationMethod, questions: [Question], shift: Int = 0,
        telling: Bool = false
    ) async throws -> [String] {
        let personas = try SiliconSample.draw(
            panel(order, telling: telling), codebook: codebook, respondents: people(shift: shift), survey: "toy")
        let elicitor = Elicitor(setting: SurveySetting(codebook), askAs: shape, probing: true)
        let heard = Heard()
        for persona in personas {
            _ = try await elicitor.elicit(persona, questions: questions, method: method, seed: 1) { request in
                await heard.add(Fixture.prompt(request)?.text ?? "")
                return Fixture.completion(request, try ScriptedModel.plausible(request))
            }
        }
        return await heard.prompts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private actor Heard {
        var prompts: [String] = []
        func add(_ prompt: String) { prompts.append(prompt) }
    }

    @Test(arguments: AskAs.allCases, BackstoryOrder.allCases)
    func `no prompt holds a held-out answer, in any shape and order`(
        _ shape: AskAs, _ order: BackstoryOrder
    ) async throws {
        for method in [ElicitationMethod.words, .letters, .sample] {
            let other = try await prompts(order, shape, method, questions: [Fixture.roads])
            #expect(!other.isEmpty)
            #expect(!other.contains { $0.contains("zanzibar") || $0.contains("OPTION-") || $0.contains("treasure") })
            // Asked itself, its options are in the prompt; whose answer they are must not be.
            let asked = try await prompts(order, shape, method, questions: [Self.secret])
            #expect(asked == (try await prompts(order, shape, method, questions: [Self.secret], shift: 1)))
            #expect(!asked.contains { $0.contains("zanzibar") })
        }
    }

    @Test(arguments: AskAs.allCases)
    func `an answer that a panel does tell is found by the same search`(_ shape: AskAs) async throws {
        for method in [ElicitationMethod.words, .letters, .sample] {
            let told = try await prompts(.asWritten, shape, method, questions: [Fixture.roads], telling: true)
            #expect(told.contains { $0.contains("zanzibar") || $0.contains("OPTION-") })
            let error = ElicitationError.alreadyTold(persona: "toy-0", question: "secret")
            await #expect(throws: ElicitationError.self) {
                try await prompts(.asWritten, shape, method, questions: [Self.secret], telling: true)
            }
            let persona = try #require(
                try SiliconSample.draw(
                    panel(.asWritten, telling: true), codebook: codebook, respondents: people(shift: 0), survey: "toy"
                ).first { $0.id == "toy-0" })
            #expect(throws: error) {
                try Elicitor(setting: SurveySetting(codebook), askAs: shape)
                    .requests(persona, questions: [Self.secret], method: method, seed: 1)
            }
        }
    }
}
