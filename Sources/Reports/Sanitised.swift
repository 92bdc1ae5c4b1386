/// The text as it may be shown: nothing in it moves a cursor, changes a colour, hides, or reverses the reading order.
///
///     sanitised("\u{1B}[31mred")          // "\u{1B}[31mred", with the escape written out in eight visible characters
///     sanitised("abc\u{202E}fed")         // the mark is written out as \u{202E}
///
/// Control characters (C0, DEL, C1), bidirectional marks, line and paragraph separators and invisible format
/// characters are written as `\u{HEX}`; tabs and line breaks become spaces. Joiners stay: emoji and several scripts
/// need them.
///
/// - Parameter keepingLines: Leaves line feeds as they are.
/// - Complexity: O(n).
public func sanitised(_ text: String, keepingLines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: { isUnprintable($0) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": result.append(keepingLines ? "\n" : " ")
        case "\t": result.append(" ")
        case "\r": if !keepingLines { result.append(" ") }
        case _ where isUnprintable(scalar):
            result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}

/// True for scalars a terminal or browser would obey instead of showing.
func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true
    case 0x00AD, 0x180E, 0x200B, 0x2028, 0x2029, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE0FFF: !(0xE0100...0xE01EF).contains(scalar.value)
    default: false
    }
}
