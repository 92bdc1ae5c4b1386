import Synchronization

/// What may be spent on model calls, and what has been.
///
/// A call is let through when its estimate fits beside what is spent and what calls under way may still cost. One that
/// does not fit waits for those under way to turn out cheaper; once none is under way, it and all that wait are
/// refused: whatever was paid for has then been answered. What is spent exceeds the limit at most by what estimates
/// fell short.
public final class Budget: Sendable {
    private struct Waiter: Sendable {
        var expected: Spending
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var spent = Spending()
        var expected = Spending()
        var waiting: [Waiter] = []
    }

    public let limit: SpendingLimit
    private let state = Mutex(State())

    public init(_ limit: SpendingLimit = SpendingLimit()) { self.limit = limit }

    /// What has been spent so far.
    public var spent: Spending { state.withLock { $0.spent } }

    /// Waits until a call may be made.
    ///
    /// - Throws: ``BudgetSpent``.
    func reserve(_ expected: Spending) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            state.withLock { $0.waiting.append(Waiter(expected: expected, continuation: continuation)) }
            admit()
        }
    }

    /// Takes note of what a call let through has cost; nothing where it failed.
    func settle(_ expected: Spending, actual: Spending) {
        state.withLock { state in
            state.expected = state.expected - expected
            state.spent = state.spent + actual
        }
        admit()
    }

    private func admit() {
        let (admitted, refused) = state.withLock { state -> ([Waiter], (BudgetSpent, [Waiter])?) in
            var admitted: [Waiter] = []
            while let next = state.waiting.first, fits(state.spent + state.expected + next.expected) {
                state.expected = state.expected + next.expected
                admitted.append(state.waiting.removeFirst())
            }
            guard state.expected.calls == 0, let next = state.waiting.first else { return (admitted, nil) }
            defer { state.waiting = [] }
            return (admitted, (BudgetSpent(limit: limit, spent: state.spent, next: next.expected), state.waiting))
        }
        for waiter in admitted { waiter.continuation.resume() }
        guard let (error, waiters) = refused else { return }
        for waiter in waiters { waiter.continuation.resume(throwing: error) }
    }

    private func fits(_ spending: Spending) -> Bool {
        limit.tokens.map { spending.usage.total <= $0 } ?? true && limit.cost.map { spending.cost <= $0 } ?? true
    }
}
