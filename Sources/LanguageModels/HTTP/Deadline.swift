/// An operation ran out of time.
struct TimedOut: Error {}

/// Runs an operation, cancelled after `limit`.
///
/// - Throws: ``TimedOut``, or what the operation throws.
func within<T: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw TimedOut()
        }
        guard let first = try await group.next() else { throw TimedOut() }
        return first
    }
}
