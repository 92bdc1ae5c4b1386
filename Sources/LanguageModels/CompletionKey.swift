internal import Crypto
internal import Foundation

/// What a completion is stored under.
public struct CompletionKey: Hashable, Sendable {
    /// Canonical JSON of `{"identity": ..., "request": ...}`: sorted keys, no spaces, unescaped slashes.
    public let canonical: String
    /// SHA-256 of ``canonical`` in hexadecimal.
    public let hexadecimal: String

    /// - Throws: `.unsupported` when a number in the request is not finite.
    public init(identity: ModelIdentity, request: Request) throws(ModelError) {
        do { canonical = try canonicalJSON(Named(identity: identity, request: request)) } catch {
            throw .unsupported(model: identity.name, what: "requests with numbers that are not finite")
        }
        hexadecimal = SHA256.hash(data: Data(canonical.utf8)).hexadecimal
    }

    /// The bytes that the key is the digest of.
    public static func canonical(_ identity: ModelIdentity, _ request: Request) throws(ModelError) -> String {
        try CompletionKey(identity: identity, request: request).canonical
    }

    private struct Named: Encodable {
        var identity: ModelIdentity
        var request: Request
    }
}

extension Request {
    /// `text`, `score` or `embed`.
    public var kind: String {
        switch self {
        case .text: "text"
        case .score: "score"
        case .embed: "embed"
        }
    }

    /// What it is for: the request's own word, or `embed`.
    public var purpose: String {
        switch self {
        case .text(let text): text.purpose
        case .score(let score): score.purpose
        case .embed: "embed"
        }
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
