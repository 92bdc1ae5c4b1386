/// The words of a list as a model wrote it, at most four.
///
///     FourWords("Greedy\n2. Rich, old").words       // ["Greedy", "Rich", "old"]
///
/// An entry stands on its own line or between commas, semicolons or numbers; a list without any of them is split at
/// spaces. Entries of more than three words are sentences and left out.
struct FourWords: Equatable {
    let words: [String]

    init(_ text: String) {
        var entries: [String] = []
        for line in text.split(whereSeparator: \.isNewline).prefix(8) {
            for part in line.split(whereSeparator: { ",;".contains($0) }) {
                entries += Self.unnumbered(part)
            }
        }
        if entries.count == 1 { entries = entries[0].split(separator: " ").map(String.init) }
        words = Array(
            entries.map(Self.bare).filter { entry in
                entry.contains(where: \.isLetter) && entry.split(separator: " ").count <= 3
            }.prefix(4))
    }

    /// `Rich 2. old` is two entries.
    private static func unnumbered(_ part: Substring) -> [String] {
        var entries = [""]
        for word in part.split(whereSeparator: \.isWhitespace) {
            let mark = word.dropLast()
            if let last = word.last, ".)".contains(last), !mark.isEmpty, mark.allSatisfy(\.isNumber) {
                entries.append("")
            } else {
                entries[entries.count - 1] += (entries[entries.count - 1].isEmpty ? "" : " ") + word
            }
        }
        return entries.filter { !$0.isEmpty }
    }

    private static func bare(_ entry: String) -> String {
        var view = entry[...]
        while let first = view.first, !first.isLetter && !first.isNumber { view.removeFirst() }
        while let last = view.last, !last.isLetter && !last.isNumber { view.removeLast() }
        let lower = view.lowercased()
        return lower.hasPrefix("and ") ? String(view.dropFirst(4)) : String(view)
    }
}
