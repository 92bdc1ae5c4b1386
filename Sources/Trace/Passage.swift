/// Words of a text that stand in a corpus just so.
public struct Passage: Hashable, Sendable {
    /// As the index has text: normalised, folded where it folds.
    public var text: String
    /// Place of its first word in the text, from 0.
    public var start: Int
    public var words: Int
    public var matches: Matches
}
