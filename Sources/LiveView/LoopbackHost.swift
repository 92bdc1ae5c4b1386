/// The names by which a browser on this machine calls a server here.
///
/// A page elsewhere whose name has been made to mean 127.0.0.1 (DNS rebinding) still gives its own name as host.
struct LoopbackHost: Hashable, Sendable {
    var port: Int

    private var authorities: [String] { ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)"] }

    /// Whether a request's host is this machine and its origin, where it names one, is a page of this server.
    func admits(host: String?, origin: String?) -> Bool {
        guard let host, authorities.contains(host.lowercased()) else { return false }
        return origin.map { $0 == "http://\(host)" } ?? true
    }
}
