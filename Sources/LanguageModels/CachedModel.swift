/// A model behind its recorded completions: whatever was asked once is never asked again.
///
/// Equal requests in flight are one call. The model is loaded at the first miss, so a fully recorded run replays
/// without its weights. Errors are never stored; whoever asks next tries again.
public actor CachedModel {
    /// What has been asked so far.
    public struct Meter: Hashable, Sendable {
        /// Calls the model itself answered.
        public var calls = 0
        /// Answers from the store, or shared with an equal request in flight.
        public var hits = 0
        /// Tokens of all answers, recorded or not: what budgets count.
        public var usage = TokenUsage.zero
        /// Tokens the model itself answered: what money is spent on.
        public var spent = TokenUsage.zero

        public init() {}
    }

    public nonisolated let identity: ModelIdentity
    public nonisolated let offline: Bool
    public private(set) var meter = Meter()

    private let store: any CompletionStore
    private let load: @Sendable () async throws -> any LanguageModel
    private var loading: Task<any LanguageModel, any Error>?
    private var inFlight: [String: Task<(Completion, recorded: Bool), any Error>] = [:]

    public init(
        identity: ModelIdentity, store: any CompletionStore, offline: Bool = false,
        load: @escaping @Sendable () async throws -> any LanguageModel
    ) {
        self.identity = identity
        self.store = store
        self.offline = offline
        self.load = load
    }

    /// A model that is already there.
    public init(_ model: any LanguageModel, store: any CompletionStore, offline: Bool = false) {
        self.init(identity: model.identity, store: store, offline: offline) { model }
    }

    /// The completion of a request: the recorded one, else the model's, which is durable when this returns.
    ///
    /// - Throws: ``ModelError/offlineMiss(key:purpose:)`` when nothing is recorded and the model may not be asked.
    public func complete(_ request: Request) async throws -> Completion {
        let key = try CompletionKey(identity: identity, request: request)
        if let task = inFlight[key.hexadecimal] {
            let (completion, _) = try await task.value
            count(completion, recorded: true)
            return completion
        }
        let task = Task { try await self.fetch(request, key) }
        inFlight[key.hexadecimal] = task
        defer { inFlight[key.hexadecimal] = nil }
        let (completion, recorded) = try await task.value
        count(completion, recorded: recorded)
        return completion
    }

    private func fetch(_ request: Request, _ key: CompletionKey) async throws -> (Completion, recorded: Bool) {
        if let recorded = try await store.completion(forKey: key.hexadecimal) { return (recorded, true) }
        guard !offline else { throw ModelError.offlineMiss(key: key.hexadecimal, purpose: request.purpose) }
        let model = try await loaded()
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await model.respond(to: request)
        let completion = Completion(
            key: key.hexadecimal, model: identity.name, kind: request.kind, request: key.canonical,
            response: answer.response, usage: answer.usage, milliseconds: Int((answer.took ?? clock.now - start) / .milliseconds(1)))
        try await store.save(completion)
        // Another process may have been first; then its response is everybody's.
        return (try await store.completion(forKey: key.hexadecimal) ?? completion, false)
    }

    private func loaded() async throws -> any LanguageModel {
        if let loading { return try await loading.value }
        let task = Task { [load] in try await load() }
        loading = task
        do { return try await task.value } catch {
            loading = nil
            throw error
        }
    }

    private func count(_ completion: Completion, recorded: Bool) {
        meter.usage = meter.usage + completion.usage
        if recorded { meter.hits += 1 } else {
            meter.calls += 1
            meter.spent = meter.spent + completion.usage
        }
    }
}
