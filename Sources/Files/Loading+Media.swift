internal import Agents
internal import Foundation
internal import Kernel
internal import Yams

extension Loading {
    /// Most articles of one source.
    static let articleLimit = 10_000
    /// Most bytes of all sources together.
    static let mediaLimit = 100_000_000

    /// A folder of articles: the `.md` and `.txt` files directly in it; `nil` after a finding.
    func source(_ reference: String, _ node: Node, _ reader: NodeReader) -> MediaSource? {
        guard let absolute = resolve(reference, node, reader) else { return nil }
        if let known = media[absolute] { return known }
        guard StudyRoot.isFolder(absolute) else {
            reader.report(node, "'\(reference)' is a file, and a source is a folder of articles")
            return nil
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: absolute)) ?? []).filter { name in
            !name.hasPrefix(".") && [".md", ".txt"].contains { name.hasSuffix($0) }
        }.sorted(by: precedes)
        if names.isEmpty {
            reader.report(node, "'\(reference)' holds no article", hint: "articles are its .md and .txt files")
        }
        if names.count > Self.articleLimit {
            reader.report(node, "'\(reference)' holds more than \(Self.articleLimit) articles")
            return nil
        }
        let folder = root.relative(absolute)
        let source = MediaSource(path: folder, articles: names.compactMap { article(folder + "/" + $0) })
        media[absolute] = source
        return source
    }

    /// - Parameter path: From the root, links as they are.
    /// - Returns: `nil` after a finding.
    private func article(_ path: String) -> Article? {
        let file = shown(path.hasPrefix("/") ? path : root.path + "/" + path)
        // What a link in the folder points to may lie elsewhere.
        guard root.permits(path, allowing: files.allowedPaths) else {
            findings.add(
                Diagnostic(
                    file: file, message: "this leads out of the study's root", hint: "'--allow-path' allows others"))
            return nil
        }
        do throws(SourceFile.Refusal) {
            let bytes = try SourceFile.read(root.absolute(path))
            guard mediaBytes + bytes.count <= Self.mediaLimit else {
                findings.add(
                    Diagnostic(file: file, message: "the articles are more than \(Self.mediaLimit / 1_000_000) MB together"))
                return nil
            }
            mediaBytes += bytes.count
            guard let read = ArticleFile.read(file, bytes, findings) else { return nil }
            keep(SourceFile(path: path, bytes: bytes))
            return Article(path: path, date: read.date, title: read.title, author: read.author, text: read.text)
        } catch {
            findings.add(Diagnostic(file: file, message: error.message))
            return nil
        }
    }
}
