internal import Kernel

/// An article as somebody has read it: from its beginning, as far as there is room.
public struct Reading: Codable, Hashable, Sendable {
    public var article: Article
    /// Characters of the text that are told; the rest is left out.
    public var characters: Int

    public init(article: Article, characters: Int) {
        self.article = article
        self.characters = characters
    }

    /// Cut between words.
    ///
    /// - Parameter length: Tokens of the text, of about four characters.
    public init(_ article: Article, length: Int) {
        self.article = article
        let room = article.text.prefix(4 * length)
        characters = room.count
        if room.endIndex < article.text.endIndex, article.text[room.endIndex] != " ",
            let space = room.lastIndex(of: " ")
        {
            characters = article.text.distance(from: article.text.startIndex, to: space)
        }
    }

    /// Characters left out for want of room.
    public var cut: Int { article.text.count - characters }

    /// `Roof at its end. The council heard on Monday …`
    public var told: String {
        let title = article.title
        let stop = title.last.map { ".!?".contains($0) } == true ? "" : "."
        return "\(title)\(stop) \(article.text.prefix(characters))" + (cut > 0 ? " …" : "")
    }

    /// As it stands in a prompt: `Courier, 1 March 2026: Roof at its end. The council heard on Monday …`
    public var line: String {
        "\(article.outlet), \(article.date.day) \(article.date.monthName) \(article.date.year): \(told)"
    }

    /// As a resident remembers it: `Read in the Courier, 1 March 2026: Roof at its end. The council heard …`
    public var memory: String { "Read in the \(line)" }

    /// What influence tables call it, and those of the same source.
    public var kind: String { Self.kind(of: article.source) }

    /// `reads Courier`.
    public static func kind(of source: String) -> String { "reads \(MediaSource.name(of: source))" }

    /// `2026-03-01 Roof at its end`
    public var name: String { "\(article.date) \(article.title)" }
}
