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
        for seed in mind.persona.remembers {
            let text = seed.when.isEmpty ? seed.what : "\(seed.when): \(seed.what)"
            try await remember(text, kind: .seed, importance: seed.importance)
        }
        for belief in mind.persona.believes { try await remember(belief, kind: .seed, importance: 5) }
        for line in mind.knows { try await remember(line, kind: .seed, importance: 5) }
    }

    /// Remembers what was noticed, unless it was perceived among the last `retention`.
    ///
    /// - Returns: The memories made, in order.
    @discardableResult
    public mutating func perceive(_ percepts: [Percept], retention: Int) async throws -> [Memory] {
        var made: [Memory] = []
        for percept in percepts {
            if !percept.striking && mind.perceived.contains(percept.text) { continue }
            mind.perceived = Array((mind.perceived + [percept.text]).suffix(retention))
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
