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
        var json = CanonicalJSON()
        json.raw(#"{"identity":"#)
        identity.write(to: &json)
        json.raw(#","request":"#)
        request.write(to: &json)
        json.raw("}")
        guard json.isFinite else {
            throw .unsupported(model: identity.name, what: "requests with numbers that are not finite")
        }
        canonical = json.text
        hexadecimal = json.bytes.withUnsafeBytes { bytes in
            var digest = SHA256()
            digest.update(bufferPointer: bytes)
            return digest.finalize().hexadecimal
        }
    }
}

extension ModelIdentity {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.raw(#"{"backEnd":"#)
        json.string(backEnd)
        if let library {
            json.raw(#","library":"#)
            json.string(library)
        }
        json.raw(#","name":"#)
        json.string(name)
        json.raw(#","settings":{"#)
        for (index, setting) in settings.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { json.raw(",") }
            json.string(setting.key)
            json.raw(":")
            json.string(setting.value)
        }
        json.raw("}")
        if let weights {
            json.raw(#","weights":"#)
            json.string(weights)
        }
        json.raw("}")
    }
}

extension Request {
    fileprivate func write(to json: inout CanonicalJSON) {
        switch self {
        case .text(let text):
            json.raw(#"{"text":{"_0":"#)
            text.write(to: &json)
        case .score(let score):
            json.raw(#"{"score":{"_0":"#)
            score.write(to: &json)
        case .embed(let embed):
            json.raw(#"{"embed":{"_0":{"text":"#)
            json.string(embed.text)
            json.raw("}")
        }
        json.raw("}}")
    }
}

extension TextRequest {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.raw(#"{"attempt":"#)
        json.integer(attempt)
        if let grammar {
            json.raw(#","grammar":{"gbnf":"#)
            json.string(grammar.gbnf)
            if let schema = grammar.jsonSchema {
                json.raw(#","jsonSchema":"#)
                json.string(schema)
            }
            json.raw("}")
        }
        json.raw(#","maximumTokens":"#)
        json.integer(maximumTokens)
        json.raw(#","prompt":"#)
        prompt.write(to: &json)
        json.raw(#","purpose":"#)
        json.string(purpose)
        json.raw(#","seed":"#)
        json.integer(seed)
        json.raw(#","stop":"#)
        json.array(stop) { $0.string($1) }
        json.raw(#","temperature":"#)
        json.number(temperature)
        json.raw(#","topP":"#)
        json.number(topP)
        json.raw("}")
    }
}

extension ScoreRequest {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.raw(#"{"continuations":"#)
        json.array(continuations) { $0.string($1) }
        json.raw(#","prompt":"#)
        prompt.write(to: &json)
        json.raw(#","purpose":"#)
        json.string(purpose)
        json.raw("}")
    }
}

extension Prompt {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.raw(#"{"form":"#)
        json.string(form.rawValue)
        json.raw(#","segments":"#)
        json.array(segments) { json, segment in
            json.raw(#"{"role":"#)
            json.string(segment.role.rawValue)
            json.raw(#","text":"#)
            json.string(segment.text)
            json.raw("}")
        }
        json.raw("}")
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
        let bytes = Array(self)
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
            func digit(_ half: UInt8) -> UInt8 { half < 10 ? 48 + half : 87 + half }
            for (index, byte) in bytes.enumerated() {
                digits[2 * index] = digit(byte >> 4)
                digits[2 * index + 1] = digit(byte & 15)
            }
            return 2 * bytes.count
        }
    }
}
