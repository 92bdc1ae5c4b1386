extension CorpusIndex {
    /// The longest passages of a text that stand in the corpus word for word: none is part of another, and none could
    /// go on by a word to either side. The longest come first, then those that stand first.
    ///
    /// Passages of more than ``IndexDescription/longestPhrase`` bytes are found in parts that overlap.
    ///
    /// - Parameter least: Words of a passage, at least 1.
    /// - Complexity: A look-up for every word of the text, and one or two for every passage.
    public func passages(of text: String, atLeast least: Int) throws(TraceError) -> [Passage] {
        let text = try CorpusText.normalised(text, folding: description.folds)
        let words = WordStarts.words(of: text)
        var passages: [Passage] = []
        var reached = 0
        for start in words.indices {
            let begins = words[start].lowerBound
            let rest = Array(text[begins..<min(text.count, begins + description.longestPhrase)])
            var common = 0
            for block in description.blocks {
                common = max(common, try bound(rest, in: block, 0..<block.words, past: false).common)
            }
            // Letters in common may end within a word.
            var end = start
            while end < words.count, words[end].upperBound - begins <= common { end += 1 }
            while end > max(reached, start) {
                let phrase = Array(text[begins..<words[end - 1].upperBound])
                let matches = try matches(of: phrase)
                if matches.count > 0 {
                    if end - start >= least {
                        passages.append(
                            Passage(
                                text: String(decoding: phrase, as: UTF8.self), start: start, words: end - start,
                                matches: matches))
                    }
                    reached = end
                    break
                }
                end -= 1
            }
        }
        return passages.sorted { (-$0.words, $0.start) < (-$1.words, $1.start) }
    }

    /// Whether a text holds a passage, from the beginning of a word to the end of one.
    public func holds(_ text: String, _ passage: Passage) throws(TraceError) -> Bool {
        let text = try CorpusText.normalised(text, folding: description.folds)
        let phrase = Array(passage.text.utf8)
        let words = WordStarts.words(of: text)
        let ends = Set(words.map(\.upperBound))
        return words.contains { word in
            let end = word.lowerBound + phrase.count
            return end <= text.count && ends.contains(end) && text[word.lowerBound..<end].elementsEqual(phrase)
        }
    }
}
