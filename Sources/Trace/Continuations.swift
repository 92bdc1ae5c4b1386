/// What follows a survey's statement in a corpus: how often each option's words stand behind its longest ending that
/// any of them follow.
public struct Continuations: Hashable, Sendable {
    public struct Option: Hashable, Sendable {
        /// How often its words stand behind the ending, and those of no longer option that begins with them.
        public var count: Int
        /// The documents where they do, alone or within a longer option; `nil` where there are too many to look through.
        public var documents: DocumentMatches?
        /// How often its words stand anywhere.
        public var alone: Int
    }

    /// Words of the statement.
    public var statementWords: Int
    /// Words of its longest ending that stands in the corpus, and how often that stands; 0 where not even its last word
    /// does.
    public var longestWords: Int
    public var longestCount: Int
    /// The longest ending that an option follows, and its words; `nil` where none is followed by any.
    public var ending: String?
    public var endingWords: Int
    /// In the question's order.
    public var options: [Option]

    /// How the options' words share the continuations; sum 1; `nil` where no option follows.
    public var shares: [Double]? {
        let total = options.reduce(0) { $0 + $1.count }
        return total > 0 ? options.map { Double($0.count) / Double(total) } : nil
    }
}

extension CorpusIndex {
    /// - Parameters:
    ///   - statement: Up to its gap.
    ///   - options: What fills the gap, in the question's order; two of the same words count the same.
    ///   - documents: How many are named for an option.
    /// - Throws: ``TraceError/phrase(_:)`` where the statement or an option has no word.
    public func continuations(
        of statement: String, options: [String], naming documents: Int = 3
    ) throws(TraceError) -> Continuations {
        let cue = try Phrase(statement, folding: description.folds).text
        let words = WordStarts.words(of: cue)
        var fills: [[UInt8]] = []
        for option in options { fills.append(Self.trimmed(try Phrase(option, folding: description.folds).text)) }
        var found = Continuations(
            statementWords: words.count, longestWords: 0, longestCount: 0, ending: nil, endingWords: 0, options: [])
        for fill in fills { found.options.append(.init(count: 0, alone: try matches(of: fill).count)) }
        for start in words.indices {
            let ending = Array(cue[words[start].lowerBound...])
            guard ending.count + (fills.map(\.count).max() ?? 0) < description.longestPhrase else { continue }
            if found.longestWords == 0 {
                let count = try matches(of: ending).count
                // What does not stand in the corpus is followed by nothing.
                if count == 0 { continue }
                (found.longestWords, found.longestCount) = (words.count - start, count)
            }
            var matched: [Matches] = []
            for fill in fills { matched.append(try matches(of: ending + [32] + fill)) }
            guard matched.contains(where: { $0.count > 0 }) else { continue }
            found.ending = String(decoding: ending, as: UTF8.self)
            found.endingWords = words.count - start
            // The longest first: what an option's words go on to as another's is the other's.
            for option in fills.indices.sorted(by: { (-fills[$0].count, $0) < (-fills[$1].count, $1) }) {
                let longer = Set(fills.filter { Self.goesOn(fills[option], to: $0) })
                var count = matched[option].count
                for other in fills.indices where longer.contains(fills[other]) && fills.firstIndex(of: fills[other]) == other {
                    count -= found.options[other].count
                }
                found.options[option].count = max(0, count)
                found.options[option].documents = try self.documents(of: matched[option], naming: documents)
            }
            return found
        }
        return found
    }

    /// Without what follows the last word.
    private static func trimmed(_ phrase: [UInt8]) -> [UInt8] {
        Array(phrase[..<(WordStarts.words(of: phrase).last?.upperBound ?? phrase.count)])
    }

    /// Whether another phrase begins with one, and goes on with another word.
    private static func goesOn(_ phrase: [UInt8], to other: [UInt8]) -> Bool {
        other.count > phrase.count && other.starts(with: phrase)
            && WordStarts.words(of: other).contains { $0.upperBound == phrase.count }
    }
}
