/// A value that prints as YAML, always the same way.
indirect enum YAMLValue {
    /// Printed without quotes: a number or another word of the file format.
    case word(String)
    case text(String)
    case list([YAMLValue])
    case map([(String, YAMLValue)])

    static func number(_ value: Double) -> Self { .word(shortest(value)) }
    static func number(_ value: Int) -> Self { .word(String(value)) }
    static func texts(_ values: [String]) -> Self { .list(values.map { .text($0) }) }

    /// The lines of a file.
    var printed: String { lines(0).joined(separator: "\n") + "\n" }

    private var inline: String? {
        switch self {
        case .word(let word): word
        case .text(let text): Self.quoted(text)
        case .list(let items): items.isEmpty ? "[]" : nil
        case .map(let entries): entries.isEmpty ? "{}" : nil
        }
    }

    private func lines(_ indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .word, .text: return [margin + (inline ?? "")]
        case .list(let items):
            return items.flatMap { item -> [String] in
                if let inline = item.inline { return [margin + "- " + inline] }
                var lines = item.lines(indent + 2)
                lines[0] = margin + "- " + lines[0].dropFirst(indent + 2)
                return lines
            }
        case .map(let entries):
            return entries.flatMap { key, value -> [String] in
                let head = margin + Self.quoted(key) + ":"
                return value.inline.map { [head + " " + $0] } ?? [head] + value.lines(indent + 2)
            }
        }
    }

    /// Plain where every reader takes it for the same text, else in double quotes.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte) || " ,.;()'/-_+".utf8.contains(byte)
        }
        let first = text.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } ?? false
        let odd = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"].contains(text.lowercased())
        if plain && first && !odd && text.utf8.last != 0x20 { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                quoted += "\\u\(SourceText.hexadecimal(scalar))"
            default: quoted += String(scalar)
            }
        }
        return quoted + "\""
    }
}
