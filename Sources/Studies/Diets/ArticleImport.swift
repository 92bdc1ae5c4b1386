import Files
import Foundation
import Kernel
import Reports
import Surveys

/// Writes articles as the folder of files that `reads:` names: all or nothing, replacing none.
public struct ArticleImport: Sendable {
    public struct Request: Sendable {
        /// A folder of texts, a CSV or a JSON Lines file.
        public var source: String
        public var output: String
        /// Columns of a table; `nil` for `text`, `date`, `title`, `author`.
        public var text: String?
        public var date: String?
        public var title: String?
        public var author: String?

        public init(
            source: String, output: String, text: String? = nil, date: String? = nil, title: String? = nil,
            author: String? = nil
        ) {
            self.source = source
            self.output = output
            self.text = text
            self.date = date
            self.title = title
            self.author = author
        }

        var namesColumns: Bool { [text, date, title, author].contains { $0 != nil } }
    }

    /// Most articles at once.
    static let limit = 10_000

    let request: Request

    public init(_ request: Request) {
        self.request = request
    }

    /// - Throws: ``DiagnosticsError`` with every mistake, ``StudyError`` where the folder holds others under the same
    ///   names; nothing is written then.
    public func run() throws -> StudyOutcome {
        // By date; on one day as the source has them.
        let articles = try read().enumerated().sorted {
            ($0.element.date.daysSince1970, $0.offset) < ($1.element.date.daysSince1970, $1.offset)
        }.map(\.element)
        guard let first = articles.first, let last = articles.last else {
            throw StudyError.usage("\(request.source) holds no article")
        }
        guard articles.count <= Self.limit else {
            throw StudyError.usage("\(request.source) holds \(articles.count) articles; a source has at most \(Self.limit)")
        }
        let folder = URL(fileURLWithPath: request.output)
        let files = Self.named(articles)
        var new: [(name: String, bytes: Data)] = []
        var others: [String] = []
        for file in files {
            if let there = FileManager.default.contents(atPath: folder.appending(path: file.name).path) {
                if there != file.bytes { others.append(file.name) }
            } else {
                new.append(file)
            }
        }
        guard others.isEmpty else {
            let some = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", ..." : "")
            throw StudyError.usage("\(request.output) holds other articles as \(some); nothing was written, choose another folder")
        }
        try write(new, to: folder)
        let there = files.count - new.count
        let path = StudyRoot(of: folder.appending(path: "x").path).relative(folder.path)
        return StudyOutcome(
            text: sanitised(
                "\(request.output): \(counted(files.count, "article")) from \(first.date) to \(last.date)"
                    + (there > 0 ? ", \(there) of them there already" : "")
                    + "\nNext: let people read it with 'reads: { \(path): 50% }'", keepingLines: true),
            json: .object([
                .init("folder", .string(request.output)), .init("articles", .integer(files.count)),
                .init("written", .integer(new.count)), .init("from", .string(first.date.description)),
                .init("to", .string(last.date.description)),
            ]))
    }

    private func read() throws -> [ArticleFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: request.source, isDirectory: &isFolder) else {
            throw StudyError.usage("there is no '\(request.source)'")
        }
        if isFolder.boolValue {
            if request.namesColumns { throw StudyError.usage("--text, --date, --title and --author name columns of a table, not of a folder") }
            return try ArticleTexts(folder: request.source).articles()
        }
        let table = ArticleTable(file: request.source, request)
        switch (request.source as NSString).pathExtension.lowercased() {
        case "csv": return try table.csv()
        case "jsonl", "ndjson": return try table.jsonLines()
        default: throw StudyError.usage("\(request.source) is neither a folder nor a .csv or .jsonl file")
        }
    }

    /// Each in a file of its own: `2026-03-01-roof-at-its-end.md`; of equal names the later ones are numbered.
    static func named(_ articles: [ArticleFile]) -> [(name: String, bytes: Data)] {
        var taken: Set<String> = []
        return articles.map { article in
            let stem = "\(article.date)-\(slug(article.title))"
            var (name, number) = (stem, 1)
            while !taken.insert(name).inserted {
                number += 1
                name = "\(stem)-\(number)"
            }
            return (name + ".md", Data(article.written.utf8))
        }
    }

    /// Letters and digits of ASCII in lower case with hyphens between, at most 60: safe in any path.
    static func slug(_ title: String) -> String {
        let words = title.lowercased().utf8.split { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
        var slug = ""
        for word in words {
            let longer = slug.isEmpty ? String(word.prefix(60)) : "\(slug)-\(word)"
            if longer.utf8.count > 60 { break }
            slug = longer
        }
        return slug.isEmpty ? "article" : slug
    }

    /// Beside the folder first, so that what fails on the way leaves nothing in it.
    private func write(_ files: [(name: String, bytes: Data)], to folder: URL) throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            let aside = folder.appending(path: ".import-\(UUID().uuidString)")
            try manager.createDirectory(at: aside, withIntermediateDirectories: false)
            defer { try? manager.removeItem(at: aside) }
            for file in files { try file.bytes.write(to: aside.appending(path: file.name)) }
            for file in files {
                try manager.moveItem(at: aside.appending(path: file.name), to: folder.appending(path: file.name))
            }
        } catch {
            throw StudyError.stopped("\(request.output) cannot be written: \(error.localizedDescription)", resume: "the same command")
        }
    }
}
