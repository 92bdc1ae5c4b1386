import Foundation
import Kernel
import LanguageModels
import Surveys

/// All requests for one persona, and how their completions become answers.
struct ElicitationPlan {
    /// One answer to come; numbers are places in `requests`.
    struct Step {
        enum Source {
            case words(Int, domain: Int, personaFree: Int)
            case letters(Int, order: [Int], orderIndex: Int)
            case sample(Int, repetition: Int)
            case interview(Int)
        }

        var question: Question
        var wording: Int
        var source: Source
    }

    private(set) var requests: [Request] = []
    private(set) var steps: [Step] = []
    private var places: [Request: Int] = [:]

    /// The persona's own requests come first, in one block; then those without a persona.
    init(
        _ persona: Persona, _ questions: [(Question, ElicitationMethod, wording: Int)], repeats: Int, seed: UInt64,
        memories: String?, prompts: QuestionPrompts, scene: InterviewScene
    ) {
        let person = QuestionPrompts.Person(persona, memories: memories)
        for (question, method, wording) in questions {
            func step(_ source: Step.Source) -> Step { Step(question: question, wording: wording, source: source) }
            switch method {
            case .words:
                let own = place(Self.words(prompts.words(person, question), question))
                steps.append(step(.words(own, domain: 0, personaFree: 0)))
            case .letters:
                for (index, order) in OptionOrder.all(for: question).enumerated() {
                    let labels = order.indices.map(OptionOrder.letter).flatMap { [$0, " " + $0] }
                    let own = place(
                        .score(
                            ScoreRequest(
                                prompt: prompts.letters(person, question, order: order), purpose: Self.purpose,
                                continuations: labels)))
                    steps.append(step(.letters(own, order: order, orderIndex: index)))
                }
            case .sample:
                // The questionnaire's words are drawn as if there were no others.
                let name = question.id + (wording == 0 ? "" : "/wording \(wording)")
                for repetition in 0..<repeats {
                    let own = place(
                        .text(
                            TextRequest(
                                prompt: prompts.sample(person, question), purpose: Self.purpose, maximumTokens: 32,
                                temperature: 1, topP: 1,
                                seed: RandomStream.draw(seed: seed, persona.id, name, String(repetition)))))
                    steps.append(step(.sample(own, repetition: repetition)))
                }
            case .interview:
                let own = place(
                    scene.request(
                        persona, question, memories: memories, setting: prompts.setting,
                        seed: RandomStream.draw(seed: seed, "interview", persona.id, question.id)))
                steps.append(step(.interview(own)))
            }
        }
        for index in steps.indices {
            guard case .words(let own, _, _) = steps[index].source else { continue }
            let question = steps[index].question
            let free = place(Self.words(prompts.words(nil, question), question))
            let domain = place(Self.words(QuestionPrompts.domain, question))
            steps[index].source = .words(own, domain: domain, personaFree: free)
        }
    }

    private static let purpose = "poll"

    private static func words(_ prompt: Prompt, _ question: Question) -> Request {
        .score(
            ScoreRequest(
                prompt: prompt, purpose: purpose,
                continuations: question.options.map { QuestionPrompts.completion($0.fills ?? "") }))
    }

    private mutating func place(_ request: Request) -> Int {
        if let known = places[request] { return known }
        places[request] = requests.count
        requests.append(request)
        return requests.count - 1
    }
}

extension ElicitationPlan.Step {
    /// - Throws: ``ElicitationError/unexpectedResponse(persona:question:)``.
    func answer(of persona: String, from completions: [Completion]) throws(ElicitationError) -> ElicitedAnswer {
        var answer = try given(by: persona, in: completions)
        answer.wording = wording
        return answer
    }

    private func given(by persona: String, in completions: [Completion]) throws(ElicitationError) -> ElicitedAnswer {
        let count = question.options.count
        switch source {
        case .words(let own, let domain, let free):
            let scores = try scores(completions[own], count: count, persona)
            let domainScores = try self.scores(completions[domain], count: count, persona)
            let freeScores = try self.scores(completions[free], count: count, persona)
            let evidence = (0..<count).map { index in
                ElicitedAnswer.OptionEvidence(
                    logLikelihood: scores[index].logLikelihood, tokenCount: scores[index].tokenCount,
                    domainLogLikelihood: domainScores[index].logLikelihood,
                    personaFreeLogLikelihood: freeScores[index].logLikelihood)
            }
            return ElicitedAnswer(
                persona: persona, question: question.id, method: .words, options: evidence,
                completions: [own, domain, free].map { completions[$0].key })
        case .letters(let own, let order, let orderIndex):
            let scores = try scores(completions[own], count: 2 * count, persona)
            let nothing = ElicitedAnswer.OptionEvidence(logLikelihood: nil, tokenCount: 0)
            var evidence = Array(repeating: nothing, count: count)
            for (place, option) in order.enumerated() {
                let better = Self.better(scores[2 * place], scores[2 * place + 1])
                evidence[option] = .init(logLikelihood: better.logLikelihood, tokenCount: better.tokenCount)
            }
            // A server may list " A" as "A", so the sum is held to 1.
            let covered = scores.reduce(0) { $0 + ($1.logLikelihood.map(exp) ?? 0) }
            return ElicitedAnswer(
                persona: persona, question: question.id, orderIndex: orderIndex, method: .letters, options: evidence,
                coveredMass: min(1, covered), completions: [completions[own].key])
        case .interview(let own):
            guard case .text(let text, let complete) = completions[own].response else {
                throw .unexpectedResponse(persona: persona, question: question.id)
            }
            let said = InterviewPrompt.reply(in: text, complete: complete)
            return ElicitedAnswer(
                persona: persona, question: question.id, method: .interview, unparsed: said == nil, text: said,
                completions: [completions[own].key])
        case .sample(let own, let repetition):
            guard case .text(let text, _) = completions[own].response else {
                throw .unexpectedResponse(persona: persona, question: question.id)
            }
            let reading = AnswerReading(text, to: question)
            var chosen: Int?
            if case .option(let index) = reading { chosen = index }
            return ElicitedAnswer(
                persona: persona, question: question.id, repetition: repetition, method: .sample, chosen: chosen,
                refused: reading == .refused, dontKnow: reading == .dontKnow, unparsed: reading == .unparsed,
                text: text, completions: [completions[own].key])
        }
    }

    private func scores(
        _ completion: Completion, count: Int, _ persona: String
    ) throws(ElicitationError) -> [ContinuationScore] {
        guard case .scores(let scores) = completion.response, scores.count == count,
            scores.allSatisfy({ $0.logLikelihood?.isNaN != true })
        else { throw .unexpectedResponse(persona: persona, question: question.id) }
        return scores
    }

    private static func better(_ a: ContinuationScore, _ b: ContinuationScore) -> ContinuationScore {
        guard let first = a.logLikelihood else { return b }
        guard let second = b.logLikelihood else { return a }
        return second > first ? b : a
    }
}
