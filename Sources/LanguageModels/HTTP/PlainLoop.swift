import Foundation

/// The thread of a ``PlainTransport``.
final class PlainLoop {
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
