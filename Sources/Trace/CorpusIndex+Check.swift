extension CorpusIndex {
    /// Reads the whole index and compares every part with its digest.
    ///
    /// - Throws: ``TraceError/damaged(path:_:)``
    public func check(progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) throws(TraceError) {
        let sections = [
            ("text", description.text), ("documents", description.documentTable), ("names", description.names),
            ("names", description.nameTable),
        ]
        var parts = sections.map { (name: $0.0, bytes: section($0.1), digest: $0.1.digest) }
        for block in description.blocks { parts.append(("words", places(of: block), block.digest)) }
        let total = parts.reduce(0) { $0 + $1.bytes.count }
        var done = 0
        for part in parts {
            var digest = Digest()
            var place = 0
            while place < part.bytes.count {
                let end = min(place + 1 << 24, part.bytes.count)
                digest.update(UnsafeRawBufferPointer(rebasing: part.bytes[place..<end]))
                done += end - place
                place = end
                progress(done, total)
            }
            guard digest.hexadecimal == part.digest else { throw damaged("the \(part.name) have changed") }
        }
    }
}
