import CEdit
import Dispatch
import Foundation
import Synchronization

/// Ctrl-C while something is under way: it is told to stop, and the program goes on.
///
/// A model call that has begun is waited for; whoever does not want to wait presses again and leaves, and what was
/// recorded stays.
struct Interrupts {
    private final class Pending: Sendable {
        struct State {
            var stop: (@Sendable () -> Void)?
            var interrupted = false
        }

        let state = Mutex(State())
    }

    private let pending = Pending()
    /// `nil` where interrupts end the program as ever.
    private let source: (any DispatchSourceRead)?

    init() {
        // The handler is our own, whatever thread the signal reaches.
        let told = populace_take_interrupts()
        source = told < 0 ? nil : DispatchSource.makeReadSource(fileDescriptor: told, queue: .global())
        source?.setEventHandler { [pending] in
            var byte: UInt8 = 0
            while read(told, &byte, 1) == 1 {}
            let again = pending.state.withLock { state in
                defer { state.interrupted = true }
                state.stop?()
                return state.interrupted && state.stop != nil
            }
            guard again else { return }
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
        source?.activate()
    }

    /// - Returns: What the work returned, and whether it was told to stop.
    func during<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> (Value, interrupted: Bool) {
        let task = Task { await work() }
        pending.state.withLock { $0 = Pending.State(stop: { task.cancel() }) }
        let value = await task.value
        let interrupted = pending.state.withLock { state in
            defer { state = Pending.State() }
            return state.interrupted
        }
        return (value, interrupted)
    }
}
