import Foundation

@testable import Trace

/// A folder of a test's own, removed with it, and corpora made in it.
final class Scratch {
    let url = FileManager.default.temporaryDirectory.appending(path: "populace-trace-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// - Returns: Its path.
    @discardableResult
    func write(_ text: String, _ name: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A document a row, of `NAME.jsonl`.
    func rows(_ documents: [String], _ name: String = "c") throws -> Corpus {
        let rows = try documents.map { String(decoding: try JSONEncoder().encode(["text": $0]), as: UTF8.self) + "\n" }
        return try Corpus([try write(rows.joined(), "\(name).jsonl")])
    }

    func index(
        _ corpus: Corpus, folding: Bool = false, blockLength: Int = 1 << 20, longestPhrase: Int = 64, _ name: String = "c.trace"
    ) throws -> CorpusIndex {
        var settings = IndexBuilder.Settings(name: "made up", folds: folding)
        (settings.blockLength, settings.longestPhrase) = (blockLength, longestPhrase)
        _ = try IndexBuilder(corpus, settings).build(to: path(name))
        return try CorpusIndex(path(name))
    }

    func index(_ documents: [String], folding: Bool = false) throws -> CorpusIndex {
        try index(try rows(documents), folding: folding)
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appending(path: name))) }
}
