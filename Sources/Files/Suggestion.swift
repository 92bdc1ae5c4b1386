/// The known word that was probably meant: at most a third of its letters away.
///
///     suggestion(for: "live", among: ["about", "lives"])   // "lives"
public func suggestion(for word: String, among known: [String]) -> String? {
    guard word.unicodeScalars.count <= 60 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in known where candidate != word {
        let distance = editDistance(word.lowercased(), candidate.lowercased())
        if distance <= max(1, candidate.unicodeScalars.count / 3), distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.word
}

/// Single-letter changes, insertions, deletions and swaps of neighbours that turn one word into another.
///
/// - Complexity: O(a.count * b.count).
/// - Source: Damerau 1964, "A technique for computer detection and correction of spelling errors" (restricted form).
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars), b = Array(b.unicodeScalars)
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
