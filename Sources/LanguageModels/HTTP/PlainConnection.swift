import Foundation

/// A socket to a server: connecting, idle, or with one request under way. Used by ``PlainTransport``'s thread alone.
final class PlainConnection {
    enum Step {
        case waiting
        case answered(HTTPReply)
        case failed(any Error)
        /// An idle connection that the server closed, or one it closed before it answered a request sent on it: the
        /// request may be sent again on a new connection.
        case stale
    }

    let server: ServerAddress
    private(set) var descriptor: Int32 = -1
    private(set) var exchange: PlainExchange?
    private(set) var idleSince = ContinuousClock.now
    private var isConnecting = false
    private var untried: ArraySlice<SocketAddress> = []
    private var sent = 0
    private var parser = ReplyParser(maximumBody: 0)
    /// Whether it has carried a request before.
    private var isUsed = false

    /// Begins to connect, for its first request.
    init(_ exchange: PlainExchange) {
        server = exchange.server
        untried = exchange.addresses[...]
        take(exchange)
    }

    /// What `poll` is to wait for.
    var events: Int16 {
        guard let exchange else { return Int16(POLLIN) }
        return Int16(isConnecting || sent < exchange.request.count ? POLLIN | POLLOUT : POLLIN)
    }

    /// Begins with a request.
    func begin(_ exchange: PlainExchange) -> Step {
        isUsed = true
        take(exchange)
        return write()
    }

    private func take(_ exchange: PlainExchange) {
        self.exchange = exchange
        sent = 0
        parser = ReplyParser(maximumBody: exchange.maximumBody)
    }

    /// Tries the next of the host's addresses.
    func connect() -> Step {
        var failure: Int32 = 0
        while let address = untried.popFirst() {
            disconnect()
            guard let (descriptor, error) = address.open() else { return .failed(TransportFailure(errno: errno)) }
            self.descriptor = descriptor
            if error == 0 || error == EINPROGRESS {
                isConnecting = error != 0
                return isConnecting ? .waiting : write()
            }
            failure = error
        }
        return .failed(TransportFailure(errno: failure))
    }

    /// Goes on after `poll` has said that something may be done.
    func proceed(_ buffer: UnsafeMutableRawBufferPointer) -> Step {
        guard exchange != nil else { return .stale }
        if isConnecting {
            var (error, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
            guard error == 0 else {
                return untried.isEmpty ? .failed(TransportFailure(errno: error)) : connect()
            }
            isConnecting = false
            return write()
        }
        if let exchange, sent < exchange.request.count {
            let step = write()
            guard case .waiting = step else { return step }
        }
        return read(buffer)
    }

    private func write() -> Step {
        guard let exchange else { return .waiting }
        while sent < exchange.request.count {
            let count = exchange.request.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                #if os(Linux)
                return send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                #else
                return send(descriptor, rest.baseAddress, rest.count, 0)
                #endif
            }
            if count < 0 {
                switch errno {
                case EAGAIN, EWOULDBLOCK: return .waiting
                case EINTR: continue
                case let error: return failure(error)
                }
            }
            sent += count
        }
        return .waiting
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Step {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            do {
                if count < 0 {
                    switch errno {
                    case EAGAIN, EWOULDBLOCK: return .waiting
                    case EINTR: continue
                    case let error: return failure(error)
                    }
                }
                if count == 0 {
                    if isUsed, parser.isUntouched { return .stale }
                    return .answered(try parser.end())
                }
                let reply = try parser.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                if let reply { return .answered(reply) }
                if count < buffer.count { return .waiting }
            } catch { return .failed(error) }
        }
    }

    private func failure(_ error: Int32) -> Step {
        isUsed && parser.isUntouched ? .stale : .failed(TransportFailure(errno: error))
    }

    /// Hands the request back with whether the connection can carry another.
    func finish() -> (exchange: PlainExchange?, keepsOpen: Bool) {
        defer {
            exchange = nil
            idleSince = .now
        }
        return (exchange, parser.keepsOpen && exchange.map { sent == $0.request.count } ?? false)
    }

    func disconnect() {
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
    }
}

/// The system would not do what was asked of a socket.
struct TransportFailure: Error, Equatable {
    var errno: Int32
}
