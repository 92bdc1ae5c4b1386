import Dispatch
import Foundation
import Synchronization

/// Ctrl-C while something is under way: it is told to stop, and the program goes on.
struct Interrupts {
    private final class Pending: Sendable {
        struct State {
            var stop: (@Sendable () -> Void)?
            var interrupted = false
        }

        let state = Mutex(State())
    }

    private let pending = Pending()
    private let source: any DispatchSourceSignal

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [pending] in
            pending.state.withLock { state in
                state.interrupted = true
                state.stop?()
            }
        }
        source.activate()
    }

    /// - Returns: What the work returned, and whether it was told to stop.
    func during<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> (Value, interrupted: Bool) {
        let task = Task { await work() }
        pending.state.withLock { $0 = .init(stop: { task.cancel() }) }
        let value = await task.value
        let interrupted = pending.state.withLock { state in
            defer { state = .init() }
            return state.interrupted
        }
        return (value, interrupted)
    }
}
