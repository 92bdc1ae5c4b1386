import Foundation
import Synchronization

/// Where a socket connects to: the bytes of a `sockaddr`.
struct SocketAddress: Hashable, Sendable {
    let family: Int32
    private let bytes: [UInt8]

    /// Looks up a host. May wait for the network.
    ///
    /// - Returns: In the order in which they are to be tried; empty where the host is unknown.
    static func lookUp(host: String, port: Int) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if os(Linux)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        return sequence(first: found, next: { $0?.pointee.ai_next }).prefix { $0 != nil }.compactMap { entry in
            guard let info = entry?.pointee, let address = info.ai_addr else { return nil }
            let raw = UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
            return SocketAddress(family: info.ai_family, bytes: Array(raw))
        }
    }

    /// Opens a socket that does not block and begins to connect it.
    ///
    /// - Returns: The descriptor, and 0 or the `errno` of the connection; `nil` where no socket is to be had.
    func open() -> (descriptor: Int32, error: Int32)? {
        #if os(Linux)
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(family, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return nil }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        #if !os(Linux)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, size)
        #endif
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let result = bytes.withUnsafeBytes { raw -> Int32 in
            guard let start = raw.baseAddress else { return -1 }
            return connect(descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
        }
        return (descriptor, result == 0 ? 0 : errno)
    }
}

/// The addresses of hosts, looked up once each on a thread of its own.
final class HostLookUp: Sendable {
    private let known = Mutex<[ServerAddress: [SocketAddress]]>([:])

    func addresses(of server: ServerAddress) async -> [SocketAddress] {
        if let found = known.withLock({ $0[server] }) { return found }
        let (host, port) = (server.host, server.port ?? 80)
        let found = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: SocketAddress.lookUp(host: host, port: port)) }
        }
        if !found.isEmpty { known.withLock { $0[server] = found } }
        return found
    }

    /// Has the host looked up anew next time.
    func forget(_ server: ServerAddress) { known.withLock { $0[server] = nil } }
}
