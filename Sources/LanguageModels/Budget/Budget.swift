import Synchronization

/// What may be spent on model calls, and what has been.
///
/// A call is let through when its estimate fits beside what is spent and what calls under way may still cost. One that
/// does not fit waits for those under way to turn out cheaper; once none is under way, it and all that wait are refused:
/// whatever was paid for has then been answered. What is spent exceeds the limit at most by what estimates fell short.
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

/// The next call does not fit into the budget, and none is under way.
public struct BudgetSpent: Error, Hashable, Sendable, CustomStringConvertible {
    public var limit: SpendingLimit
    public var spent: Spending
    /// Of the next call, estimated.
    public var next: Spending

    public var description: String {
        let parts = [
            limit.tokens.map { "\($0) tokens (\(spent.usage.total) spent, the next call needs about \(next.usage.total))" },
            limit.cost.map { "a cost of \($0) (\(rounded(spent.cost)) spent, the next call costs about \(rounded(next.cost)))" },
        ]
        return "The budget is spent: at most \(parts.compactMap(\.self).joined(separator: " and "))."
    }

    /// To six decimals.
    private func rounded(_ cost: Double) -> Double { (cost * 1_000_000).rounded() / 1_000_000 }
}

extension Spending {
    static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.calls += b.calls
        sum.usage = a.usage + b.usage
        sum.cost += b.cost
        return sum
    }

    static func - (a: Self, b: Self) -> Self {
        var rest = a
        rest.calls -= b.calls
        rest.usage = TokenUsage(
            input: a.usage.input - b.usage.input, output: a.usage.output - b.usage.output,
            cached: a.usage.cached - b.usage.cached)
        // Of nothing under way nothing is left, whatever the sums were rounded to.
        rest.cost = rest.calls == 0 ? 0 : a.cost - b.cost
        return rest
    }
}
