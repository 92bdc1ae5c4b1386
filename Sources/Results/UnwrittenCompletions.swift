internal import LanguageModels
internal import Synchronization

/// Completions that were saved and are not on disk yet, by key; of equal keys the first stays.
final class UnwrittenCompletions: Sendable {
    private struct State {
        var byKey: [String: Completion] = [:]
        /// In the order they were saved.
        var keys: [String] = []
    }

    private let state = Mutex(State())

    subscript(key: String) -> Completion? { state.withLock { $0.byKey[key] } }

    /// - Returns: How many there are now.
    func add(_ completion: Completion) -> Int {
        state.withLock { state in
            if state.byKey.updateValue(state.byKey[completion.key] ?? completion, forKey: completion.key) == nil {
                state.keys.append(completion.key)
            }
            return state.keys.count
        }
    }

    /// Those there are, in the order they were saved. They stay until ``settle(_:)``, so that a look-up finds them
    /// while they are written.
    func all() -> [Completion] { state.withLock { state in state.keys.compactMap { state.byKey[$0] } } }

    /// Forgets what is on disk now: the first ones, as ``all()`` gave them.
    func settle(_ written: [Completion]) {
        state.withLock { state in
            for completion in written { state.byKey[completion.key] = nil }
            state.keys.removeAll { state.byKey[$0] == nil }
        }
    }
}
