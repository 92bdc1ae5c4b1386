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
    fileprivate func empty() -> (exchanges: [PlainExchange], cancelled: [ObjectIdentifier]) {
        inbox.withLock { inbox in
            let all = (inbox.exchanges, inbox.cancelled)
            inbox.exchanges.removeAll(keepingCapacity: true)
            inbox.cancelled.removeAll(keepingCapacity: true)
            inbox.isRinging = false
            return all
        }
    }
}

/// The thread of a ``PlainTransport``.
private final class PlainLoop {
    private let transport: PlainTransport
    private let bell: Int32
    private var connections: [PlainConnection] = []
    /// Open connections by server, the one used last at the end; some may have been closed since.
    private var idle: [ServerAddress: [PlainConnection]] = [:]
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(_ transport: PlainTransport, bell: Int32) {
        self.transport = transport
        self.bell = bell
    }

    func run() -> Never {
        var polled: [pollfd] = []
        while true {
            polled.removeAll(keepingCapacity: true)
            polled.append(pollfd(fd: bell, events: Int16(POLLIN), revents: 0))
            for connection in connections {
                polled.append(pollfd(fd: connection.descriptor, events: connection.events, revents: 0))
            }
            _ = poll(&polled, nfds_t(polled.count), timeout)
            if polled[0].revents != 0 { while read(bell, buffer.baseAddress, buffer.count) > 0 {} }
            var settled = 0
            for (index, connection) in connections.enumerated() where polled[index + 1].revents != 0 {
                settle(connection, connection.proceed(buffer))
                settled += 1
                // What answers have led to goes out while others are still being read.
                if settled % 8 == 0 { takeIn() }
            }
            takeIn()
            expire()
            connections.removeAll { $0.descriptor < 0 }
        }
    }

    /// Begins with what has come in.
    private func takeIn() {
        let (exchanges, cancelled) = transport.empty()
        for exchange in exchanges { begin(exchange) }
        if !cancelled.isEmpty { cancel(Set(cancelled)) }
    }

    /// Milliseconds until the first deadline; -1 where there is none.
    private var timeout: Int32 {
        var first: ContinuousClock.Instant?
        for connection in connections {
            guard let deadline = connection.exchange?.deadline else { continue }
            first = min(first ?? deadline, deadline)
        }
        guard let first else { return -1 }
        return Int32(max(0, min(60_000, ((first - .now) / .milliseconds(1)).rounded(.up))))
    }

    private func begin(_ exchange: PlainExchange) {
        while let connection = idle[exchange.server]?.popLast() {
            guard connection.descriptor >= 0 else { continue }
            return settle(connection, connection.begin(exchange))
        }
        connect(exchange)
    }

    private func connect(_ exchange: PlainExchange) {
        let connection = PlainConnection(exchange)
        connections.append(connection)
        settle(connection, connection.connect())
    }

    private func settle(_ connection: PlainConnection, _ step: PlainConnection.Step) {
        switch step {
        case .waiting: break
        case .answered(let reply):
            let (exchange, keepsOpen) = connection.finish()
            if keepsOpen { idle[connection.server, default: []].append(connection) } else { connection.disconnect() }
            exchange?.continuation.resume(returning: reply)
        case .failed(let error):
            connection.disconnect()
            connection.finish().exchange?.continuation.resume(throwing: error)
        case .stale:
            connection.disconnect()
            if let exchange = connection.finish().exchange { connect(exchange) }
        }
    }

    private func cancel(_ tickets: Set<ObjectIdentifier>) {
        for connection in connections {
            guard let exchange = connection.exchange, tickets.contains(ObjectIdentifier(exchange.ticket)) else { continue }
            settle(connection, .failed(CancellationError()))
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        for connection in connections where connection.descriptor >= 0 {
            if let exchange = connection.exchange {
                if exchange.deadline <= now { settle(connection, .failed(TimedOut())) }
            } else if now - connection.idleSince > PlainTransport.idleLimit {
                connection.disconnect()
            }
        }
    }
}
