/// What a character is to words.
///
/// A word is a run of letters, digits and marks; in scripts that are written without spaces every character is one.
enum WordClass: UInt8, Sendable {
    /// White space, punctuation, symbols, the end of a document.
    case between
    case letter
    /// A word by itself.
    case alone

    @inline(__always)
    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 {
            self = 97...122 ~= value | 0x20 || 48...57 ~= value ? .letter : .between
        } else {
            self = value < 0x10000 ? Self.plane[Int(value)] : Self.looked(scalar)
        }
    }

    /// Of the characters below U+10000, in their order.
    private static let plane: [WordClass] = (0..<0x10000).map { value in
        Unicode.Scalar(UInt32(value)).map(looked) ?? .between
    }

    private static func looked(_ scalar: Unicode.Scalar) -> WordClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            standsAlone(scalar.value) ? .alone : .letter
        default: .between
        }
    }

    /// Thai, Lao, Myanmar, Khmer, Kana and Han.
    private static func standsAlone(_ value: UInt32) -> Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x312F, 0x31A0...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Whether a word begins with a character of this class that follows one of another.
    func begins(after previous: WordClass) -> Bool { self == .alone || (self == .letter && previous != .letter) }

    /// Whether a word that ends in this class is whole before a character of another.
    func isWhole(before next: WordClass) -> Bool { self != .letter || next != .letter }
}
