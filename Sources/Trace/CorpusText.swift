/// Text as an index holds it and as it is asked for: UTF-8, with one space for each run of white space and none at the
/// ends, in lower case where the index folds.
///
///     CorpusText.normalised("  Too\n much ", folding: true)   // "too much"
///
/// Bytes that are no UTF-8 become U+FFFD. A document comes in pieces of any length: what is made of it is the same.
struct CorpusText {
    private let folds: Bool
    private var begun = false
    private var space = false
    /// The beginning of a character that the last piece did not end.
    private var rest: [UInt8] = []
    /// Bytes that were no UTF-8.
    private(set) var replaced = 0

    init(folding: Bool) { folds = folding }

    /// - Returns: False where the text holds a NUL, which no text does.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Bool {
        guard rest.isEmpty else {
            let whole = rest + bytes
            rest = []
            return whole.withUnsafeBufferPointer { append($0, to: &output) }
        }
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0: return false
            case 9...13, 32:
                space = true
                place += 1
            case 1..<0x80:
                put(folds && (65...90).contains(byte) ? byte | 0x20 : byte, to: &output)
                place += 1
            default:
                switch DecodedScalar(bytes, at: place) {
                case .scalar(let scalar, let length):
                    put(scalar, to: &output)
                    place += length
                case .invalid:
                    replaced += 1
                    put("\u{FFFD}", to: &output)
                    place += 1
                case .cutOff:
                    rest = Array(bytes[place...])
                    return true
                }
            }
        }
        return true
    }

    /// Ends the document.
    mutating func end(to output: inout [UInt8]) {
        for _ in rest {
            replaced += 1
            put("\u{FFFD}", to: &output)
        }
        (rest, begun, space) = ([], false, false)
    }

    private mutating func put(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        if scalar.properties.isWhitespace {
            space = true
        } else if folds {
            for byte in scalar.properties.lowercaseMapping.utf8 { put(byte, to: &output) }
        } else {
            for byte in scalar.utf8 { put(byte, to: &output) }
        }
    }

    private mutating func put(_ byte: UInt8, to output: inout [UInt8]) {
        if space {
            if begun { output.append(32) }
            space = false
        }
        begun = true
        output.append(byte)
    }

    /// - Throws: ``TraceError/phrase(_:)`` where the text holds a NUL.
    static func normalised(_ text: String, folding: Bool) throws(TraceError) -> [UInt8] {
        var (made, normal) = ([UInt8](), CorpusText(folding: folding))
        let bytes = Array(text.utf8)
        guard bytes.withUnsafeBufferPointer({ normal.append($0, to: &made) }) else {
            throw .phrase("the text holds a NUL character, which no corpus does")
        }
        normal.end(to: &made)
        return made
    }
}
