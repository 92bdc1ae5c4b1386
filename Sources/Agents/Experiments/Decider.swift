internal import Foundation
internal import Kernel
public import LanguageModels

/// Puts decisions to subjects and brings back raw evidence.
///
/// Sampling seeds name the subject, the decision, the repetition and the round, never the arm: all arms of an experiment
/// share their draws.
public struct Decider: Sendable {
    public var seed: UInt64
    /// Of `sample`; 0 takes the likeliest words.
    public var temperature: Double
    /// What answers: a server scores labels only.
    public var identity: ModelIdentity

    public init(seed: UInt64, temperature: Double, identity: ModelIdentity) {
        (self.seed, self.temperature, self.identity) = (seed, temperature, identity)
    }

    /// Whole numbers that are scored one by one, at most.
    public static let mostScored = 201

    /// The method asked for, or by default `words` where the decision has a statement, else `letters` for choices, else
    /// `sample`.
    ///
    /// - Throws: ``ElicitationError`` where the method asked for is impossible: there is no silent fallback.
    public func method(_ asked: ElicitationMethod?, for decision: Decision) throws(ElicitationError) -> ElicitationMethod {
        if let asked {
            if let because = obstacle(asked, decision) {
                throw .impossible(method: asked, question: decision.name, because: because)
            }
            return asked
        }
        for method in [ElicitationMethod.words, .letters, .sample] where obstacle(method, decision) == nil { return method }
        throw .noMethod(question: decision.name)
    }

    /// Whether the same subject would answer the same each time.
    public func isDeterministic(_ method: ElicitationMethod) -> Bool { method != .sample || temperature == 0 }

    private func obstacle(_ method: ElicitationMethod, _ decision: Decision) -> String? {
        guard ElicitationMethod.possible(on: identity).contains(method) else { return "the model cannot serve it" }
        switch method {
        case .interview: return "decisions are made by words, letters or sample"
        case .sample: return nil
        case .letters:
            guard case .choice(let options, let labels) = decision.kind else { return "it has no options" }
            if labels.isEmpty, options.count > 26 { return "it has more than 26 options" }
            if identity.backEnd == "openai", !labels.allSatisfy({ $0.utf8.count <= 3 && !$0.contains(" ") }) {
                return "a server scores labels of at most three letters"
            }
            return nil
        case .words:
            guard decision.say != nil else { return "it has no 'say:' statement" }
            switch decision.kind {
            case .choice: return nil
            case .integer(let low, let high):
                return high - low < Self.mostScored ? nil : "more than \(Self.mostScored) whole numbers would be scored"
            case .amount, .split, .text: return "only choices and whole numbers are scored"
            }
        }
    }

    /// What is asked first; a number that cannot be read is asked for once more.
    public func request(_ encounter: Encounter, by method: ElicitationMethod) -> Request {
        switch method {
        case .words:
            .score(
                ScoreRequest(
                    prompt: DecisionPrompts.plain(encounter), purpose: Self.purpose,
                    continuations: DecisionPrompts.completions(encounter)))
        case .letters:
            .score(
                ScoreRequest(
                    prompt: DecisionPrompts.chat(encounter, byLabel: true), purpose: Self.purpose,
                    continuations: DecisionPrompts.labels(encounter).flatMap { [$0, " " + $0] }))
        case .sample, .interview:
            text(DecisionPrompts.chat(encounter, byLabel: false), encounter, attempt: 0)
        }
    }

    /// - Throws: ``ElicitationError/unexpectedResponse(persona:question:)``, and whatever `complete` throws.
    public func decide(
        _ encounter: Encounter, by method: ElicitationMethod, complete ask: Complete
    ) async throws -> DecidedAnswer {
        let decision = encounter.decision
        let completion = try await ask(request(encounter, by: method))
        var answer = DecidedAnswer(
            subject: encounter.subject, decision: decision.name, repetition: encounter.repetition, round: encounter.round,
            order: encounter.order, method: method, completions: [completion.key])
        switch method {
        case .words:
            answer.evidence = try scores(completion, count: decision.outcomes?.count ?? 0, encounter)
        case .letters:
            let labels = try scores(completion, count: 2 * encounter.order.count, encounter)
            answer.evidence = Array(repeating: ContinuationScore(logLikelihood: nil, tokenCount: 0), count: encounter.order.count)
            for (place, option) in encounter.order.enumerated() {
                let pair = (labels[2 * place], labels[2 * place + 1])
                let spaced = (pair.1.logLikelihood ?? -.infinity) > (pair.0.logLikelihood ?? -.infinity)
                answer.evidence[option] = spaced ? pair.1 : pair.0
            }
            // A server may list " A" as "A", so the sum is held to 1.
            answer.coveredMass = min(1, labels.reduce(0) { $0 + ($1.logLikelihood.map(exp) ?? 0) })
        case .sample, .interview:
            guard case .text(let said, let complete) = completion.response else { throw unexpected(encounter) }
            take(said, complete, encounter, into: &answer)
            guard answer.unparsed, repairs(decision) else { break }
            let again = try await ask(text(DecisionPrompts.repair(encounter, reply: said), encounter, attempt: 1))
            guard case .text(let repaired, let whole) = again.response else { throw unexpected(encounter) }
            answer.completions.append(again.key)
            answer.unparsed = false
            take(repaired, whole, encounter, into: &answer)
        }
        return answer
    }

    /// Numbers that cannot be read are asked for once more; a choice that was not made is a result.
    public func repairs(_ decision: Decision) -> Bool {
        switch decision.kind {
        case .integer, .amount, .split: true
        case .choice, .text: false
        }
    }

    private static let purpose = "decide"

    private func take(_ said: String, _ complete: Bool, _ encounter: Encounter, into answer: inout DecidedAnswer) {
        answer.text = said
        switch DecisionReading(said, to: encounter.decision, order: encounter.order, complete: complete) {
        case .outcome(let place): answer.chosen = place
        case .numbers(let numbers): answer.numbers = numbers
        case .refused: answer.refused = true
        case .unparsed: answer.unparsed = true
        }
    }

    private func text(_ prompt: Prompt, _ encounter: Encounter, attempt: Int) -> Request {
        let words =
            switch encounter.decision.kind {
            case .choice, .integer, .amount: 24
            case .split: 48
            case .text: 96
            }
        return .text(
            TextRequest(
                prompt: prompt, purpose: Self.purpose, maximumTokens: words, temperature: temperature, topP: 1,
                seed: RandomStream.draw(
                    seed: seed, "experiment", encounter.subject, encounter.decision.name, String(encounter.repetition),
                    String(encounter.round)),
                attempt: attempt))
    }

    private func scores(
        _ completion: Completion, count: Int, _ encounter: Encounter
    ) throws(ElicitationError) -> [ContinuationScore] {
        guard case .scores(let scores) = completion.response, scores.count == count,
            scores.allSatisfy({ $0.logLikelihood?.isNaN != true })
        else { throw unexpected(encounter) }
        return scores
    }

    private func unexpected(_ encounter: Encounter) -> ElicitationError {
        .unexpectedResponse(persona: encounter.subject, question: encounter.decision.name)
    }
}
