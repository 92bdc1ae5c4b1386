import Foundation

/// Builds the index of a corpus in bounded memory: the text is written out, cut into blocks, and the word beginnings of
/// two blocks at a time are sorted by what follows them.
///
/// A block is sorted with as many bytes of the next as the longest phrase has, so that a phrase across the cut counts,
/// once, where it begins. The index is written beside its place and put there when it is whole: whoever is killed leaves
/// `.NAME.building`, which the next build takes over, and the index that was there before.
public struct IndexBuilder: Sendable {
    public struct Settings: Sendable {
        public var name: String
        public var trainingDataOf: [String]
        public var notTrainingDataOf: [String]
        public var folds: Bool
        public var column: String?
        /// Bytes of text sorted at once.
        var blockLength: Int
        var longestPhrase = 4096

        /// The least memory that is taken, in bytes.
        public static let leastMemory = 16_000_000

        /// - Parameter memory: For sorting, in bytes, at least ``leastMemory``; queries do not depend on it.
        public init(
            name: String, trainingDataOf: [String] = [], notTrainingDataOf: [String] = [], folds: Bool = false,
            column: String? = nil, memory: Int = 1_000_000_000
        ) {
            self.name = name
            self.trainingDataOf = trainingDataOf
            self.notTrainingDataOf = notTrainingDataOf
            self.folds = folds
            self.column = column
            // Of each of two blocks a byte of text, four of a place, an eighth for where words begin.
            blockLength = min(max(memory, Self.leastMemory) * 4 / (IndexBuilder.atOnce * 21), Int(Int32.max) - 65_536)
        }
    }

    public enum Step: Sendable {
        /// Bytes of the corpus read, of all.
        case read(Int, of: Int)
        /// Bytes of text whose words are sorted, of all.
        case sorted(Int, of: Int)
    }

    public enum Outcome: Sendable {
        case built(IndexDescription)
        /// The index that is there is of this corpus, built in this way.
        case upToDate(IndexDescription)
    }

    /// Blocks sorted side by side, whatever the machine: memory and bytes depend on it.
    static let atOnce = 2

    let corpus: Corpus
    let settings: Settings

    public init(_ corpus: Corpus, _ settings: Settings) {
        self.corpus = corpus
        self.settings = settings
    }

    /// - Throws: ``TraceError``; nothing is then changed.
    public func build(to path: String, progress: @escaping @Sendable (Step) -> Void = { _ in }) throws -> Outcome {
        if FileManager.default.fileExists(atPath: path) {
            let there: IndexDescription?
            do { there = try CorpusIndex(path).description } catch TraceError.notAnIndex {
                throw TraceError.cannotWrite(path: path, "there is another file; remove it, or name another place")
            } catch { there = nil }
            if let there, there.size == corpus.size, there.isOf(digest: there.digest, settings),
                there.digest == (try digest(progress))
            {
                return .upToDate(there)
            }
        }
        let url = URL(fileURLWithPath: path)
        let file = try OpenFile(
            making: url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).building").path)
        defer { file.close() }
        do {
            let description = try write(to: file, progress)
            try file.commit(to: path)
            return .built(description)
        } catch {
            file.discard()
            throw error
        }
    }

    /// SHA-256 over name, length and bytes of every file.
    private func digest(_ progress: (Step) -> Void) throws -> String {
        var digest = CorpusDigest(corpus)
        try CorpusReader(corpus: corpus).read { event in
            if digest.take(event) { progress(.read(digest.done, of: corpus.size)) }
        }
        return digest.hexadecimal
    }

    private func write(to file: OpenFile, _ progress: @escaping @Sendable (Step) -> Void) throws -> IndexDescription {
        var writer = try IndexTextWriter(file, corpus, settings)
        defer { writer.end() }
        var digest = CorpusDigest(corpus)
        try CorpusReader(corpus: corpus).read { event in
            if digest.take(event) { progress(.read(digest.done, of: corpus.size)) }
            try writer.take(event)
        }
        var (description, appender) = try writer.finished(digest: digest.hexadecimal, size: digest.done)
        for index in description.blocks.indices {
            try appender.pad()
            try appender.flush()
            description.blocks[index].offset = appender.length
            try appender.skip(description.blocks[index].words * 4)
        }
        try BlockSorter(file: file, description: description, progress: progress).sort(into: &description.blocks)
        let encoded = try description.encoded()
        var own = Digest()
        own.update(encoded)
        try appender.append(encoded)
        try appender.append(UInt64(encoded.count))
        try appender.append(own.bytes)
        try appender.append(IndexDescription.magic)
        try appender.flush()
        return description
    }
}
