import Synchronization

/// One request over plain HTTP, and who waits for its answer.
struct PlainExchange: Sendable {
    let ticket: PlainTicket
    let server: ServerAddress
    let addresses: [SocketAddress]
    /// Head and body.
    let request: [UInt8]
    let maximumBody: Int
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<HTTPReply, any Error>
}

/// Whether a request has been handed over, so that one cancelled before is never sent.
final class PlainTicket: Sendable {
    private enum State { case new, handedOver, cancelled }
    private let state = Mutex(State.new)

    /// - Returns: `false` where it was cancelled before.
    func handOver() -> Bool {
        state.withLock { state in
            if case .cancelled = state { return false }
            state = .handedOver
            return true
        }
    }

    /// - Returns: Whether it was handed over before.
    func cancel() -> Bool {
        state.withLock { state in
            if case .handedOver = state { return true }
            state = .cancelled
            return false
        }
    }
}
