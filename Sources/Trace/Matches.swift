/// Where a phrase stands in a corpus.
public struct Matches: Hashable, Sendable {
    /// Neighbours in a block's order of words.
    struct Run: Hashable, Sendable {
        var block: Int
        var range: Range<Int>
    }

    var runs: [Run] = []

    public var count: Int { runs.reduce(0) { $0 + $1.range.count } }
}
