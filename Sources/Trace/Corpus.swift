import Foundation

/// A local corpus: text and Markdown files, a document each, or JSON Lines and CSV, a document a row.
public struct Corpus: Sendable {
    struct File: Sendable {
        enum Kind: Sendable {
            case text
            /// With the column, or key, that holds the text.
            case lines(String), table(String)
        }

        /// From the folder, or file, that was named: `news/2018/a.txt`.
        var name: String
        var path: String
        var size: Int
        var kind: Kind
    }

    static let textEndings = ["txt", "text", "md", "markdown"]
    static let rowEndings = ["jsonl", "ndjson", "csv"]

    /// By name.
    let files: [File]
    /// Files of its folders that are none of text.
    public let leftOut: Int

    public var fileCount: Int { files.count }
    /// Of all files.
    public var size: Int { files.reduce(0) { $0 + $1.size } }

    /// - Parameters:
    ///   - paths: Files, and folders that are read with all they hold but hidden files.
    ///   - column: What holds the text of a row, `text` where `nil`; folders are searched for tables only where it is
    ///     named.
    public init(_ paths: [String], column: String? = nil) throws(TraceError) {
        var files: [File] = []
        var leftOut = 0
        for path in paths {
            let url = URL(fileURLWithPath: path).standardizedFileURL
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
                throw .corpus(path: path, "no such file or folder")
            }
            guard isFolder.boolValue else {
                guard let kind = Self.kind(of: url, column ?? "text", tables: true) else {
                    throw .corpus(
                        path: path,
                        "a corpus is of \((Self.textEndings + Self.rowEndings).map { ".\($0)" }.joined(separator: ", "))")
                }
                files.append(try Self.file(url.lastPathComponent, url.path, kind))
                continue
            }
            let names = try Self.names(in: url.path)
            for name in names {
                let inner = url.appending(path: name)
                guard let kind = Self.kind(of: inner, column ?? "text", tables: column != nil) else {
                    leftOut += 1
                    continue
                }
                files.append(try Self.file("\(url.lastPathComponent)/\(name)", inner.path, kind))
            }
        }
        files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (one, next) in zip(files, files.dropFirst()) where one.name == next.name {
            throw .corpus(path: next.path, "there are two files called \(one.name); name the folder that holds both")
        }
        let found = files.map(\.path).sorted()
        if let twice = zip(found, found.dropFirst()).first(where: ==)?.0 { throw .corpus(path: twice, "named twice") }
        guard !files.isEmpty else {
            let endings = Self.textEndings.map { ".\($0)" }.joined(separator: ", ")
            throw .corpus(
                path: paths.first ?? "", "no text: a folder's \(endings) are read, with --column its .jsonl and .csv too")
        }
        (self.files, self.leftOut) = (files, leftOut)
    }

    /// From the folder, hidden ones left out.
    private static func names(in folder: String) throws(TraceError) -> [String] {
        guard let found = FileManager.default.enumerator(atPath: folder) else {
            throw .corpus(path: folder, "the folder cannot be read")
        }
        var names: [String] = []
        for case let name as String in found {
            if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { continue }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), isFolder.boolValue { continue }
            names.append(name)
        }
        return names
    }

    private static func kind(of file: URL, _ column: String, tables: Bool) -> File.Kind? {
        let ending = file.pathExtension.lowercased()
        if textEndings.contains(ending) { return .text }
        guard tables, rowEndings.contains(ending) else { return nil }
        return ending == "csv" ? .table(column) : .lines(column)
    }

    private static func file(_ name: String, _ path: String, _ kind: File.Kind) throws(TraceError) -> File {
        guard !name.utf8.contains(0) else { throw .corpus(path: path, "the name holds a NUL character") }
        // Opening a pipe would wait for its other end.
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int
        else { throw .corpus(path: path, "this is not a plain file") }
        return File(name: name, path: path, size: size, kind: kind)
    }
}
