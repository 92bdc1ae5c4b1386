import Foundation

/// One HTTP request written by hand, so that every header is what the test says.
struct RawRequest: Sendable {
    var port: Int
    var method = "GET"
    var path: String
    /// The `Host` is this port of 127.0.0.1 unless named here.
    var headers: [String: String] = [:]
    var body = ""

    #if os(Linux)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif

    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: String
    }

    /// From `http://127.0.0.1:8000/token/` and what comes after it.
    init(
        _ address: String, _ rest: String = "", method: String = "GET", headers: [String: String] = [:],
        body: String = ""
    ) {
        let parts = address.split(separator: "/")
        port = Int(parts[1].split(separator: ":")[1]) ?? 0
        path = "/\(parts[2])/\(rest)"
        (self.method, self.headers, self.body) = (method, headers, body)
    }

    /// - Parameter enough: Reads until this has come, or to the end where `nil`.
    func answer(until enough: String? = nil) async throws -> Answer {
        // It blocks: the threads of tasks are the server's.
        try await withCheckedThrowingContinuation { waiting in
            DispatchQueue.global().async { waiting.resume(with: Result { try blocking(until: enough) }) }
        }
    }

    private func blocking(until enough: String?) throws -> Answer {
        let connection = socket(AF_INET, Self.stream, 0)
        defer { close(connection) }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = UInt16(port).bigEndian
        name.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
        var all = ["Host": "127.0.0.1:\(port)", "Connection": "close", "Content-Length": "\(body.utf8.count)"]
        all.merge(headers) { $1 }
        let text = "\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0): \($1)\r\n" }.joined() + "\r\n" + body
        _ = Array(text.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { break }
            bytes += buffer[..<count]
            if let enough, String(decoding: bytes, as: UTF8.self).contains(enough) { break }
        }
        let whole = String(decoding: bytes, as: UTF8.self)
        guard let end = whole.range(of: "\r\n\r\n") else { throw POSIXError(.EBADMSG) }
        let head = String(whole[..<end.lowerBound])
        return Answer(
            status: Int(head.split(separator: " ")[1]) ?? 0, head: head, body: String(whole[end.upperBound...]))
    }
}
