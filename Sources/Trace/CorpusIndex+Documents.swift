/// The documents that a phrase stands in.
public struct DocumentMatches: Hashable, Sendable {
    public struct Document: Hashable, Sendable {
        /// `news/2018/a.txt`; of a row with its line, `posts.jsonl:12`.
        public var name: String
        public var count: Int
    }

    /// How many there are.
    public var documents: Int
    /// Those with most matches, the first of the corpus first among equals.
    public var most: [Document]
}

extension CorpusIndex {
    /// Matches that are looked up in their documents, at most.
    public static let mostMatches = 200_000

    /// In which documents matches stand.
    ///
    /// - Parameter most: How many documents are named.
    /// - Returns: `nil` beyond ``mostMatches`` matches.
    /// - Complexity: O(m log m) for m matches.
    public func documents(of matches: Matches, naming most: Int = 3) throws(TraceError) -> DocumentMatches? {
        guard matches.count <= Self.mostMatches else { return nil }
        var found: [Int] = []
        for run in matches.runs {
            let block = description.blocks[run.block]
            let places = places(of: block)
            for index in run.range { found.append(try place(index, places, block)) }
        }
        found.sort()
        var counts: [(document: Int, count: Int)] = []
        var end = 0
        for place in found {
            if counts.isEmpty || place >= end {
                let document = try document(at: place)
                counts.append((document, 0))
                end = document + 1 < description.documents ? start(of: document + 1) : description.text.length
            }
            counts[counts.count - 1].count += 1
        }
        let ranked = counts.sorted { (-$0.count, $0.document) < (-$1.count, $1.document) }.prefix(most)
        var documents: [DocumentMatches.Document] = []
        for one in ranked { documents.append(.init(name: try name(of: one.document), count: one.count)) }
        return DocumentMatches(documents: counts.count, most: documents)
    }

    private func start(of document: Int) -> Int {
        let table = section(description.documentTable)
        return Int(truncatingIfNeeded: UInt64(littleEndian: table.loadUnaligned(fromByteOffset: document * 16, as: UInt64.self)))
    }

    /// The last document that begins at a place or before it.
    private func document(at place: Int) throws(TraceError) -> Int {
        var (low, high) = (0, description.documents)
        while low < high {
            let middle = low + (high - low) / 2
            if start(of: middle) <= place { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { throw damaged("a word lies in no document") }
        return low - 1
    }

    private func name(of document: Int) throws(TraceError) -> String {
        let table = section(description.documentTable)
        let file = UInt32(littleEndian: table.loadUnaligned(fromByteOffset: document * 16 + 8, as: UInt32.self))
        let line = UInt32(littleEndian: table.loadUnaligned(fromByteOffset: document * 16 + 12, as: UInt32.self))
        guard file < description.files else { throw damaged("a document is of no file") }
        let (places, names) = (section(description.nameTable), section(description.names))
        let start = UInt64(littleEndian: places.loadUnaligned(fromByteOffset: Int(file) * 8, as: UInt64.self))
        guard start < names.count else { throw damaged("a file has no name") }
        let name = String(decoding: names[Int(start)...].prefix { $0 != 0 }, as: UTF8.self)
        return line == 0 ? name : "\(name):\(line)"
    }
}
