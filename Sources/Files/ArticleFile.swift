public import Foundation
public import Kernel
internal import Yams

/// An article as its file says it: date and title between two lines of `---`, then the text.
///
///     ---
///     date: 2026-03-01
///     title: Roof at its end
///     ---
///
///     The council heard on Monday that ...
public struct ArticleFile: Hashable, Sendable {
    public var date: CivilDate
    public var title: String
    public var author: String?
    public var licence: String?
    /// With its lines, without white space at its ends; not empty.
    public var text: String

    public init(date: CivilDate, title: String, author: String? = nil, licence: String? = nil, text: String) {
        self.date = date
        self.title = title
        self.author = author
        self.licence = licence
        self.text = text
    }

    /// - Parameter file: As diagnostics name it.
    public init(file: String, bytes: Data) throws(DiagnosticsError) {
        let findings = Findings()
        let read = Self.read(file, bytes, findings)
        try findings.check()
        guard let read else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, message: "the file cannot be read")])
        }
        self = read
    }

    /// Whether a file begins as one does that says its date and title itself.
    public static func hasFrontMatter(_ bytes: Data) -> Bool {
        let bom = Data([0xEF, 0xBB, 0xBF])
        let start = bytes.starts(with: bom) ? bytes.dropFirst(3) : bytes
        return ["---\n", "---\r\n"].contains { start.starts(with: Data($0.utf8)) }
    }

    /// `nil` after a finding.
    static func read(_ file: String, _ bytes: Data, _ findings: Findings) -> ArticleFile? {
        do throws(DiagnosticsError) {
            let whole = try SourceText(file: file, bytes: bytes)
            guard hasFrontMatter(bytes),
                let end = whole.lines.dropFirst().firstIndex(where: { $0.trimmingSpace == "---" })
            else {
                findings.add(whole.diagnostic(
                    1, 1, "an article begins with its date and title between two lines of '---'",
                    hint: "'populace import FOLDER --articles -o NEW-FOLDER' writes them"))
                return nil
            }
            let matter = whole.lines[1..<end].joined(separator: "\n")
            guard matter.contains(where: { !$0.isWhitespace }) else {
                findings.add(whole.diagnostic(1, 1, "an article needs a 'date' and a 'title'"))
                return nil
            }
            // An empty first line, so that lines count as in the file.
            let source = try SourceText(file: file, bytes: Data("\n\(matter)\n".utf8))
            let document = try Document(source, findings: findings)
            let reader = NodeReader(source: source, findings: findings)
            guard let fields = Fields(document.root, "an article", .article, reader) else { return nil }
            _ = fields.required("date")
            let date = fields.value("date", like: "2026-03-01") { CivilDate($0) }
            let title = fields.requiredText("title")
            let text = whole.lines[(end + 1)...].joined(separator: "\n").trimmingSpace
            if text.isEmpty { findings.add(whole.diagnostic(end + 1, 1, "the article has no text below its front matter")) }
            guard let date, !title.isEmpty, !text.isEmpty else { return nil }
            return ArticleFile(
                date: date, title: title, author: fields.text("author"), licence: fields.text("licence"), text: text)
        } catch {
            findings.add(error)
            return nil
        }
    }

    /// The file's text; reads back as the same article.
    public var written: String {
        var entries: [(String, YAMLValue)] = [("date", .word(date.description)), ("title", .text(title))]
        if let author { entries.append(("author", .text(author))) }
        if let licence { entries.append(("licence", .text(licence))) }
        return "---\n\(YAMLValue.map(entries).printed)---\n\n\(text)\n"
    }
}
