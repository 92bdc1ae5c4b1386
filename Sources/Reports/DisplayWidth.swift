/// Columns a text takes in a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks.
///
///     displayWidth("Zoë")    // 3, however the ë is composed
///     displayWidth("東京")    // 4
///
/// - Complexity: O(n).
/// - Source: Unicode Standard Annex 11 (W and F), by block.
public func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + displayWidth(of: $1) }
}

func displayWidth(of character: Character) -> Int {
    if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
    return character.unicodeScalars.reduce(0) { max($0, displayWidth(of: $1)) }
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x17000...0x18CFF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
        return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
}

/// The text cut to at most `width` columns, the last of them `…` when something was cut.
func truncated(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
        let next = displayWidth(of: character)
        if used + next > width - 1 { break }
        result.append(character)
        used += next
    }
    return width > 0 ? result + "…" : ""
}

/// The text broken into lines of at most `width` columns: at spaces, and within words that are longer than a line.
public func wrapped(_ text: String, to width: Int = 80) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
            lines.append(line)
            line = ""
        }
        if !line.isEmpty { line += " " }
        for character in word {
            if !line.isEmpty, displayWidth(line) + displayWidth(of: character) > width {
                lines.append(line)
                line = ""
            }
            line.append(character)
        }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n")
}
