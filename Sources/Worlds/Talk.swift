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

    func other(than resident: Int) -> Int { resident == first ? second : first }
}

/// Two residents, whichever way round.
struct Pair: Hashable, Sendable {
    let lesser: Int
    let greater: Int

    init(_ a: Int, _ b: Int) {
        (lesser, greater) = (min(a, b), max(a, b))
    }
}
