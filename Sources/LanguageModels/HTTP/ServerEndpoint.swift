/// A server of a model, and the key to it.
public struct ServerEndpoint: Hashable, Sendable {
    public var address: ServerAddress
    public var key: Secret?

    /// - Parameter key: See ``Secret/key(for:in:)``.
    public init(_ address: ServerAddress, key: Secret? = nil) {
        self.address = address
        self.key = key
    }
}
