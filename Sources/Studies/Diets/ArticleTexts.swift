import Files
import Foundation
import Kernel

/// Articles in the files of a folder: with front matter as they are, others by their names and headings.
///
///     2026-03-01-roof-at-its-end.txt    // its date and title, unless the text begins with a line "# Title"
struct ArticleTexts: Sendable {
    let folder: String

    /// All `.md` and `.txt` files directly in the folder, by name.
    func articles() throws -> [ArticleFile] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            !name.hasPrefix(".") && [".md", ".txt", ".markdown"].contains { name.lowercased().hasSuffix($0) }
        }.sorted(by: precedes)
        var (articles, wrong): ([ArticleFile], [Diagnostic]) = ([], [])
        for name in names {
            let file = (folder as NSString).appendingPathComponent(name)
            do throws(DiagnosticsError) { articles.append(try article(file, name)) } catch { wrong += error.diagnostics }
        }
        guard wrong.isEmpty else { throw DiagnosticsError(diagnostics: Array(wrong.prefix(100))) }
        return articles
    }

    private func article(_ file: String, _ name: String) throws(DiagnosticsError) -> ArticleFile {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, message: "the file cannot be read")])
        }
        if ArticleFile.hasFrontMatter(bytes) { return try ArticleFile(file: file, bytes: bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, message: "this is not UTF-8 text", hint: "save it as UTF-8")])
        }
        let stem = (name as NSString).deletingPathExtension
        guard CivilDate(String(stem.prefix(10))) != nil else {
            throw DiagnosticsError(diagnostics: [
                Diagnostic(
                    file: file, message: "no date",
                    hint: "begin the file's name with it, 2026-03-01-title.txt, or the file with 'date:' and 'title:' between two lines of '---'")
            ])
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var title = String(stem.dropFirst(10)).split { "-_ ".contains($0) }.joined(separator: " ")
        if let place = lines.firstIndex(where: { $0.contains { !$0.isWhitespace && $0 != "\u{FEFF}" } }),
            lines[place].hasPrefix("# ")
        {
            title = String(lines[place].dropFirst(2))
            lines.removeFirst(place + 1)
        } else {
            title = title.prefix(1).uppercased() + title.dropFirst()
        }
        return try Self.article(
            file: file, line: 1, date: String(stem.prefix(10)), title: title, author: nil, text: lines.joined(separator: "\n"))
    }

    /// - Parameter date: A day, or a moment that begins with one: `2026-03-01T10:00:00Z`.
    static func article(
        file: String, line: Int, date: String, title: String, author: String?, text: String
    ) throws(DiagnosticsError) -> ArticleFile {
        var wrong: [String] = []
        let words = date.trimmingCharacters(in: .whitespacesAndNewlines)
        let (head, rest) = (String(words.prefix(10)), words.dropFirst(10))
        let day = rest.isEmpty || rest.first == "T" || rest.first == " " ? CivilDate(head) : nil
        if day == nil { wrong.append("the date must read like '2026-03-01', not '\(words.prefix(40))'") }
        func plain(_ text: String, _ what: String, lines: Bool = false) -> String {
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "\u{FEFF}")))
            if trimmed.isEmpty { wrong.append("\(what) is empty") }
            if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && !"\n\r\t".unicodeScalars.contains($0) }) {
                wrong.append("a control character in \(what)")
            }
            return lines
                ? trimmed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n")
                : trimmed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let (named, body) = (plain(title, "the title"), plain(text, "the text", lines: true))
        let writer = author.flatMap { $0.contains { !$0.isWhitespace } ? plain($0, "the author") : nil }
        guard let day, wrong.isEmpty else {
            throw DiagnosticsError(diagnostics: wrong.map { Diagnostic(file: file, line: line, message: $0) })
        }
        return ArticleFile(date: day, title: named, author: writer, text: body)
    }
}
