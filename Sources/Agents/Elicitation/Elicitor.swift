public import LanguageModels
public import Surveys

/// Asks personas the questions of a survey and brings back raw evidence, uncorrected.
///
/// The same persona, question and settings make the same requests; what nobody's persona enters (the cue of the domain
/// correction, the prompt without a persona) is requested again for each persona and left to the cache.
public struct Elicitor: Sendable {
    public var setting: SurveySetting
    public var askAs: AskAs
    /// What the model can serve: ``ElicitationMethod/possible(on:)``.
    public var possible: Set<ElicitationMethod>
    /// Whether every question is asked in the codebook's other wordings too: ``ElicitedAnswer/wording``.
    public var probing: Bool

    public init(
        setting: SurveySetting, askAs: AskAs = .bio, possible: Set<ElicitationMethod> = Set(ElicitationMethod.allCases),
        probing: Bool = false
    ) {
        self.setting = setting
        self.askAs = askAs
        self.possible = possible
        self.probing = probing
    }

    /// Every request that ``elicit(_:questions:method:repeats:seed:memories:scene:complete:)`` will make, in its order.
    public func requests(
        _ persona: Persona, questions: [Question], method: ElicitationMethod? = nil, repeats: Int = 1, seed: UInt64,
        memories: String? = nil, scene: InterviewScene = InterviewScene()
    ) throws(ElicitationError) -> [Request] {
        try plan(persona, questions, method, repeats, seed, memories, scene).requests
    }

    /// Asks one persona, all requests at once: segments run from persona to question to option, so a model that serves
    /// what waits by shared beginning evaluates each once. The order of arrival changes nothing.
    ///
    /// - Parameters:
    ///   - method: `nil` chooses for each question: ``ElicitationMethod/choose(_:for:possible:)``.
    ///   - repeats: Draws of `sample`, at least 1; more than 1 is refused for the other methods.
    ///   - memories: What the person has in mind, one memory a line; `nil` for a persona without a memory stream.
    ///   - scene: What open questions are asked with besides.
    /// - Returns: By question in the order given; within one by wording, then by order of the options or repetition.
    /// - Throws: ``ElicitationError``, and whatever `complete` throws.
    public func elicit(
        _ persona: Persona, questions: [Question], method: ElicitationMethod? = nil, repeats: Int = 1, seed: UInt64,
        memories: String? = nil, scene: InterviewScene = InterviewScene(), complete: @escaping Complete
    ) async throws -> [ElicitedAnswer] {
        try await ask(
            persona, questions: questions, method: method, repeats: repeats, seed: seed, memories: memories,
            scene: scene, complete: complete
        ).answers
    }

    /// The same with the completions that the answers came from, one for each request that
    /// ``requests(_:questions:method:repeats:seed:memories:scene:)`` foretells, in its order.
    public func ask(
        _ persona: Persona, questions: [Question], method: ElicitationMethod? = nil, repeats: Int = 1, seed: UInt64,
        memories: String? = nil, scene: InterviewScene = InterviewScene(), complete: @escaping Complete
    ) async throws -> (answers: [ElicitedAnswer], completions: [Completion]) {
        let plan = try plan(persona, questions, method, repeats, seed, memories, scene)
        let completions = try await withThrowingTaskGroup(of: (Int, Completion).self) { group in
            for (place, request) in plan.requests.enumerated() {
                group.addTask { (place, try await complete(request)) }
            }
            var found: [Completion?] = plan.requests.map { _ in nil }
            for try await (place, completion) in group { found[place] = completion }
            return found.compactMap(\.self)
        }
        let answers = try plan.steps.map { step throws(ElicitationError) in
            try step.answer(of: persona.id, from: completions)
        }
        return (answers, completions)
    }

    private func plan(
        _ persona: Persona, _ questions: [Question], _ method: ElicitationMethod?, _ repeats: Int, _ seed: UInt64,
        _ memories: String?, _ scene: InterviewScene
    ) throws(ElicitationError) -> ElicitationPlan {
        guard repeats >= 1 else { throw .repeats(repeats) }
        var chosen: [(Question, ElicitationMethod, wording: Int)] = []
        for question in questions {
            if persona.facts.contains(where: { $0.tells(question.id) }) {
                throw .alreadyTold(persona: persona.id, question: question.id)
            }
            let method = try ElicitationMethod.choose(method, for: question, possible: possible)
            if method != .sample, repeats > 1 {
                throw .repeated(method: method, question: question.id, repeats: repeats)
            }
            chosen.append((question, method, wording: 0))
            if probing, method != .interview {
                chosen += question.reworded.map { ($0.question, method, wording: $0.number) }
            }
        }
        return ElicitationPlan(
            persona, chosen, repeats: repeats, seed: seed, memories: memories,
            prompts: QuestionPrompts(setting: setting, askAs: askAs), scene: scene)
    }
}
