/// Words as somebody would say them, from what a model wrote.
public enum Utterance {
    /// The first sentence of the first line, without the speaker's name, quotation marks or control characters.
    ///
    ///     Utterance.cleaned("Rosa: \"Good morning! How are you?\"\nSam: ...", speaker: "Rosa")   // "Good morning!"
    ///
    /// - Returns: `nil` where nothing sayable is left, or where it is markup rather than speech.
    public static func cleaned(_ text: String, speaker: String) -> String? {
        var line = Self.plain(text.split(whereSeparator: \.isNewline).first { $0.contains(where: \.isLetter) } ?? "")
        if line.utf8.starts(with: (speaker + ":").utf8) { line = String(line.dropFirst(speaker.count + 1)) }
        let quotes: Set<Character> = ["\"", "\u{201C}", "\u{201D}", " ", "*"]
        line = String(line.drop { quotes.contains($0) })
        var said = ""
        for character in line {
            if character == "\"" || character == "\u{201D}" { break }
            said.append(character)
            if "!?".contains(character) || (character == "." && said.count > 4) { break }
        }
        while let last = said.last, quotes.contains(last) { said.removeLast() }
        guard said.contains(where: \.isLetter), let first = said.first, !"{[<`".contains(first) else { return nil }
        return said
    }

    /// Text on one line, without control characters.
    static func plain(_ text: some StringProtocol) -> String {
        if isPlain(text) { return String(text) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            case .format: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars).split(separator: " ").joined(separator: " ")
    }

    /// Whether a text is words of printable ASCII with one space between them, as nearly all are.
    private static func isPlain(_ text: some StringProtocol) -> Bool {
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            if byte < 0x20 || byte > 0x7e || byte == 0x20 && last == 0x20 { return false }
            last = byte
        }
        return last != 0x20
    }

    /// Whether an utterance says nearly what an earlier one said: at least 8 of 10 words in common.
    public static func repeats(_ text: String, _ earlier: [String]) -> Bool {
        let words = Self.words(text)
        return earlier.contains { other in
            let others = Self.words(other)
            let union = words.union(others).count
            return union == 0 || Double(words.intersection(others).count) >= 0.8 * Double(union)
        }
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
