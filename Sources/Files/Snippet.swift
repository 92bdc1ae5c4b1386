/// A source line as a terminal may show it.
enum Snippet {
    static let width = 100

    /// The part of `line` around `column`, harmless, and how many columns lie left of the caret.
    static func cut(_ line: String, at column: Int) -> (text: String, caret: Int) {
        let scalars = Array(line.unicodeScalars)
        let at = min(max(column - 1, 0), scalars.count)
        let start = at < width * 3 / 4 ? 0 : at - width / 2
        let end = min(scalars.count, start + width)
        var text = start > 0 ? "…" : ""
        var caret = start > 0 ? 1 : 0
        for index in start..<end {
            let shown = scalars[index] == "\t" ? " " : visible(scalars[index])
            text += shown
            if index < at { caret += shown.unicodeScalars.reduce(0) { $0 + columns($1) } }
        }
        return (end < scalars.count ? text + "…" : text, caret)
    }

    /// Terminal columns of one scalar: 0 for marks that combine, 2 for wide East Asian letters and pictures.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

/// Text with everything that could steer a terminal written out: `\u{1b}`.
func visible(_ text: String) -> String { text.unicodeScalars.map(visible).joined() }

private func visible(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB:
        "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
}
