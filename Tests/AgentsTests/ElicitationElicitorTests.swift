import Agents
import Foundation
import LanguageModels
import Surveys
import Testing

struct ElicitationElicitorTests {
    private let elicitor = Elicitor(setting: Fixture.setting)

    /// Likes the option with this text, under whatever letter it stands, and says so.
    private func prefers(_ text: String) -> Complete {
        { request in
            switch request {
            case .score(let score):
                let line = score.prompt.text.split(separator: "\n").first { $0.hasSuffix(". \(text)") }
                let scores = score.continuations.map { continuation -> ContinuationScore in
                    let label = continuation.drop { $0 == " " }
                    let liked = line.map { $0.hasPrefix(label + ".") } ?? continuation.hasSuffix(" \(text.lowercased()).")
                    let spaced = continuation.hasPrefix(" ")
                    return ContinuationScore(logLikelihood: log(liked ? 0.4 : 0.1) - (spaced ? 0.5 : 0), tokenCount: spaced ? 2 : 1)
                }
                return Fixture.completion(request, .scores(scores))
            default: return Fixture.completion(request, .text("I would say \(text.lowercased()).", complete: true))
            }
        }
    }

    @Test func `orders of the options map back to the questionnaire's`() async throws {
        let answers = try await elicitor.elicit(
            Fixture.drawn, questions: [Fixture.roads], method: .letters, seed: 1, complete: prefers("Too much"))
        #expect(answers.map(\.orderIndex) == [0, 1, 2, 3])
        let shares = answers.map { Correction.uncorrected.shares([$0], optionCount: 3) }
        for share in shares {
            #expect(share == shares[0])
            #expect(abs((share?[2] ?? 0) - 0.4 / 0.6) < 1e-12)
        }
        for answer in answers {
            #expect(answer.options.map(\.tokenCount) == [1, 1, 1])
            #expect(abs((answer.coveredMass ?? 0) - 0.6 * (1 + exp(-0.5))) < 1e-12)
        }
    }

    @Test func `nominal and two-way questions are not reversed`() throws {
        #expect(try elicitor.requests(Fixture.drawn, questions: [Fixture.library], method: .letters, seed: 1).count == 2)
    }

    @Test func `words keep the evidence of all three prompts`() async throws {
        let answers = try await elicitor.elicit(
            Fixture.drawn, questions: [Fixture.roads], seed: 1
        ) { request in
            guard case .score(let score) = request else { throw ElicitationError.repeats(0) }
            let base: Double = score.prompt.text == "My answer is" ? -1 : score.prompt.text.contains("43") ? -2 : -3
            return Fixture.completion(
                request, .scores(score.continuations.indices.map { .init(logLikelihood: base - Double($0), tokenCount: 3) }))
        }
        let answer = try #require(answers.first)
        #expect(answers.count == 1 && answer.method == .words)
        #expect(answer.options.map(\.logLikelihood) == [-2, -3, -4])
        #expect(answer.options.map(\.domainLogLikelihood) == [-1, -2, -3])
        #expect(answer.options.map(\.personaFreeLogLikelihood) == [-3, -4, -5])
        #expect(Set(answer.completions).count == 3)
    }

    @Test func `requests foretell exactly what is asked, the persona's own first`() async throws {
        actor Log {
            var requests: [Request] = []
            func add(_ request: Request) { requests.append(request) }
        }
        let log = Log()
        let prefers = prefers("Too little")
        let questions = [Fixture.roads, Fixture.library]
        _ = try await elicitor.elicit(Fixture.drawn, questions: questions, seed: 1) { request in
            await log.add(request)
            return try await prefers(request)
        }
        let foretold = try elicitor.requests(Fixture.drawn, questions: questions, seed: 1)
        let asked = await log.requests
        #expect(asked.count == foretold.count && Set(asked) == Set(foretold))
        #expect(foretold.map { Fixture.prompt($0)?.text.contains("43") } == [true, true, true, false, false])
    }

    @Test func `prompts without a persona are the same request for everybody`() throws {
        let one = Set(try elicitor.requests(Fixture.drawn, questions: [Fixture.roads], seed: 1))
        let other = Set(try elicitor.requests(Fixture.rosa, questions: [Fixture.roads], seed: 2))
        #expect(one.count == 3 && one.intersection(other).count == 2)
    }

    @Test func `samples are read, and each repetition has its own seed`() async throws {
        let answers = try await elicitor.elicit(
            Fixture.drawn, questions: [Fixture.roads], method: .sample, repeats: 3, seed: 1, complete: prefers("Too much"))
        #expect(answers.map(\.chosen) == [2, 2, 2] && answers.map(\.repetition) == [0, 1, 2])
        #expect(Set(answers.flatMap(\.completions)).count == 3)
        let more = try elicitor.requests(Fixture.drawn, questions: [Fixture.roads], method: .sample, repeats: 5, seed: 1)
        let fewer = try elicitor.requests(Fixture.drawn, questions: [Fixture.roads], method: .sample, repeats: 3, seed: 1)
        #expect(Array(more.prefix(3)) == fewer)
        #expect(fewer != (try elicitor.requests(Fixture.drawn, questions: [Fixture.roads], method: .sample, repeats: 3, seed: 2)))
    }

    @Test func `the default method follows the question and the model`() throws {
        func choose(_ question: Question, _ possible: Set<ElicitationMethod>) throws -> ElicitationMethod {
            try .choose(nil, for: question, possible: possible)
        }
        #expect(try choose(Fixture.roads, [.words, .letters, .sample]) == .words)
        #expect(try choose(Fixture.library, [.words, .letters, .sample]) == .letters)
        #expect(try choose(Fixture.roads, [.letters, .sample]) == .letters)
        #expect(try choose(Fixture.roads, [.sample]) == .sample)
        #expect(throws: ElicitationError.noMethod(question: "natroad")) { try choose(Fixture.roads, []) }
    }

    @Test func `what cannot be asked is refused with a sentence`() {
        func refuse(_ error: ElicitationError, _ questions: [Question], _ method: ElicitationMethod?, repeats: Int = 1,
            persona: Persona = Fixture.drawn) {
            #expect(throws: error) {
                try elicitor.requests(persona, questions: questions, method: method, repeats: repeats, seed: 1)
            }
        }
        refuse(
            .impossible(method: .words, question: "libtax", because: "it has no 'say:' statement"),
            [Fixture.library], .words)
        refuse(.repeated(method: .letters, question: "natroad", repeats: 2), [Fixture.roads], .letters, repeats: 2)
        refuse(.repeated(method: .words, question: "natroad", repeats: 2), [Fixture.roads], nil, repeats: 2)
        refuse(.repeats(0), [Fixture.roads], .sample, repeats: 0)
        var told = Fixture.drawn
        told.facts.append(.init(variable: "natroad", sentence: "We spend too much on roads."))
        refuse(.alreadyTold(persona: told.id, question: "natroad"), [Fixture.roads], .words, persona: told)
        let error = ElicitationError.impossible(method: .words, question: "libtax", because: "it has no 'say:' statement")
        #expect("\(error)" == "Question 'libtax' cannot be asked by 'words': it has no 'say:' statement.")
    }

    @Test func `a response of the wrong kind is an error, not an opinion`() async {
        await #expect(throws: ElicitationError.unexpectedResponse(persona: "gss2018-7", question: "natroad")) {
            try await elicitor.elicit(Fixture.drawn, questions: [Fixture.roads], seed: 1) {
                Fixture.completion($0, .scores([.init(logLikelihood: -1, tokenCount: 1)]))
            }
        }
    }

    @Test(arguments: AskAs.allCases)
    func `names, ids, attributes and held-out answers reach no prompt`(_ shape: AskAs) throws {
        let codebook = Codebook(
            id: "toy", title: "T", variables: [Variable(name: "age", kind: .number(unit: "years"))],
            questions: [Fixture.roads, Fixture.library])
        let panel = Panel(
            id: "p", title: "", survey: "s", size: 1, seed: 1, weighted: false, withReplacement: true,
            backstory: [.init(variable: "age", template: "I am {age} years old.")], heldOut: ["natroad"])
        let person = Respondent(id: "4711", variables: ["age": "43"], answers: ["natroad": .option(2)])
        let persona = try #require(
            try SiliconSample.draw(panel, codebook: codebook, respondents: [person], survey: "gss").first)
        #expect(persona.answers == ["natroad": 3])
        let elicitor = Elicitor(setting: Fixture.setting, askAs: shape)
        for method in [ElicitationMethod.letters, .sample] {
            for request in try elicitor.requests(persona, questions: [Fixture.library], method: method, seed: 1) {
                let text = try #require(Fixture.prompt(request)).text
                for secret in ["4711", "Respondent", "roads", "Too much", "too much", "natroad"] {
                    #expect(!text.contains(secret))
                }
                #expect(text.contains("43") && text.contains("2018") && text.contains("the United States"))
            }
        }
        // Asked the held-out question itself, nothing in the prompt depends on the answer held out.
        var other = persona
        other.answers = [:]
        #expect(
            try elicitor.requests(persona, questions: [Fixture.roads], seed: 1)
                == elicitor.requests(other, questions: [Fixture.roads], seed: 1))
    }
}
