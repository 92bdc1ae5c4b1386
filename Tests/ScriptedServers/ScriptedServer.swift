public import Foundation
import Synchronization

/// A server on loopback that answers the n-th connection with the n-th reply, and every later one with the last; or
/// with what a function makes of the request, how many came before it and how many are being answered with it.
public final class ScriptedServer: Sendable {
    public enum Reply: Sendable {
        /// `Content-Length` is the body's unless the headers say otherwise.
        case answer(Int, headers: [String] = [], body: String)
        case bytes(Int, headers: [String] = [], body: Data)
        /// As much of the file as the request's `Range` asks for; broken off after `cut` bytes.
        case file(Data, cut: Int?)
        /// The body comes with status 200 after so many seconds.
        case late(Double, body: String)
        /// The connection is reset before anything is sent.
        case reset
        /// Nothing is sent for so many seconds; then the connection is closed.
        case silence(Double)
    }

    public struct Received: Sendable {
        public var head: String
        public var body: Data
    }

    public let port: Int
    private let listener: Int32
    private let reply: @Sendable (Received, _ before: Int, _ atOnce: Int) -> Reply
    private let log = Mutex<[Received]>([])
    private let count = Mutex(0)
    private let isStopped = Mutex(false)
    private let stopped = DispatchSemaphore(value: 0)
    private let open = Mutex((now: 0, most: 0))

    public var address: String { "http://127.0.0.1:\(port)" }
    /// The most requests that were being answered at once.
    public var mostAtOnce: Int { open.withLock { $0.most } }
    public var received: [Received] { log.withLock { $0 } }

    public convenience init(_ replies: Reply...) throws {
        try self.init { _, before, _ in replies[min(before, replies.count - 1)] }
    }

    public init(reply: @escaping @Sendable (Received, _ before: Int, _ atOnce: Int) -> Reply) throws {
        self.reply = reply
        let listener = Self.streamSocket()
        self.listener = listener
        var name = Self.loopback()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 1_024) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: name.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                if isStopped.withLock({ $0 }) {
                    // Closed by the thread that accepts: the number may be another server's the moment it is free.
                    close(connection)
                    close(listener)
                    stopped.signal()
                    return
                }
                Thread.detachNewThread { [self] in serve(connection) }
            }
        }
    }

    /// Returns when nobody listens any more.
    public func stop() {
        isStopped.withLock { $0 = true }
        let caller = Self.streamSocket()
        var name = Self.loopback()
        name.sin_port = UInt16(port).bigEndian
        _ = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        stopped.wait()
        close(caller)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = Self.readRequest(connection) else { return }
        let index = count.withLock { count in
            defer { count += 1 }
            return count
        }
        log.withLock { $0.append(request) }
        let atOnce = open.withLock { open in
            open = (open.now + 1, max(open.most, open.now + 1))
            return open.now
        }
        defer { open.withLock { $0.now -= 1 } }
        switch reply(request, index, atOnce) {
        case .answer(let status, let headers, let body): send(connection, status, headers, Data(body.utf8))
        case .bytes(let status, let headers, let body): send(connection, status, headers, body)
        case .file(let file, let cut):
            let from = request.head.split(separator: "bytes=").dropFirst().first
                .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            var headers = ["Content-Length: \(file.count - from)"]
            if from > 0 { headers.append("Content-Range: bytes \(from)-\(file.count - 1)/\(file.count)") }
            send(connection, from > 0 ? 206 : 200, headers, file.dropFirst(from).prefix(cut ?? file.count))
            // A client may drop what has come when the connection breaks at once.
            if cut != nil { Thread.sleep(forTimeInterval: 0.2) }
            shutdown(connection, Int32(SHUT_WR))
        case .late(let seconds, let body):
            Thread.sleep(forTimeInterval: seconds)
            open.withLock { $0.now -= 1 }   // Before the answer, which lets the next request come.
            send(connection, 200, [], Data(body.utf8))
            open.withLock { $0.now += 1 }
        case .reset:
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        case .silence(let seconds): Thread.sleep(forTimeInterval: seconds)
        }
    }

    private func send(_ connection: Int32, _ status: Int, _ headers: [String], _ body: Data) {
        var head = "HTTP/1.1 \(status) Reply\r\nConnection: close\r\n"
        if !headers.contains(where: { $0.hasPrefix("Content-Length") || $0.hasPrefix("Transfer") }) { head += "Content-Length: \(body.count)\r\n" }
        let all = [UInt8]((head + headers.map { $0 + "\r\n" }.joined() + "\r\n").utf8) + body
        var sent = 0
        while sent < all.count {
            let now = all.withUnsafeBytes { write(connection, $0.baseAddress! + sent, all.count - sent) }
            if now <= 0 { return }
            sent += now
        }
    }

    private static func readRequest(_ connection: Int32) -> Received? {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = data.range(of: Data("\r\n\r\n".utf8)) {
                let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) } ?? 0
                if data.count - end.upperBound >= length { return Received(head: head, body: Data(data[end.upperBound...])) }
            }
            let count = read(connection, &buffer, buffer.count)
            if count <= 0 { return nil }
            data.append(contentsOf: buffer[..<count])
        }
    }

    private static func streamSocket() -> Int32 {
        #if os(Linux)
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    private static func loopback() -> sockaddr_in {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return name
    }
}
