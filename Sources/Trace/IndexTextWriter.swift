import Foundation

/// Writes the text of an index, its documents and its names, and counts the words of each block.
struct IndexTextWriter {
    private let settings: IndexBuilder.Settings
    private let corpus: Corpus
    private var appender: FileAppender
    /// Documents wait in a file of their own: there may be more of them than memory holds.
    private var documents: FileAppender
    private var count = 0
    private var text = Digest()
    private var normal: CorpusText
    private var starts = WordStarts()
    private var words: [Int] = []
    private var piece: [UInt8] = []
    private var file = 0

    init(_ file: OpenFile, _ corpus: Corpus, _ settings: IndexBuilder.Settings) throws(TraceError) {
        self.corpus = corpus
        self.settings = settings
        appender = FileAppender(file)
        documents = FileAppender(try OpenFile(making: file.path + "-documents"))
        normal = CorpusText(folding: settings.folds)
        try appender.append(IndexDescription.magic)
    }

    private var length: Int { appender.length - IndexDescription.magic.count }

    mutating func take(_ event: CorpusReader.Event) throws(TraceError) {
        switch event {
        case .file(let number): file = number
        case .bytes: break
        case .document(let line):
            try documents.append(UInt64(length))
            try documents.append(UInt32(clamping: file))
            try documents.append(UInt32(clamping: line))
            count += 1
        case .text(let bytes):
            guard normal.append(bytes, to: &piece) else {
                throw .corpus(path: corpus.files[file].path, "a NUL character: this is no text")
            }
            try put()
        case .end:
            normal.end(to: &piece)
            piece.append(0)
            try put()
        }
    }

    private mutating func put() throws(TraceError) {
        let (base, blockLength) = (length, settings.blockLength)
        words.append(contentsOf: repeatElement(0, count: max(0, (base + piece.count + blockLength - 1) / blockLength - words.count)))
        piece.withUnsafeBufferPointer { bytes in
            words.withUnsafeMutableBufferPointer { words in
                starts.find(in: bytes) { words[(base + $0) / blockLength] += 1 }
            }
        }
        text.update(piece)
        try appender.append(piece)
        piece.removeAll(keepingCapacity: true)
    }

    /// - Parameters:
    ///   - digest: Of the corpus.
    ///   - size: Of the corpus, in bytes.
    /// - Returns: The description, its blocks without places, and what appends them.
    mutating func finished(digest: String, size: Int) throws(TraceError) -> (IndexDescription, FileAppender) {
        let length = length
        let written = IndexDescription.Section(
            offset: IndexDescription.magic.count, length: length, digest: text.hexadecimal)
        try documents.flush()
        let table = try copiedDocuments()
        var (names, places) = ([UInt8](), [UInt64]())
        for file in corpus.files {
            places.append(UInt64(names.count))
            names += Array(file.name.utf8) + [0]
        }
        let nameSection = try section(names)
        let nameTable = try section(places.flatMap { place in (0..<8).map { UInt8(truncatingIfNeeded: place >> ($0 * 8)) } })
        let blocks = words.enumerated().map { index, count in
            IndexDescription.Block(
                start: index * settings.blockLength,
                length: min(settings.blockLength, length - index * settings.blockLength), words: count, offset: 0, digest: "")
        }
        return (
            IndexDescription(
                format: IndexDescription.currentFormat, name: settings.name, trainingDataOf: settings.trainingDataOf,
                notTrainingDataOf: settings.notTrainingDataOf, folds: settings.folds, column: settings.column,
                digest: digest, size: size, files: corpus.fileCount, documents: count, replaced: normal.replaced,
                longestPhrase: settings.longestPhrase, blockLength: settings.blockLength, text: written,
                documentTable: table, names: nameSection, nameTable: nameTable, blocks: blocks), appender
        )
    }

    private mutating func copiedDocuments() throws(TraceError) -> IndexDescription.Section {
        try appender.pad()
        let offset = appender.length
        var digest = Digest()
        var done = 0
        while done < documents.length {
            var piece = [UInt8](repeating: 0, count: min(1 << 20, documents.length - done))
            let (file, place) = (documents.file, done)
            var failure: TraceError?
            piece.withUnsafeMutableBytes { bytes in
                do throws(TraceError) { try file.read(into: bytes, at: place) } catch { failure = error }
            }
            if let failure { throw failure }
            digest.update(piece)
            try appender.append(piece)
            done += piece.count
        }
        return IndexDescription.Section(offset: offset, length: done, digest: digest.hexadecimal)
    }

    private mutating func section(_ bytes: [UInt8]) throws(TraceError) -> IndexDescription.Section {
        try appender.pad()
        var digest = Digest()
        digest.update(bytes)
        let offset = appender.length
        try appender.append(bytes)
        return IndexDescription.Section(offset: offset, length: bytes.count, digest: digest.hexadecimal)
    }

    /// Removes what the documents waited in.
    func end() {
        documents.file.close()
        documents.file.discard()
    }
}
