/// Where completions are kept. The first one saved under a key is the one everybody reads.
public protocol CompletionStore: Sendable {
    /// What was saved under a key, whether or not it is on disk yet.
    ///
    /// - Complexity: A look-up of microseconds; it does not wait for writers.
    func completion(forKey key: String) throws -> Completion?

    /// - Parameter durably: Whether this returns only when the completion will survive a crash. Otherwise it is
    ///   written together with what uses it.
    func save(_ completion: Completion, durably: Bool) async throws
}

extension CompletionStore {
    /// Returns when the completion will survive a crash.
    public func save(_ completion: Completion) async throws { try await save(completion, durably: true) }
}
