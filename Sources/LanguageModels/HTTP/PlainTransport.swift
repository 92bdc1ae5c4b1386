import Foundation
import Synchronization

/// Plain HTTP/1.1 to servers, over connections that are kept open, all on one thread that sleeps in `poll`.
///
/// A request costs two system calls and a wake-up: what a server on this machine or in the next rack is asked in
/// hundreds at once is not held up here. Encrypted servers are reached by AsyncHTTPClient instead.
final class PlainTransport: Sendable {
    /// Lives as long as the process.
    static let shared = PlainTransport()

    /// After so long unused a connection is not trusted any more: routers forget.
    static let idleLimit = Duration.seconds(30)

    private struct Inbox {
        var exchanges: [PlainExchange] = []
        var cancelled: [ObjectIdentifier] = []
        /// Whether the thread has been told to look.
        var isRinging = false
        var hasThread = false
    }

    private let inbox = Mutex(Inbox())
    private let hosts = HostLookUp()
    private let bell: (read: Int32, write: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no file descriptor is left")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        bell = (ends[0], ends[1])
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - request: Head and body.
    ///   - maximumBody: Of the answer, in bytes.
    /// - Throws: ``TimedOut``, ``BrokenReply``, ``ReplyTooLarge``, ``TransportFailure``, or `CancellationError`.
    func exchange(
        _ request: [UInt8], with server: ServerAddress, maximumBody: Int, within limit: Duration
    ) async throws -> HTTPReply {
        let deadline = ContinuousClock.now + limit
        let addresses = await hosts.addresses(of: server)
        guard !addresses.isEmpty else { throw TransportFailure(errno: ENOENT) }
        let ticket = PlainTicket()
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    guard ticket.handOver() else { return continuation.resume(throwing: CancellationError()) }
                    let exchange = PlainExchange(
                        ticket: ticket, server: server, addresses: addresses, request: request,
                        maximumBody: maximumBody, deadline: deadline, continuation: continuation)
                    ring { $0.exchanges.append(exchange) }
                }
            } onCancel: {
                if ticket.cancel() { ring { $0.cancelled.append(ObjectIdentifier(ticket)) } }
            }
        } catch let error as TransportFailure {
            hosts.forget(server)
            throw error
        }
    }

    private func ring(_ put: (inout Inbox) -> Void) {
        let (mustRing, mustBegin) = inbox.withLock { inbox in
            put(&inbox)
            let result = (!inbox.isRinging, !inbox.hasThread)
            inbox.isRinging = true
            inbox.hasThread = true
            return result
        }
        if mustBegin { Thread.detachNewThread { [self] in PlainLoop(self, bell: bell.read).run() } }
        if mustRing { _ = write(bell.write, [1], 1) }
    }

    /// What has come in since the last time.
    func empty() -> (exchanges: [PlainExchange], cancelled: [ObjectIdentifier]) {
        inbox.withLock { inbox in
            let all = (inbox.exchanges, inbox.cancelled)
            inbox.exchanges.removeAll(keepingCapacity: true)
            inbox.cancelled.removeAll(keepingCapacity: true)
            inbox.isRinging = false
            return all
        }
    }
}
