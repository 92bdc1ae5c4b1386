public import Kernel

/// A dated text of a source.
public struct Article: Codable, Hashable, Sendable {
    /// Of its file, from the study's root: `Worlds/media/courier/2026-03-01-roof.md`.
    public var path: String
    /// The day it appeared.
    public var date: CivilDate
    public var title: String
    public var author: String?
    /// On one line.
    public var text: String

    public init(path: String, date: CivilDate, title: String, author: String? = nil, text: String) {
        self.path = path
        self.date = date
        self.title = oneLine(title)
        self.author = author
        self.text = oneLine(text)
    }

    /// The folder it lies in: its source.
    public var source: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) }

    /// What its source is called: `Courier`.
    public var outlet: String { MediaSource.name(of: source) }

    /// By date, then path.
    static func appears(_ a: Article, before b: Article) -> Bool {
        a.date == b.date ? precedes(a.path, b.path) : a.date.daysSince1970 < b.date.daysSince1970
    }
}

/// A folder of dated texts: a newspaper, a channel, a feed.
public struct MediaSource: Codable, Hashable, Sendable {
    /// From the study's root: `Worlds/media/courier`.
    public var path: String
    /// By date, then path.
    public let articles: [Article]

    public init(path: String, articles: [Article]) {
        self.path = path
        self.articles = articles.sorted(by: Article.appears(_:before:))
    }

    public var name: String { Self.name(of: path) }

    /// The folder's name in words.
    ///
    ///     MediaSource.name(of: "Worlds/media/alder-creek-courier")   // "Alder Creek Courier"
    public static func name(of path: String) -> String {
        let folder = path.split(separator: "/").last ?? ""
        return folder.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: " ")
    }
}
