/// Canonical JSON written piece by piece: no spaces, slashes as they are, numbers in shortest round-trip form.
///
/// The bytes are those of Foundation's encoder with sorted keys (`CanonicalJSONTests`) at a tenth of its cost. Members
/// come in the order in which they are written; the caller writes them in the order of their names.
package struct CanonicalJSON {
    package private(set) var bytes: [UInt8] = []
    /// Whether a number was written that JSON cannot hold.
    package private(set) var isFinite = true

    package init() { bytes.reserveCapacity(2_048) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Punctuation and names, as they are.
    package mutating func raw(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    package mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { characters in
            var start = 0
            for (index, byte) in characters.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: characters[start..<index])
                start = index + 1
                escape(byte)
            }
            bytes.append(contentsOf: characters[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func integer(_ number: some BinaryInteger) {
        bytes.append(contentsOf: String(number).utf8)
    }

    package mutating func boolean(_ value: Bool) {
        if value { raw("true") } else { raw("false") }
    }

    package mutating func number(_ number: some BinaryFloatingPoint & LosslessStringConvertible) {
        isFinite = isFinite && number.isFinite
        var digits = number.description
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        bytes.append(contentsOf: digits.utf8)
    }

    package mutating func array<Element>(_ elements: [Element], _ write: (inout Self, Element) -> Void) {
        raw("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(",") }
            write(&self, element)
        }
        raw("]")
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            raw("u00")
            bytes.append(contentsOf: CollectionOfOne(byte).hexadecimal.utf8)
        default: bytes.append(byte)
        }
    }
}
