/// Two residents in conversation. Residents are indices, in order of persona id.
struct Talk: Hashable, Sendable {
    struct Utterance: Hashable, Sendable {
        var speaker: Int
        var words: String
    }

    var first: Int
    var second: Int
    /// Whose turn it is.
    var next: Int
    var said: [Utterance]

    func holds(_ resident: Int) -> Bool { resident == first || resident == second }
    func other(than resident: Int) -> Int { resident == first ? second : first }
}
