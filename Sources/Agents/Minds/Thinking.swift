public import Kernel
internal import LanguageModels

/// One resident thinking at one moment: a copy of the mind, the calls it makes, and their trail.
///
/// Nothing outside changes; whoever began it takes over ``mind``, ``added`` and ``trail`` once all has succeeded.
public struct Thinking: Sendable {
    public internal(set) var mind: Mind
    let minds: Minds
    let seed: UInt64
    let settings: MemorySettings
    public let time: SimulationTime
    public internal(set) var trail = Trail()
    /// Memories made, in order.
    public internal(set) var added: [Memory] = []
    private var draws = 0
    /// Answers that are there already, each for the next call that asks for it.
    private var fetched: [Request: Completion] = [:]

    public init(_ mind: Mind, minds: Minds, settings: MemorySettings, seed: UInt64, time: SimulationTime) {
        self.mind = mind
        self.minds = minds
        self.settings = settings
        self.seed = seed
        self.time = time
    }

    /// The resident's own number for a purpose at this moment.
    mutating func draw(_ purpose: String) -> UInt64 {
        draws += 1
        return RandomStream.draw(seed: seed, "resident/\(mind.persona.id)", purpose, time.description, String(draws))
    }

    mutating func call(
        _ complete: Complete, _ request: Request, purpose: String, recalled: [MemoryStream.Recalled] = []
    ) async throws -> Completion {
        let completion: Completion
        if !fetched.isEmpty, let there = fetched.removeValue(forKey: request) {
            completion = there
        } else {
            completion = try await complete(request)
        }
        trail.uses.append(
            Use(
                persona: mind.persona.id, purpose: purpose, time: time, completion: completion.key,
                tokens: completion.usage.total, recalled: recalled.map(\.use)))
        for entry in recalled where !trail.accessed.contains(entry.memory.sequence) {
            trail.accessed.append(entry.memory.sequence)
            mind.memories.touch(entry.memory.sequence, at: time)
        }
        return completion
    }

    /// Asks at once what none of the calls to come can change; they find their answers and follow in their own order.
    mutating func fetch(_ requests: [Request]) async throws {
        var known: Set<Request> = []
        let distinct = requests.filter { known.insert($0).inserted }
        if distinct.count < 2 { return }
        let (minds, persona) = (minds, mind.persona.id)
        fetched = try await withThrowingTaskGroup(of: (Request, Completion).self) { group in
            for request in distinct {
                group.addTask {
                    switch request {
                    case .text: (request, try await minds.speaker(of: persona)(request))
                    case .score: (request, try await minds.scribe(of: persona)(request))
                    case .embed: (request, try await minds.embedder(of: persona)(request))
                    }
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    mutating func embedding(of text: String) async throws -> (vector: [Float], completion: String) {
        let completion = try await call(minds.embedder(of: mind.persona.id), .embed(EmbedRequest(text: text)), purpose: "embed")
        guard case .embedding(let vector) = completion.response else {
            throw MindError.wrongResponse(purpose: "embed", completion: completion.key)
        }
        return (vector, completion.key)
    }

    mutating func scores(
        _ complete: Complete, _ prompt: Prompt, _ continuations: [String], purpose: String,
        recalled: [MemoryStream.Recalled] = []
    ) async throws -> (scores: [ContinuationScore], completion: String) {
        let request = Self.scoring(prompt, continuations, purpose: purpose)
        let completion = try await call(complete, request, purpose: purpose, recalled: recalled)
        guard case .scores(let scores) = completion.response, scores.count == continuations.count else {
            throw MindError.wrongResponse(purpose: purpose, completion: completion.key)
        }
        return (scores, completion.key)
    }

    static func scoring(_ prompt: Prompt, _ continuations: [String], purpose: String) -> Request {
        .score(ScoreRequest(prompt: prompt, purpose: purpose, continuations: continuations))
    }

    /// Words that `read` can read: asked for once, repaired once, else `nil` and counted.
    mutating func words<Value>(
        _ prompt: Prompt, purpose: String, maximumTokens: Int, temperature: Double, stop: [String] = [],
        grammar: Grammar? = nil, recalled: [MemoryStream.Recalled], read: (String) -> Value?
    ) async throws -> (value: Value, completion: String)? {
        for attempt in 0...1 {
            var asked = prompt
            if attempt == 1 { asked.segments.append(.init(.user, MindPrompts.repair)) }
            let request = Request.text(
                TextRequest(
                    prompt: asked, purpose: purpose, maximumTokens: maximumTokens, temperature: temperature,
                    seed: draw(purpose), stop: stop, grammar: grammar, attempt: attempt))
            let completion = try await call(minds.speaker(of: mind.persona.id), request, purpose: purpose, recalled: recalled)
            guard case .text(let text, _) = completion.response else {
                throw MindError.wrongResponse(purpose: purpose, completion: completion.key)
            }
            if let value = read(text) {
                if attempt > 0 { trail.repaired += 1 }
                return (value, completion.key)
            }
        }
        trail.unparsed += 1
        return nil
    }

    /// What comes to mind, and of it what fits in a prompt beside `fixed` characters.
    mutating func recall(_ query: String, purpose: String, beside fixed: Int, count: Int? = nil) async throws
        -> [MemoryStream.Recalled]
    {
        if mind.memories.count == 0 { return [] }
        let vector = try await embedding(of: query).vector
        let recalled = mind.memories.retrieve(
            query: vector, at: time, count: count ?? settings.recall, settings: settings)
        let fitted = MindPrompts.fitting(recalled, beside: fixed, budget: minds.promptTokens)
        if !fitted.cut.isEmpty {
            trail.cuts.append(Trail.Cut(persona: mind.persona.id, purpose: purpose, memories: fitted.cut))
        }
        return fitted.shown
    }
}
