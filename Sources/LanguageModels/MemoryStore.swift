/// Completions kept in memory only; for tests and dry runs.
public actor MemoryStore: CompletionStore {
    private var completions: [String: Completion] = [:]

    public init() {}

    public func completion(forKey key: String) -> Completion? { completions[key] }

    public func save(_ completion: Completion) {
        if completions[completion.key] == nil { completions[completion.key] = completion }
    }

    public var count: Int { completions.count }
}
