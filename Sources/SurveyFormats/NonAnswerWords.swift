/// Sorts labels of missing codes into the three kinds of no answer, by their words.
enum NonAnswerWords {
    enum Kind: String, CaseIterable {
        case refused = "refused"
        case dontKnow = "don't know"
        case notAsked = "not asked"
    }

    /// - Parameter declared: Whether the file declares the code missing; where not, only unmistakable labels count.
    /// - Returns: `nil` where the words say nothing.
    static func kind(of label: String, declared: Bool) -> Kind? {
        var words = ""
        for scalar in label.lowercased().unicodeScalars where scalar != "'" && scalar != "\u{2019}" {
            let isLetter = scalar.properties.isAlphabetic
            if isLetter { words.unicodeScalars.append(scalar) } else if words.last != " ", !words.isEmpty { words.append(" ") }
        }
        while words.last == " " { words.removeLast() }
        for (kind, phrases) in sure where phrases.contains(where: { words == $0 || words.hasPrefix($0 + " ") }) { return kind }
        guard declared else { return nil }
        return loose.first { $0.phrases.contains { (" " + words + " ").contains($0) } }?.kind
    }

    private static let sure: [(Kind, [String])] = [
        (.refused, ["refused", "refusal", "refuse", "no answer", "prefer not to answer", "prefer not to say", "declined"]),
        (.dontKnow, ["dont know", "do not know", "dk", "cant choose", "cannot choose", "no opinion"]),
        (.notAsked, ["not asked", "inapplicable", "iap", "inap", "not applicable", "skipped", "not in release"]),
    ]

    private static let loose: [(kind: Kind, phrases: [String])] = [
        (.refused, ["refus", "prefer not", "declin", "no answer", "not answered", " na "]),
        (.dontKnow, ["dont know", "do not know", "know", " dk ", "not sure", "unsure", "choose", "undecided", "opinion"]),
        (.notAsked, ["not asked", "applicable", "skip", " iap ", "not in", "not available", "web", "module", "ballot"]),
    ]
}
