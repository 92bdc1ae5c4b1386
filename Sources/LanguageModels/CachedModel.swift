internal import Synchronization

/// A model behind its recorded completions: whatever was asked once is never asked again.
///
/// Equal requests in flight are one call. The model is loaded at the first miss, so a fully recorded run replays
/// without its weights. Errors are never stored; whoever asks next tries again.
public final class CachedModel: Sendable {
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
        /// What an embedded model read to answer; `nil` of other models, and where nothing had to be read.
        public var reading: EvaluationCounts?

        public init() {}
    }

    private typealias Fetching = Task<(Completion, recorded: Bool), any Error>

    private struct State {
        var meter = Meter()
        var loading: Task<any LanguageModel, any Error>?
        var inFlight: [String: Fetching] = [:]
    }

    public let identity: ModelIdentity
    public let offline: Bool
    /// Of a model behind a server; `nil` of others, and where nobody says.
    public let prices: TokenPrices?

    private let store: any CompletionStore
    private let load: @Sendable () async throws -> any LanguageModel
    private let state = Mutex(State())

    public init(
        identity: ModelIdentity, store: any CompletionStore, offline: Bool = false, prices: TokenPrices? = nil,
        load: @escaping @Sendable () async throws -> any LanguageModel
    ) {
        self.identity = identity
        self.store = store
        self.offline = offline
        self.prices = prices
        self.load = load
    }

    /// A model that is already there.
    public convenience init(
        _ model: any LanguageModel, store: any CompletionStore, offline: Bool = false, prices: TokenPrices? = nil
    ) {
        self.init(identity: model.identity, store: store, offline: offline, prices: prices) { model }
    }

    public var meter: Meter {
        get async {
            let (metered, loading) = state.withLock { ($0.meter, $0.loading) }
            var meter = metered
            // A model that cannot be loaded has read nothing; who asks it gets the error.
            if let model = try? await loading?.value { meter.reading = await model.reading }
            return meter
        }
    }

    /// The completion of a request: the recorded one, else the model's, which is saved when this returns: on disk,
    /// where making it again would cost something.
    ///
    /// A call that has begun is finished and kept even where nobody waits for it any more.
    ///
    /// - Throws: ``ModelError/offlineMiss(key:purpose:)`` when nothing is recorded and the model may not be asked;
    ///   `CancellationError` in a task that is cancelled.
    public func complete(_ request: Request) async throws -> Completion {
        try Task.checkCancellation()
        let key = try CompletionKey(identity: identity, request: request)
        if let recorded = try store.completion(forKey: key.hexadecimal) {
            count(recorded, recorded: true)
            return recorded
        }
        let (task, isOurs) = state.withLock { state -> (Fetching, Bool) in
            if let task = state.inFlight[key.hexadecimal] { return (task, false) }
            let task = Task { try await self.fetch(request, key) }
            state.inFlight[key.hexadecimal] = task
            return (task, true)
        }
        defer { if isOurs { state.withLock { $0.inFlight[key.hexadecimal] = nil } } }
        let (completion, recorded) = try await task.value
        count(completion, recorded: recorded || !isOurs)
        return completion
    }

    private func fetch(_ request: Request, _ key: CompletionKey) async throws -> (Completion, recorded: Bool) {
        // It may have come in between the look-up and the task.
        if let recorded = try store.completion(forKey: key.hexadecimal) { return (recorded, true) }
        guard !offline else { throw ModelError.offlineMiss(key: key.hexadecimal, purpose: request.purpose) }
        let model = try await loaded()
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await model.respond(to: request)
        let completion = Completion(
            key: key.hexadecimal, model: identity.title, kind: request.kind, request: key.canonical,
            response: answer.response, usage: answer.usage,
            milliseconds: Int((answer.took ?? clock.now - start) / .milliseconds(1)))
        try await store.save(completion, durably: !identity.isFree)
        // Another process may have been first; then its response is everybody's.
        return (try store.completion(forKey: key.hexadecimal) ?? completion, false)
    }

    private func loaded() async throws -> any LanguageModel {
        let task = state.withLock { state in
            if let loading = state.loading { return loading }
            let task = Task { [load] in try await load() }
            state.loading = task
            return task
        }
        do { return try await task.value } catch {
            state.withLock { if $0.loading == task { $0.loading = nil } }
            throw error
        }
    }

    private func count(_ completion: Completion, recorded: Bool) {
        state.withLock { state in
            state.meter.usage = state.meter.usage + completion.usage
            if recorded { state.meter.hits += 1 } else {
                state.meter.calls += 1
                state.meter.spent = state.meter.spent + completion.usage
            }
        }
    }
}
