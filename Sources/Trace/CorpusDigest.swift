/// The digest of a corpus while it is read.
struct CorpusDigest {
    private let corpus: Corpus
    private var digest = Digest()
    /// Bytes read.
    private(set) var done = 0
    private var file = 0

    init(_ corpus: Corpus) { self.corpus = corpus }

    /// - Returns: Whether bytes were read.
    mutating func take(_ event: CorpusReader.Event) -> Bool {
        switch event {
        case .file(let number):
            if number > 0 { digest.update(file) }
            file = 0
            let name = Array(corpus.files[number].name.utf8)
            digest.update(name.count)
            digest.update(name)
            return false
        case .bytes(let bytes):
            digest.update(bytes)
            (file, done) = (file + bytes.count, done + bytes.count)
            return true
        default: return false
        }
    }

    /// Of the files before, and with the length of the last.
    var hexadecimal: String {
        var whole = digest
        whole.update(file)
        return whole.hexadecimal
    }
}
