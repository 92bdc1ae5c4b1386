extension CorpusIndex {
    /// Where a phrase stands, from the beginning of a word to the end of one.
    ///
    /// - Throws: ``TraceError/phrase(_:)`` for text without a word, or longer than
    ///   ``IndexDescription/longestPhrase`` bytes; ``TraceError/damaged(path:_:)``.
    /// - Complexity: O(b (m + log n)) comparisons for b blocks, n words and a phrase of m bytes.
    public func matches(of phrase: String) throws(TraceError) -> Matches {
        try matches(of: try Phrase(phrase, folding: description.folds).text)
    }

    /// - Parameter phrase: Normalised, beginning with a word.
    func matches(of phrase: [UInt8]) throws(TraceError) -> Matches {
        guard phrase.count <= description.longestPhrase else {
            throw .phrase("a phrase has at most \(description.longestPhrase) bytes")
        }
        var matches = Matches()
        let last = Phrase.last(of: phrase)
        for (number, block) in description.blocks.enumerated() {
            let first = try bound(phrase, in: block, 0..<block.words, past: false).place
            let end = try bound(phrase, in: block, first..<block.words, past: true).place
            for range in try whole(first..<end, behind: phrase.count, last, in: block) {
                matches.runs.append(Matches.Run(block: number, range: range))
            }
        }
        return matches
    }

    /// The first of a block's words, in their order, whose text does not come before a phrase.
    ///
    /// Comparing skips what the words at both ends have in common with the phrase.
    ///
    /// - Parameters:
    ///   - range: Of the words that are looked through.
    ///   - past: Whether text that begins with the phrase counts as before it.
    /// - Returns: Also the most bytes that the phrase has in common with any word looked at. Both neighbours of the
    ///   place are looked at, so no word of the range has more.
    /// - Source: Manber and Myers 1993, "Suffix Arrays: A New Method for On-Line String Searches", doi:10.1137/0222058.
    func bound(
        _ phrase: [UInt8], in block: IndexDescription.Block, _ range: Range<Int>, past: Bool
    ) throws(TraceError) -> (place: Int, common: Int) {
        let (text, places) = (text, places(of: block))
        var (low, high) = (range.lowerBound, range.upperBound)
        var (lowCommon, highCommon, most) = (0, 0, 0)
        while low < high {
            let middle = low + (high - low) / 2
            let place = try place(middle, places, block)
            var common = min(lowCommon, highCommon)
            let limit = min(phrase.count, text.count - place)
            while common < limit, text[place + common] == phrase[common] { common += 1 }
            most = max(most, common)
            let isBefore = common == phrase.count ? past : common == limit || text[place + common] < phrase[common]
            if isBefore {
                (low, lowCommon) = (middle + 1, common)
            } else {
                (high, highCommon) = (middle, common)
            }
        }
        return (low, most)
    }

    /// The parts of a run of words, all of them beginning with a phrase, behind which a word ends.
    ///
    /// The run is cut by what follows the phrase: ASCII letters and digits in three stretches, what lies between them,
    /// and every other character by itself.
    private func whole(
        _ run: Range<Int>, behind length: Int, _ last: WordClass, in block: IndexDescription.Block
    ) throws(TraceError) -> [Range<Int>] {
        guard last == .letter, !run.isEmpty else { return run.isEmpty ? [] : [run] }
        let (text, places) = (text, places(of: block))
        var kept: [Range<Int>] = []
        var start = run.lowerBound
        while start < run.upperBound {
            let place = try place(start, places, block) + length
            guard place < text.count else { throw damaged("the words are not in order") }
            // Up to and with what ends the stretch, as bytes.
            let (next, upper): (WordClass, [UInt8])
            if text[place] < 0x80 {
                let ends: [UInt8] = [0x2F, 0x39, 0x40, 0x5A, 0x60, 0x7A, 0x7F]
                let stretch = ends.firstIndex { text[place] <= $0 } ?? 6
                (next, upper) = (stretch % 2 == 1 ? .letter : .between, [ends[stretch]])
            } else if case .scalar(let scalar, let size) = DecodedScalar(text, at: place) {
                (next, upper) = (WordClass(scalar), Array(text[place..<place + size]))
            } else {
                (next, upper) = (.between, [text[place]])
            }
            var (low, high) = (start + 1, run.upperBound)
            while low < high {
                let middle = low + (high - low) / 2
                let there = try self.place(middle, places, block) + length
                var order = 0
                for (offset, byte) in upper.enumerated() where order == 0 {
                    guard there + offset < text.count else { throw damaged("the words are not in order") }
                    order = Int(text[there + offset]) - Int(byte)
                }
                if order <= 0 { low = middle + 1 } else { high = middle }
            }
            if last.isWhole(before: next) {
                if let before = kept.last, before.upperBound == start {
                    kept[kept.count - 1] = before.lowerBound..<low
                } else {
                    kept.append(start..<low)
                }
            }
            start = low
        }
        return kept
    }
}
