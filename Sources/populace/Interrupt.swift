import Dispatch
import Foundation

/// Ctrl-C, and being told to terminate: the first time it is waited for, the second time it ends the process.
enum Interrupt {
    static func first() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                continuation.yield()
            }
            source.resume()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }

    /// Work that the first one cancels; the work then says what it has to say.
    static func cancelling<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await work() }
        let listening = Task {
            await first()
            // A cancelled wait ends without a signal.
            if !Task.isCancelled { task.cancel() }
        }
        defer { listening.cancel() }
        return try await task.value
    }
}
