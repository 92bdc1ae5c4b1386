extension World.News {
    /// Whether a text can carry the news: it holds one word of every list, as a whole word, in any case.
    ///
    ///     news.isCarried(by: "You're coming to my PARTY on Valentine's Day?")   // true for [[party], [valentine]]
    ///     news.isCarried(by: "A third-party payment")                           // false: no "valentine"
    ///     news.isCarried(by: "Parties, Valentine!")                             // false: no "party"
    ///
    /// A word is letters and digits; what a list holds may be several in a row (`running for mayor`). Case is Unicode's
    /// and no language's. News without words is carried by nothing.
    ///
    /// - Complexity: O(length of the text x number of words).
    public func isCarried(by text: String) -> Bool {
        if words.isEmpty { return false }
        let said = Self.wordsOf(text)
        return words.allSatisfy { list in list.contains { Self.contains(said, Self.wordsOf($0)) } }
    }

    private static func contains(_ text: [String], _ words: [String]) -> Bool {
        guard !words.isEmpty, text.count >= words.count else { return false }
        return (0...(text.count - words.count)).contains { start in
            words.indices.allSatisfy { text[start + $0] == words[$0] }
        }
    }

    /// Both ways, so that letters with several small forms (final sigma) or none but two capitals (sharp s) are equal.
    private static func wordsOf(_ text: String) -> [String] {
        text.uppercased().lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
