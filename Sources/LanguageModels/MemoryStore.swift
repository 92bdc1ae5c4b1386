internal import Synchronization

/// Completions kept in memory only; for tests and dry runs.
public final class MemoryStore: CompletionStore {
    private let completions = Mutex<[String: Completion]>([:])

    public init() {}

    public func completion(forKey key: String) -> Completion? { completions.withLock { $0[key] } }

    public func save(_ completion: Completion, durably: Bool) {
        completions.withLock { if $0[completion.key] == nil { $0[completion.key] = completion } }
    }

    public var count: Int { completions.withLock(\.count) }
}
