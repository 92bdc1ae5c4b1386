internal import Foundation
internal import Kernel
internal import LanguageModels

extension Thinking {
    /// Chooses among what can be done, by how much likelier its words become through who and where one is.
    ///
    /// - Returns: An index into `options`, and the completion if a model was asked (it is not for one option). Without
    ///   any readable score the first is taken, and counted as unparsed.
    public mutating func choose(_ options: [ActionOption], _ situation: Situation, intention: String?) async throws
        -> (index: Int, completion: String?)
    {
        guard options.count > 1 else { return (0, nil) }
        let bare = MindPrompts.choose(mind, situation, memories: [], intention: intention)
        let words = options.map { " \($0.words)." }
        let query = Self.query(situation, intention)
        if mind.memories.count > 0 {
            try await fetch([
                .embed(EmbedRequest(text: query)),
                Self.scoring(MindPrompts.chooseContentFree, words, purpose: "decide"),
            ])
        }
        let recalled = try await recall(query, purpose: "decide", beside: bare.text.count)
        let prompt = MindPrompts.choose(mind, situation, memories: recalled.map(\.memory), intention: intention)
        let free = try await scores(minds.scribe(of: mind.persona.id), MindPrompts.chooseContentFree, words, purpose: "decide")
        let scored = try await scores(minds.scribe(of: mind.persona.id), prompt, words, purpose: "decide", recalled: recalled)
        let corrected = zip(scored.scores, free.scores).map { a, b -> Double? in
            guard let a = a.logLikelihood, let b = b.logLikelihood, (a - b).isFinite else { return nil }
            return a - b
        }
        guard let greatest = corrected.compactMap(\.self).max() else {
            trail.unparsed += 1
            return (0, scored.completion)
        }
        let temperature = max(minds.temperatures.decide, 1e-6)
        let weights = corrected.map { $0.map { exp(($0 - greatest) / temperature) } ?? 0 }
        var stream = RandomStream(seed: draw("decide"))
        var left = stream.unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() where weight > 0 {
            left -= weight
            if left < 0 { return (index, scored.completion) }
        }
        return (weights.firstIndex(of: 1) ?? 0, scored.completion)
    }

    /// Finds words to say; `nil` where none could be read.
    public mutating func speak(
        to listener: String, said: [(name: String, words: String)], _ situation: Situation
    ) async throws -> (words: String, completion: String)? {
        let bare = MindPrompts.speak(mind, situation, memories: [], to: listener, said: said, form: minds.speech(of: mind.persona.id))
        let recalled = try await recall(
            ([listener] + said.suffix(2).map(\.words)).joined(separator: " ") + " " + situation.news.joined(separator: " "),
            purpose: "speak", beside: bare.text.count)
        let prompt = MindPrompts.speak(
            mind, situation, memories: recalled.map(\.memory), to: listener, said: said, form: minds.speech(of: mind.persona.id))
        let name = mind.persona.name
        let spoken = try await words(
            prompt, purpose: "speak", maximumTokens: 40, temperature: minds.temperatures.speak,
            stop: minds.speech(of: mind.persona.id) == .plain ? ["\n", "\""] : ["\n"], recalled: recalled
        ) { Utterance.cleaned($0, speaker: name) }
        return spoken.map { ($0.value, $0.completion) }
    }

    /// Does something with an object of the place; `nil` where no words could be read.
    public mutating func use(_ object: String, state: String, _ situation: Situation) async throws
        -> (deed: Deed, completion: String)?
    {
        let prompt = MindPrompts.use(mind, situation, object: object, state: state)
        let written = try await words(
            prompt, purpose: "do", maximumTokens: 60, temperature: minds.temperatures.plan, grammar: Deed.grammar,
            recalled: [], read: Deed.parsed)
        return written.map { ($0.value, $0.completion) }
    }

    /// Puts a conversation into one's own words, and remembers it and what it means for one's plans, both resting on
    /// the memories of what was said.
    ///
    /// - Returns: Whether it means something for the plans. Nothing is remembered where no words could be read.
    public mutating func recap(with other: String, said: [(name: String, words: String)]) async throws -> Bool {
        let written = try await words(
            MindPrompts.recap(mind, with: other, said: said), purpose: "recap", maximumTokens: 90,
            temperature: minds.temperatures.reflect, grammar: Recap.grammar, recalled: [], read: Recap.parsed)
        guard let written else { return false }
        let spoken = Set(said.map(\.words))
        let evidence = mind.memories.latest(200).filter { memory in
            memory.kind == .utterance && memory.evidence.isEmpty && spoken.contains { memory.text.hasSuffix(": \"\($0)\"") }
        }.map(\.sequence).suffix(said.count)
        let recap = written.value
        try await remember(
            "\(mind.persona.name) and \(other) talked. \(recap.said)", kind: .utterance, evidence: Array(evidence),
            completion: written.completion)
        guard let plans = recap.plans else { return false }
        try await remember(plans, kind: .plan, evidence: Array(evidence), completion: written.completion)
        return true
    }

    private static func query(_ situation: Situation, _ intention: String?) -> String {
        ([situation.place] + situation.present + [intention ?? ""] + situation.news).filter { !$0.isEmpty }
            .joined(separator: ". ")
    }
}
