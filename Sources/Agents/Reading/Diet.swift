public import Kernel

/// What somebody reads: sources with their shares of attention.
public struct Diet: Codable, Hashable, Sendable {
    public struct Portion: Codable, Hashable, Sendable {
        public var source: MediaSource
        /// Of attention, above 0 and at most 1; over all portions at most 1. What is left over goes to no reading.
        public var share: Double

        public init(_ source: MediaSource, share: Double) {
            self.source = source
            self.share = share
        }
    }

    /// What is read from them, the same for all portions.
    public struct Habit: Codable, Hashable, Sendable {
        /// How many articles attention reaches for, at least 1.
        public var articles: Int
        /// How old an article may be, in whole days, at least 1.
        public var within: TimeSpan
        /// Tokens of an article's text, of about four characters, at least 1.
        public var length: Int
        /// When a poll asks, unless it names a day itself.
        public var asOf: CivilDate?

        public init(articles: Int = 6, within: TimeSpan = .hours(14 * 24), length: Int = 100, asOf: CivilDate? = nil) {
            self.articles = articles
            self.within = within
            self.length = length
            self.asOf = asOf
        }
    }

    /// By path of the source.
    public let portions: [Portion]
    public var habit: Habit

    public init(_ portions: [Portion], habit: Habit = Habit()) {
        self.portions = portions.sorted { precedes($0.source.path, $1.source.path) }
        self.habit = habit
    }

    /// The variable that ``group`` is the value of.
    public static let attribute = "reads"
    /// The group of those who read nothing.
    public static let nothing = "nothing"

    /// The name of the source with the largest share, of equals all of them; `nothing` where nothing is read.
    public var group: String {
        guard let most = portions.map(\.share).max() else { return Self.nothing }
        return portions.filter { $0.share == most }.map(\.source.name).joined(separator: " and ")
    }
}
