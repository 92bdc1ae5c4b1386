internal import Kernel
internal import LanguageModels

extension Thinking {
    public var mustReflect: Bool { mind.unreflected > settings.reflectAfter }

    /// Looks back on the latest memories: asks what matters most in them, recalls what bears on it, and draws insights
    /// that each cite memories they rest on, reflections among them.
    ///
    /// - Source: Park et al. 2023, "Generative Agents", section 4.2.
    public mutating func reflect() async throws {
        mind.unreflected = 0
        let latest = mind.memories.latest(settings.reflectOn)
        if latest.isEmpty { return }
        let questions = try await questions(on: latest)
        var recalled: [MemoryStream.Recalled] = []
        let bare = MindPrompts.reflect(mind, questions: questions, memories: [], insights: settings.insights)
        let each = max(1, settings.recall / max(1, questions.count))
        try await fetch(questions.map { .embed(EmbedRequest(text: $0)) })
        for question in questions {
            for entry in try await recall(question, purpose: "reflect", beside: bare.text.count, count: each)
            where !recalled.contains(where: { $0.memory.sequence == entry.memory.sequence }) {
                // Ranks run on from question to question.
                var entry = entry
                entry.use.rank = recalled.count + 1
                recalled.append(entry)
            }
        }
        let fitted = MindPrompts.fitting(recalled, beside: bare.text.count, budget: minds.promptTokens)
        if !fitted.cut.isEmpty {
            trail.cuts.append(Trail.Cut(persona: mind.persona.id, purpose: "reflect", memories: fitted.cut))
        }
        let shown = fitted.shown.map(\.memory).sorted { $0.sequence < $1.sequence }
        if shown.isEmpty { return }
        let sequences = shown.map(\.sequence)
        let most = settings.insights
        let written = try await words(
            MindPrompts.reflect(mind, questions: questions, memories: shown, insights: most), purpose: "reflect",
            maximumTokens: 60 + 50 * most, temperature: minds.temperatures.reflect,
            grammar: Insight.grammar(count: shown.count, most: most), recalled: fitted.shown
        ) { Insight.parsed($0, shown: sequences, most: most) }
        guard let written else { return }
        trail.uncited += written.value.uncited
        try await fetch(written.value.insights.flatMap { Self.remembering($0.text, rated: true) })
        for insight in written.value.insights {
            try await remember(insight.text, kind: .reflection, evidence: insight.evidence, completion: written.completion)
        }
    }

    /// What the latest memories raise; one standing question where the model's could not be read.
    private mutating func questions(on latest: [Memory]) async throws -> [String] {
        let standing = ["What matters most to \(mind.persona.name) lately: people, plans and worries?"]
        let bare = MindPrompts.questions(mind, memories: [], count: settings.questions)
        // The latest that fit: what is left out is older.
        var left = minds.promptTokens * 4 - bare.text.count
        let shown = latest.reversed().prefix { memory in
            left -= MindPrompts.line(memory).count + 1
            return left >= 0
        }
        if shown.count < latest.count {
            trail.cuts.append(
                Trail.Cut(
                    persona: mind.persona.id, purpose: "questions",
                    memories: latest.dropLast(shown.count).map(\.sequence)))
        }
        if shown.isEmpty { return standing }
        let count = settings.questions
        let written = try await words(
            MindPrompts.questions(mind, memories: shown.reversed(), count: count), purpose: "questions",
            maximumTokens: 20 + 30 * count, temperature: minds.temperatures.reflect,
            grammar: Questions.grammar(count: count), recalled: []
        ) { Questions.parsed($0, count: count) }
        return written?.value ?? standing
    }
}
