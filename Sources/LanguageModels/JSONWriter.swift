/// Writes JSON as UTF-8, as `JSONEncoder` does with slashes unescaped; the caller sees to keys and their order.
///
/// With keys in the order of their names it is canonical: what completions are found by (`CanonicalJSONTests`).
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// Whether no number was written that JSON does not have.
    package private(set) var isFinite = true
    /// Whether the next key or element follows another.
    private var follows = false

    package init(capacity: Int = 1 << 11) { bytes.reserveCapacity(capacity) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        try nested(0x7b, 0x7d, members)
    }

    package mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        try nested(0x5b, 0x5d, elements)
    }

    /// An element of an array, or with a value after it the key of an object.
    package mutating func key(_ key: StaticString) {
        separate()
        bytes.append(0x22)
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(0x3a)
        follows = false
    }

    /// The key of an object whose names are not known beforehand.
    package mutating func key(named name: String) {
        string(name)
        bytes.append(0x3a)
        follows = false
    }

    package mutating func string(_ text: String) { string(CollectionOfOne(text)) }

    /// One string of several pieces, without joining them first.
    package mutating func string(_ pieces: some Sequence<String>) {
        separate()
        bytes.append(0x22)
        for piece in pieces {
            var piece = piece
            piece.withUTF8 { escape($0) }
        }
        bytes.append(0x22)
        follows = true
    }

    package mutating func number(_ value: some BinaryInteger) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
        follows = true
    }

    /// The shortest digits that read back the same; whole numbers without a point.
    ///
    /// JSON has none that are not finite: see ``isFinite``.
    package mutating func number(_ value: some BinaryFloatingPoint & LosslessStringConvertible) {
        isFinite = isFinite && value.isFinite
        separate()
        let text = value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8)
        follows = true
    }

    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// JSON as it stands.
    package mutating func literal(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        follows = true
    }

    private mutating func nested(
        _ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(opening)
        follows = false
        try body(&self)
        bytes.append(closing)
        follows = true
    }

    private mutating func separate() {
        if follows { bytes.append(0x2c) }
        follows = false
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5c {
            bytes.append(contentsOf: text[start..<index])
            start = index + 1
            bytes.append(0x5c)
            switch byte {
            case 0x22, 0x5c: bytes.append(byte)
            case 0x08: bytes.append(0x62)
            case 0x09: bytes.append(0x74)
            case 0x0a: bytes.append(0x6e)
            case 0x0c: bytes.append(0x66)
            case 0x0d: bytes.append(0x72)
            default:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: [0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}
