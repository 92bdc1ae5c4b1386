/// The character that begins at a place in UTF-8, or why there is none.
enum DecodedScalar {
    case scalar(Unicode.Scalar, length: Int)
    /// The byte begins no character.
    case invalid
    /// A character begins, and the bytes end within it.
    case cutOff

    /// - Parameter place: Of a byte.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) {
        let first = bytes[place]
        if first < 0x80 {
            self = .scalar(Unicode.Scalar(first), length: 1)
            return
        }
        let (length, least): (Int, UInt32)
        switch first {
        case 0xC2...0xDF: (length, least) = (2, 0x80)
        case 0xE0...0xEF: (length, least) = (3, 0x800)
        case 0xF0...0xF4: (length, least) = (4, 0x10000)
        default:
            self = .invalid
            return
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard place + offset < bytes.count else {
                self = .cutOff
                return
            }
            let byte = bytes[place + offset]
            guard byte & 0xC0 == 0x80 else {
                self = .invalid
                return
            }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else {
            self = .invalid
            return
        }
        self = .scalar(scalar, length: length)
    }
}
