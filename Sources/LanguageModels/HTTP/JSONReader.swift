/// Reads JSON (RFC 8259) from front to back, keeping what the caller asks for and checking all of it.
///
///     var reader = JSONReader(bytes)
///     try reader.object { key, reader in
///         if key == "usage" { usage = try reader.value(...) } else { try reader.skip() }
///     }
///     try reader.end()
///
/// NaN, infinities, trailing commas, comments and unpaired surrogates are not JSON. Keys may come in any order; of a
/// key that comes twice the caller sees both.
struct JSONReader {
    /// The bytes are not JSON, or not of the kind asked for.
    struct Unexpected: Error {}

    static let deepest = 128

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the next value is `null`, which is then read.
    mutating func null() throws(Unexpected) -> Bool {
        guard peek() == 0x6e else { return false }
        try word("null")
        return true
    }

    mutating func object(_ member: (String, inout JSONReader) throws -> Void) throws {
        try nested(0x7b, 0x7d) { reader in
            let key = try reader.string()
            guard reader.peek() == 0x3a else { throw Unexpected() }
            reader.place += 1
            try member(key, &reader)
        }
    }

    mutating func array(_ element: (inout JSONReader) throws -> Void) throws {
        try nested(0x5b, 0x5d, element)
    }

    mutating func string() throws(Unexpected) -> String {
        guard peek() == 0x22 else { throw Unexpected() }
        place += 1
        var plain = place
        var text: [UInt8]?
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0x22:
                let rest = bytes[plain..<place]
                place += 1
                if text == nil { return try valid(rest) }
                text?.append(contentsOf: rest)
                return try valid((text ?? [])[...])
            case 0x5c:
                text = (text ?? []) + bytes[plain..<place]
                place += 1
                text?.append(contentsOf: try escape())
                plain = place
            case 0..<0x20: throw Unexpected()
            default: place += 1
            }
        }
        throw Unexpected()
    }

    /// A whole number without a fraction or an exponent.
    mutating func integer() throws(Unexpected) -> Int {
        guard let value = Int(try numeral()) else { throw Unexpected() }
        return value
    }

    /// - Throws: Also for numbers beyond the largest.
    mutating func double() throws(Unexpected) -> Double {
        guard let value = Double(try numeral()), value.isFinite else { throw Unexpected() }
        return value
    }

    mutating func float() throws(Unexpected) -> Float {
        guard let value = Float(try numeral()), value.isFinite else { throw Unexpected() }
        return value
    }

    /// Reads a value of any kind and forgets it.
    mutating func skip() throws {
        switch peek() {
        case 0x7b: try object { _, reader in try reader.skip() }
        case 0x5b: try array { try $0.skip() }
        case 0x22: _ = try string()
        case 0x74: try word("true")
        case 0x66: try word("false")
        case 0x6e: try word("null")
        default: _ = try numeral()
        }
    }

    /// - Throws: When anything but white space is left.
    mutating func end() throws(Unexpected) {
        if peek() != nil { throw Unexpected() }
    }

    /// The next byte that is no white space.
    private mutating func peek() -> UInt8? {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0a, 0x0d: place += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private mutating func nested(
        _ opening: UInt8, _ closing: UInt8, _ element: (inout JSONReader) throws -> Void
    ) throws {
        guard peek() == opening, depth < Self.deepest else { throw Unexpected() }
        place += 1
        depth += 1
        defer { depth -= 1 }
        if peek() == closing {
            place += 1
            return
        }
        while true {
            try element(&self)
            switch peek() {
            case 0x2c: place += 1
            case closing?:
                place += 1
                return
            default: throw Unexpected()
            }
        }
    }

    private mutating func word(_ word: StaticString) throws(Unexpected) {
        let count = word.utf8CodeUnitCount
        guard place + count <= bytes.count,
            word.withUTF8Buffer({ bytes[place..<place + count].elementsEqual($0) })
        else { throw Unexpected() }
        place += count
    }

    private mutating func numeral() throws(Unexpected) -> String {
        guard peek() != nil else { throw Unexpected() }
        let start = place
        if at(0x2d) { place += 1 }
        if at(0x30) { place += 1 } else { try digits() }
        if at(0x2e) {
            place += 1
            try digits()
        }
        if at(0x65) || at(0x45) {
            place += 1
            if at(0x2b) || at(0x2d) { place += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private func at(_ byte: UInt8) -> Bool { place < bytes.count && bytes[place] == byte }

    private mutating func digits() throws(Unexpected) {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        if place == start { throw Unexpected() }
    }

    private func valid(_ bytes: ArraySlice<UInt8>) throws(Unexpected) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Unexpected() }
        return text
    }

    /// What an escape stands for, as UTF-8; its backslash has been read.
    private mutating func escape() throws(Unexpected) -> [UInt8] {
        guard place < bytes.count else { throw Unexpected() }
        let byte = bytes[place]
        place += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: return [byte]
        case 0x62: return [0x08]
        case 0x66: return [0x0c]
        case 0x6e: return [0x0a]
        case 0x72: return [0x0d]
        case 0x74: return [0x09]
        case 0x75:
            var code = try fourDigits()
            if (0xd800..<0xdc00).contains(code) {
                guard at(0x5c), place + 1 < bytes.count, bytes[place + 1] == 0x75 else { throw Unexpected() }
                place += 2
                let low = try fourDigits()
                guard (0xdc00..<0xe000).contains(low) else { throw Unexpected() }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Unexpected() }
            return Array(UTF8.encode(scalar)!)   // Every scalar has an encoding.
        default: throw Unexpected()
        }
    }

    private mutating func fourDigits() throws(Unexpected) -> UInt32 {
        guard place + 4 <= bytes.count else { throw Unexpected() }
        var code: UInt32 = 0
        for byte in bytes[place..<place + 4] {
            switch byte {
            case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: code = code << 4 | UInt32(byte & 0xf + 9)
            default: throw Unexpected()
            }
        }
        place += 4
        return code
    }
}
