import Foundation

/// Where a server is: an `http` or `https` URL without user, query or fragment.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Lowercase; IPv6 addresses without brackets.
    public let host: String
    public let port: Int?
    /// Whether the scheme is `http`.
    public let isPlain: Bool
    /// Without a slash at its end.
    let base: String
    /// The part of the base after the host, still escaped: `/v1`.
    let path: String

    /// - Throws: ``ServerError/badAddress(_:)``.
    public init(_ text: String) throws(ServerError) {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty
        else { throw .badAddress("A server's address is a URL like http://127.0.0.1:8000/v1.") }
        guard parts.user == nil, parts.password == nil else {
            throw .badAddress("A server's address holds no user or password; keys come from the environment.")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw .badAddress("A server's address has neither a query ('?') nor a fragment ('#').")
        }
        let bare = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        guard bare.utf8.allSatisfy(Self.mayBeInHost) else {
            throw .badAddress("A server's host is letters, digits, dots, hyphens and colons.")
        }
        self.host = bare
        port = parts.port
        isPlain = scheme == "http"
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// Whether the server is this machine.
    public var isLoopback: Bool { isLoopbackHost(host) }

    /// Host and port; never the path, which may hold a token.
    public var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    private static func mayBeInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7a, 0x30...0x39, 0x2d, 0x2e, 0x3a: true
        default: false
        }
    }
}

/// Whether a host is written as this machine's own: `localhost`, `127.0.0.1` or `::1`.
func isLoopbackHost(_ host: String) -> Bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
}
