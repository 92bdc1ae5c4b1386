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
        var json = JSONWriter()
        json.object { json in
            json.key("identity")
            identity.write(to: &json)
            json.key("request")
            request.write(to: &json)
        }
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

// Keys are written in the order of their names.

extension ModelIdentity {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            if let adapter {
                json.key("adapter")
                json.object { json in
                    json.key("digest")
                    json.string(adapter.digest)
                    json.key("scale")
                    json.number(adapter.scale)
                }
            }
            json.key("backEnd")
            json.string(backEnd)
            if let library {
                json.key("library")
                json.string(library)
            }
            json.key("name")
            json.string(name)
            json.key("settings")
            json.object { json in
                for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
                    json.key(named: name)
                    json.string(value)
                }
            }
            if let weights {
                json.key("weights")
                json.string(weights)
            }
        }
    }
}

extension Request {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .text: json.key("text")
            case .score: json.key("score")
            case .embed: json.key("embed")
            }
            json.object { json in
                json.key("_0")
                switch self {
                case .text(let text): text.write(to: &json)
                case .score(let score): score.write(to: &json)
                case .embed(let embed):
                    json.object { json in
                        json.key("text")
                        json.string(embed.text)
                    }
                }
            }
        }
    }
}

extension TextRequest {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("attempt")
            json.number(attempt)
            if let grammar {
                json.key("grammar")
                json.object { json in
                    json.key("gbnf")
                    json.string(grammar.gbnf)
                    if let schema = grammar.jsonSchema {
                        json.key("jsonSchema")
                        json.string(schema)
                    }
                }
            }
            json.key("maximumTokens")
            json.number(maximumTokens)
            json.key("prompt")
            prompt.write(to: &json)
            json.key("purpose")
            json.string(purpose)
            json.key("seed")
            json.number(seed)
            json.key("stop")
            json.array { json in for text in stop { json.string(text) } }
            json.key("temperature")
            json.number(temperature)
            json.key("topP")
            json.number(topP)
        }
    }
}

extension ScoreRequest {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("continuations")
            json.array { json in for text in continuations { json.string(text) } }
            json.key("prompt")
            prompt.write(to: &json)
            json.key("purpose")
            json.string(purpose)
        }
    }
}

extension Prompt {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("form")
            json.string(form.rawValue)
            json.key("segments")
            json.array { json in
                for segment in segments {
                    json.object { json in
                        json.key("role")
                        json.string(segment.role.rawValue)
                        json.key("text")
                        json.string(segment.text)
                    }
                }
            }
        }
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
