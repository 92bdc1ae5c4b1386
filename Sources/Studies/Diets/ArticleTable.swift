import Files
import Foundation
import Kernel
import Surveys

/// Articles in the rows of a table, comma-separated or JSON Lines.
struct ArticleTable: Sendable {
    /// As diagnostics name it.
    let file: String
    private let columns: (text: String, date: String, title: String, author: String)
    private let needsAuthor: Bool

    init(file: String, _ request: ArticleImport.Request) {
        self.file = file
        columns = (request.text ?? "text", request.date ?? "date", request.title ?? "title", request.author ?? "author")
        needsAuthor = request.author != nil
    }

    /// A row as it was read: cells by column.
    private struct Row {
        var line: Int
        var cells: [String: String]
    }

    func csv() throws -> [ArticleFile] {
        let table: CSVTable
        do { table = try CSVTable(try bytes()) } catch let error as CSVError {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, line: error.line, column: error.column, message: error.message)])
        }
        var missing: [Diagnostic] = []
        for name in [columns.date, columns.title, columns.text] + (needsAuthor ? [columns.author] : [])
        where !table.header.contains(name) {
            missing.append(Diagnostic(file: file, message: "no column '\(name)'", hint: hint(name, table.header)))
        }
        guard missing.isEmpty else { throw DiagnosticsError(diagnostics: missing) }
        return try articles(table.rows.map { row in
            Row(line: row.line, cells: Dictionary(zip(table.header, row.cells), uniquingKeysWith: { first, _ in first }))
        })
    }

    func jsonLines() throws -> [ArticleFile] {
        guard let text = String(validating: try bytes(), as: UTF8.self) else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, message: "this is not UTF-8 text", hint: "save it as UTF-8")])
        }
        var (rows, wrong): ([Row], [Diagnostic]) = ([], [])
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                wrong.append(Diagnostic(file: file, line: index + 1, message: "this line is no JSON object"))
                continue
            }
            for name in [columns.date, columns.title, columns.text] where !(object[name] is String) {
                wrong.append(
                    Diagnostic(
                        file: file, line: index + 1, message: "no text under '\(name)'",
                        hint: hint(name, object.keys.sorted(by: precedes))))
            }
            rows.append(Row(line: index + 1, cells: object.compactMapValues { $0 as? String }))
        }
        guard wrong.isEmpty else { throw DiagnosticsError(diagnostics: Array(wrong.prefix(100))) }
        return try articles(rows)
    }

    private func bytes() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw DiagnosticsError(diagnostics: [Diagnostic(file: file, message: "the file cannot be read")])
        }
        return [UInt8](data)
    }

    private func hint(_ name: String, _ known: [String]) -> String {
        suggestion(for: name, among: known).map { "did you mean '\($0)'?" }
            ?? "there are \(known.map { "'\($0)'" }.joined(separator: ", ")); --text, --date, --title and --author name others"
    }

    private func articles(_ rows: [Row]) throws -> [ArticleFile] {
        var (articles, wrong): ([ArticleFile], [Diagnostic]) = ([], [])
        for row in rows {
            do throws(DiagnosticsError) {
                articles.append(
                    try ArticleTexts.article(
                        file: file, line: row.line, date: row.cells[columns.date] ?? "", title: row.cells[columns.title] ?? "",
                        author: row.cells[columns.author], text: row.cells[columns.text] ?? ""))
            } catch { wrong += error.diagnostics }
        }
        guard wrong.isEmpty else { throw DiagnosticsError(diagnostics: Array(wrong.prefix(100))) }
        return articles
    }
}
