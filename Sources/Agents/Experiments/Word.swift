/// A word of a text, without the punctuation around it.
struct Word: Hashable {
    var text: Substring
    /// In lower case without apostrophes: `dont`.
    var folded: String
    /// What stands behind it; `nil` at the end.
    var next: Character?

    static func all(_ text: some StringProtocol) -> [Word] {
        let text = Substring(text)
        let isPart = { (character: Character) in
            character.isLetter || character.isNumber || character == "'" || character == "\u{2019}"
        }
        var words: [Word] = []
        var rest = text
        while let start = rest.firstIndex(where: isPart) {
            let end = rest[start...].firstIndex { !isPart($0) } ?? rest.endIndex
            let folded = rest[start..<end].lowercased().filter { $0 != "'" && $0 != "\u{2019}" }
            if !folded.isEmpty {
                words.append(Word(text: rest[start..<end], folded: folded, next: end < text.endIndex ? text[end] : nil))
            }
            rest = rest[end...]
        }
        return words
    }
}
