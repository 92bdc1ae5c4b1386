internal import Kernel
internal import LanguageModels

extension Thinking {
    /// Something noticed: its text, and whether it is a plain non-event that needs no rating.
    public struct Percept: Hashable, Sendable {
        public var text: String
        public var kind: Memory.Kind
        /// Rated 1 without a call.
        public var plain: Bool
        /// Noticed even if something like it was perceived lately.
        public var striking: Bool
        public var completion: String?

        public init(text: String, kind: Memory.Kind, plain: Bool, striking: Bool = false, completion: String? = nil) {
            self.text = text
            self.kind = kind
            self.plain = plain
            self.striking = striking
            self.completion = completion
        }
    }

    /// Puts into memory what the persona file says, once, at the world's beginning.
    public mutating func rememberSeeds() async throws {
        let told = mind.persona.remembers.map { seed in
            (text: seed.when.isEmpty ? seed.what : "\(seed.when): \(seed.what)", importance: seed.importance)
        }
        let seeds = told + (mind.persona.believes + mind.knows).map { (text: $0, importance: 5) }
        try await fetch(seeds.map { .embed(EmbedRequest(text: $0.text)) })
        for seed in seeds { try await remember(seed.text, kind: .seed, importance: seed.importance) }
    }

    /// Remembers what was noticed, unless it was perceived among the last `retention`.
    ///
    /// - Returns: The memories made, in order.
    @discardableResult
    public mutating func perceive(_ percepts: [Percept], retention: Int) async throws -> [Memory] {
        let noticed = percepts.filter { percept in
            if !percept.striking && mind.perceived.contains(percept.text) { return false }
            mind.perceived = Array((mind.perceived + [percept.text]).suffix(retention))
            return true
        }
        try await fetch(noticed.flatMap { Self.remembering($0.text, rated: !$0.plain) })
        var made: [Memory] = []
        for percept in noticed {
            made.append(
                try await remember(
                    percept.text, kind: percept.kind, importance: percept.plain ? 1 : nil,
                    completion: percept.completion))
        }
        return made
    }

    /// - Parameter importance: 1...10; rated by the model where `nil`.
    @discardableResult
    mutating func remember(
        _ text: String, kind: Memory.Kind, importance: Double? = nil, evidence: [Int] = [], completion: String? = nil
    ) async throws -> Memory {
        var worded = completion
        var importance = importance
        if importance == nil {
            let rated = try await rate(text)
            importance = rated.importance
            worded = worded ?? rated.completion
        }
        let vector = try await embedding(of: text).vector
        let memory = mind.add(
            Memory(
                sequence: 0, time: time, kind: kind, text: text, importance: importance ?? 5.5, embedding: vector,
                lastAccess: time, evidence: evidence, completion: worded))
        added.append(memory)
        return memory
    }

    /// What is asked to remember a text.
    static func remembering(_ text: String, rated: Bool) -> [Request] {
        let embed = Request.embed(EmbedRequest(text: text))
        return rated ? [embed, rating(MindPrompts.contentFree), rating(MindPrompts.importance(text))] : [embed]
    }

    private static func rating(_ prompt: Prompt) -> Request {
        scoring(prompt, Importance.ratings, purpose: "importance")
    }

    /// 5.5, the middle, and counted as unparsed, where the model lists no rating.
    mutating func rate(_ text: String) async throws -> (importance: Double, completion: String) {
        let empty = try await scores(minds.scribe(of: mind.persona.id), MindPrompts.contentFree, Importance.ratings, purpose: "importance")
        let rated = try await scores(minds.scribe(of: mind.persona.id), MindPrompts.importance(text), Importance.ratings, purpose: "importance")
        guard let value = Importance.expectation(rated.scores, contentFree: empty.scores) else {
            trail.unparsed += 1
            return (5.5, rated.completion)
        }
        return (value, rated.completion)
    }
}
