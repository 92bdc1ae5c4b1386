/// Finds where words begin in text that comes in pieces.
struct WordStarts {
    private var previous = WordClass.between

    /// Calls `found` with the place of each word's first byte.
    ///
    /// - Parameter bytes: Whole characters of UTF-8; a byte that begins none is between words.
    /// - Complexity: O(n).
    @inline(__always)
    mutating func find(in bytes: UnsafeBufferPointer<UInt8>, _ found: (Int) -> Void) {
        var previous = previous
        Self.scan(bytes) { place, _, kind in
            if kind.begins(after: previous) { found(place) }
            previous = kind
        }
        self.previous = previous
    }

    /// The words of a text, each from its first byte to past its last.
    static func words(of text: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var previous = WordClass.between
        text.withUnsafeBufferPointer { bytes in
            scan(bytes) { place, length, kind in
                if kind.begins(after: previous) {
                    words.append(place..<place + length)
                } else if kind == .letter {
                    words[words.count - 1] = words[words.count - 1].lowerBound..<place + length
                }
                previous = kind
            }
        }
        return words
    }

    @inline(__always)
    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (_ place: Int, _ length: Int, WordClass) -> Void) {
        var place = 0
        while place < bytes.count {
            var (kind, length) = (WordClass.between, 1)
            if case .scalar(let scalar, let size) = DecodedScalar(bytes, at: place) {
                (kind, length) = (WordClass(scalar), size)
            }
            body(place, length, kind)
            place += length
        }
    }
}
