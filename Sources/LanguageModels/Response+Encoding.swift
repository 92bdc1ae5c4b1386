internal import Foundation

extension Response {
    /// How the response is stored: short JSON whose bytes depend on the response alone.
    ///
    ///     {"complete":true,"text":"Yes."}
    ///     {"scores":[{"logLikelihood":-2.5,"tokenCount":3}]}
    ///     {"embedding":"AACAPw=="}        little-endian Float32 in base64
    public func encoded() throws(ModelError) -> String {
        let wire =
            switch self {
            case .text(let text, let complete): Wire(text: text, complete: complete)
            case .scores(let scores): Wire(scores: scores)
            case .embedding(let numbers):
                Wire(embedding: numbers.reduce(into: Data(capacity: numbers.count * 4)) { bytes, number in
                    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
                })
            }
        do { return try canonicalJSON(wire) } catch { throw .corruptResponse }
    }

    /// The inverse of ``encoded()``, bit for bit.
    public init(encoded: String) throws(ModelError) {
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(encoded.utf8)) else { throw .corruptResponse }
        if let text = wire.text, let complete = wire.complete {
            self = .text(text, complete: complete)
        } else if let scores = wire.scores {
            self = .scores(scores)
        } else if let bytes = wire.embedding, bytes.count % 4 == 0 {
            let numbers = bytes.withUnsafeBytes { raw in
                (0..<raw.count / 4).map {
                    Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
                }
            }
            self = .embedding(numbers)
        } else {
            throw .corruptResponse
        }
    }

    private struct Wire: Codable {
        var text: String?
        var complete: Bool?
        var scores: [ContinuationScore]?
        var embedding: Data?
    }
}

/// JSON with sorted keys, unescaped slashes and no spaces.
func canonicalJSON(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
