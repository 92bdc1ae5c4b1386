internal import Foundation
public import Kernel
internal import LanguageModels

extension Thinking {
    /// Plans the day, and remembers the plan.
    ///
    /// - Parameters:
    ///   - when: `Monday 2 March 2026, 06:00`.
    ///   - places: Sorted.
    ///   - until: When the day ends.
    /// - Returns: The completion it came from; `nil` where habits had to do.
    public mutating func planDay(when: String, places: [String], until: SimulationTime) async throws -> String? {
        let bare = MindPrompts.plan(mind, when: when, places: places, memories: [])
        let recalled = try await recall(
            "What \(mind.persona.name) means to do on \(when)", purpose: "plan", beside: bare.text.count)
        let prompt = MindPrompts.plan(mind, when: when, places: places, memories: recalled.map(\.memory))
        let day = time.day
        let from = time.secondOfDay
        let end = until.day == day ? until.secondOfDay : SimulationTime.secondsPerDay
        let written = try await words(
            prompt, purpose: "plan", maximumTokens: 400, temperature: minds.temperatures.plan,
            grammar: DayPlan.grammar(places: places, from: from, until: end), recalled: recalled
        ) { DayPlan.parsed($0, day: day, places: places) }
        mind.plan = written?.value ?? .habits(of: mind.persona, home: mind.home, from: time, until: until)
        try await remember(
            "\(mind.persona.name)'s plan for day \(day): "
                + mind.plan.steps.map { "\($0.from.timeOfDay) \($0.what) (\($0.place))" }.joined(separator: "; ") + ".",
            kind: .plan, importance: 1, completion: written?.completion)
        return written?.completion
    }

    /// Chooses among what can be done, by how much likelier its words become through who and where one is.
    ///
    /// - Returns: An index into `options`, and the completion if a model was asked (it is not for one option). Without
    ///   any readable score the first is taken, and counted as unparsed.
    public mutating func choose(_ options: [ActionOption], _ situation: Situation, intention: String?) async throws
        -> (index: Int, completion: String?)
    {
        guard options.count > 1 else { return (0, nil) }
        let bare = MindPrompts.choose(mind, situation, memories: [], intention: intention)
        let recalled = try await recall(
            Self.query(situation, intention), purpose: "decide", beside: bare.text.count)
        let prompt = MindPrompts.choose(mind, situation, memories: recalled.map(\.memory), intention: intention)
        let words = options.map { " \($0.words)." }
        let free = try await scores(minds.scribe, MindPrompts.chooseContentFree, words, purpose: "decide")
        let scored = try await scores(minds.scribe, prompt, words, purpose: "decide", recalled: recalled)
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
        let bare = MindPrompts.speak(mind, situation, memories: [], to: listener, said: said, form: minds.speech)
        let recalled = try await recall(
            ([listener] + said.suffix(2).map(\.words)).joined(separator: " ") + " " + situation.news.joined(separator: " "),
            purpose: "speak", beside: bare.text.count)
        let prompt = MindPrompts.speak(
            mind, situation, memories: recalled.map(\.memory), to: listener, said: said, form: minds.speech)
        let name = mind.persona.name
        let spoken = try await words(
            prompt, purpose: "speak", maximumTokens: 40, temperature: minds.temperatures.speak,
            stop: minds.speech == .plain ? ["\n", "\""] : ["\n"], recalled: recalled
        ) { Utterance.cleaned($0, speaker: name) }
        return spoken.map { ($0.value, $0.completion) }
    }

    public var mustReflect: Bool { mind.unreflected > settings.reflectAfter }

    /// Draws up to three insights from what matters most lately, each citing memories it rests on.
    ///
    /// One retrieval stands for the paper's three questions and their retrievals.
    ///
    /// - Source: Park et al. 2023, "Generative Agents", section 4.2.
    public mutating func reflect() async throws {
        mind.unreflected = 0
        if mind.memories.count == 0 { return }
        let bare = MindPrompts.reflect(mind, memories: [])
        let recalled = try await recall(
            "What matters most to \(mind.persona.name) lately: people, plans and worries", purpose: "reflect",
            beside: bare.text.count)
        let shown = recalled.map(\.memory).sorted { $0.sequence < $1.sequence }
        if shown.isEmpty { return }
        let sequences = shown.map(\.sequence)
        let written = try await words(
            MindPrompts.reflect(mind, memories: shown), purpose: "reflect", maximumTokens: 200,
            temperature: minds.temperatures.reflect, grammar: Insight.grammar(count: shown.count), recalled: recalled
        ) { Insight.parsed($0, shown: sequences) }
        guard let written else { return }
        trail.uncited += written.value.uncited
        for insight in written.value.insights {
            try await remember(insight.text, kind: .reflection, evidence: insight.evidence, completion: written.completion)
        }
    }

    private static func query(_ situation: Situation, _ intention: String?) -> String {
        ([situation.place] + situation.present + [intention ?? ""] + situation.news).filter { !$0.isEmpty }
            .joined(separator: ". ")
    }
}
