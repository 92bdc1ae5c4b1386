import Synchronization

/// Lets requests through to a model's servers, as many at once as ``ServerPool`` allows; the rest wait by moment
/// and prefix.
final class ServerGate: Sendable {
    /// A request let through, to be handed back when it has ended.
    struct Pass: Sendable {
        var server: Int
        var sent: Duration
    }

    private struct Waiter: Sendable {
        var number: UInt64
        var continuation: CheckedContinuation<Pass, any Error>
    }

    private struct State {
        var pool: ServerPool
        var waiting = PrefixQueue<Waiter>()
        var number: UInt64 = 0
        /// Cancelled before they began to wait.
        var gone: Set<UInt64> = []
        var alarm: Duration?
    }

    private let state: Mutex<State>
    private let start = ContinuousClock.now

    init(servers: Int, most: Int) {
        state = Mutex(State(pool: ServerPool(count: servers, most: most)))
    }

    var now: Duration { ContinuousClock.now - start }

    /// How many requests each server may have under way now.
    var limits: [Int] { state.withLock { $0.pool.limits } }

    /// - Parameter prefix: Equal for requests that begin alike.
    /// - Throws: `CancellationError`, and what ``giveUp(_:)`` was told.
    func enter(prefix: Int) async throws -> Pass {
        try Task.checkCancellation()
        let now = now
        let key = PrefixQueue<Waiter>.Key(moment: Urgency.moment, prefix: prefix)
        let (pass, number) = state.withLock { state -> (Pass?, UInt64) in
            if state.waiting.isEmpty, let server = state.pool.begin(now: now) {
                return (Pass(server: server, sent: now), 0)
            }
            state.number += 1
            return (nil, state.number)
        }
        if let pass { return pass }
        defer { state.withLock { _ = $0.gone.remove(number) } }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isGone = state.withLock { state in
                    if state.gone.remove(number) != nil { return true }
                    state.waiting.append(Waiter(number: number, continuation: continuation), to: key)
                    return false
                }
                if isGone { continuation.resume(throwing: CancellationError()) } else { admit() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiting.removeFirst(of: key) { $0.number == number }
                if waiter == nil { state.gone.insert(number) }
                return waiter
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    func leave(_ pass: Pass, _ outcome: ServerPool.Outcome) {
        let now = now
        state.withLock { $0.pool.end(pass.server, outcome, sent: pass.sent, now: now) }
        admit()
    }

    /// Leaves without a word on the server: the caller was cancelled.
    func abandon(_ pass: Pass) {
        state.withLock { $0.pool.abandon(pass.server) }
        admit()
    }

    /// Whether a request that failed at one server can be put to another at once.
    func hasAnother(than server: Int) -> Bool {
        let now = now
        return state.withLock { $0.pool.hasAnother(than: server, now: now) }
    }

    /// Tells everybody who waits that there is no more use in waiting.
    func giveUp(_ error: any Error) {
        for waiter in state.withLock({ $0.waiting.removeAll() }) { waiter.continuation.resume(throwing: error) }
    }

    /// Lets in whoever can be, and sees to it that somebody looks again when a closed server opens.
    private func admit() {
        let now = now
        let (admitted, alarm) = state.withLock { state -> ([(Waiter, Pass)], Duration?) in
            var admitted: [(Waiter, Pass)] = []
            while !state.waiting.isEmpty, let server = state.pool.begin(now: now) {
                guard let waiter = state.waiting.popFirst() else { break }
                admitted.append((waiter, Pass(server: server, sent: now)))
            }
            guard !state.waiting.isEmpty, let opens = state.pool.opens(now: now), state.alarm.map({ $0 > opens }) ?? true
            else { return (admitted, nil) }
            state.alarm = opens
            return (admitted, opens)
        }
        for (waiter, pass) in admitted { waiter.continuation.resume(returning: pass) }
        guard let alarm else { return }
        Task { [self] in
            try? await Task.sleep(for: alarm - now + .milliseconds(1))
            state.withLock { if $0.alarm == alarm { $0.alarm = nil } }
            admit()
        }
    }
}
