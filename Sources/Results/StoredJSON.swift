internal import Foundation

/// JSON as the database keeps it: keys sorted, numbers in shortest round-trip form.
enum StoredJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// - Throws: `ResultsError.corrupt` for text that `text(_:)` did not write.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String, in place: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw ResultsError.corrupt(path: place, reason: "unreadable JSON")
        }
    }
}

extension [Float] {
    /// Little-endian 32-bit floats, as `memory.embedding` holds them.
    var blob: Data {
        var bytes = Data(capacity: count * 4)
        for value in self { Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    init(blob: Data) {
        let bytes = [UInt8](blob)
        self = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
        }
    }
}
