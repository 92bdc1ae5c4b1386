/// One recorded model call.
public struct Completion: Hashable, Sendable {
    /// SHA-256, in hexadecimal, of the canonical JSON of the model's identity and the request.
    public var key: String
    public var model: String
    /// `text`, `score` or `embed`.
    public var kind: String
    /// Canonical JSON of the identity and the request: what the key is the digest of.
    public var request: String
    public var response: Response
    public var usage: TokenUsage
    /// How long the model took, 0 or more.
    public var milliseconds: Int

    public init(
        key: String, model: String, kind: String, request: String, response: Response, usage: TokenUsage,
        milliseconds: Int
    ) {
        self.key = key
        self.model = model
        self.kind = kind
        self.request = request
        self.response = response
        self.usage = usage
        self.milliseconds = milliseconds
    }
}
