/// Numbers and sentences from a digest of texts.
struct WordStream {
    private var generator: SamplingGenerator

    init(_ texts: String...) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            hash = (hash ^ UInt64(text.utf8.count)) &* 0x0000_0100_0000_01b3
        }
        generator = SamplingGenerator(seed: hash)
    }

    mutating func next() -> UInt64 { generator.next() }
    mutating func unit() -> Double { generator.unit() }

    mutating func sentence() -> String {
        let subjects = ["I think", "People here say", "My neighbours believe", "I heard that", "It seems to me"]
        let things = ["the school", "the library", "the road", "the council", "the harvest", "the market", "the clinic"]
        let verbs = ["needs", "deserves", "lacks", "wants", "has found", "could use"]
        let objects = ["more money", "a new roof", "some patience", "better people", "a good talk", "our help"]
        return "\(pick(subjects)) \(pick(things)) \(pick(verbs)) \(pick(objects))."
    }

    mutating func word() -> String {
        pick([
            "bread", "the", "old", "garden", "with", "a", "friend", "and", "some", "letters", "near", "new", "people",
            "about", "work", "at", "home", "for", "tomorrow", "small", "things", "of", "town", "quiet", "again",
        ])
    }

    /// What was remembered, said again, or a sentence.
    mutating func remark(on prompt: String) -> String {
        let remembered = prompt.split(separator: "\n").filter { $0.hasPrefix("- ") }.map { line in
            // "- day 1 07:00: text" or "- text"
            line.dropFirst(line.hasPrefix("- day ") ? (line.firstRange(of: ": ").map { line.distance(from: line.startIndex, to: $0.upperBound) } ?? 2) : 2)
        }.filter { !$0.contains("\"") }
        guard !remembered.isEmpty, next() % 2 == 0 else { return sentence() }
        return String(remembered[Int(next() % UInt64(remembered.count))])
    }

    private mutating func pick(_ list: [String]) -> String { list[Int(next() % UInt64(list.count))] }
}
