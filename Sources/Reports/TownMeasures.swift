/// The measures of a town's run, as they are shown: what spread, who knows whom, how people kept to their plans.
public struct TownMeasures: Hashable, Sendable {
    /// A value from a moment on.
    public struct Point: Hashable, Sendable {
        /// Of the world's clock.
        public var seconds: Int
        /// `day 1 08:00`
        public var time: String
        /// Residents or pairs.
        public var count: Int
        /// 0...1; `nil` where there is none.
        public var share: Double?

        public init(seconds: Int, time: String, count: Int, share: Double?) {
            self.seconds = seconds
            self.time = time
            self.count = count
            self.share = share
        }
    }

    /// The news reaching somebody for the first time.
    public struct Hop: Hashable, Sendable {
        public var seconds: Int
        public var time: String
        /// Persona id; `nil` for the world itself.
        public var from: String?
        public var to: String
        /// Sequence; `nil` where nothing was written down.
        public var occurrence: Int?
        /// `traced`, `worded`, `seen`.
        public var way: String
        public var overheard: Bool

        public init(
            seconds: Int, time: String, from: String?, to: String, occurrence: Int?, way: String, overheard: Bool
        ) {
            self.seconds = seconds
            self.time = time
            self.from = from
            self.to = to
            self.occurrence = occurrence
            self.way = way
            self.overheard = overheard
        }
    }

    /// Who came to what the news announces. Persona ids, sorted.
    public struct Gathering: Hashable, Sendable {
        public var place: String
        public var from: String
        public var until: String
        public var hosts: [String]
        public var knew: [String]
        public var invited: [String]
        public var came: [String]
        public var invitedCame: [String]
        /// Whether the run goes on to its end.
        public var complete: Bool

        public init(
            place: String, from: String, until: String, hosts: [String], knew: [String], invited: [String],
            came: [String], invitedCame: [String], complete: Bool
        ) {
            self.place = place
            self.from = from
            self.until = until
            self.hosts = hosts
            self.knew = knew
            self.invited = invited
            self.came = came
            self.invitedCame = invitedCame
            self.complete = complete
        }
    }

    public struct News: Hashable, Sendable {
        public var name: String
        public var about: String
        /// Persona ids of those who knew it at the start.
        public var started: [String]
        public var points: [Point]
        public var hops: [Hop]
        /// Utterances that carry it, by what stands behind them: `traced`, `worded`, `hearsay`, `unfounded`.
        public var claims: [Claim]
        public var gathering: Gathering?
        /// Why there is no gathering.
        public var noGathering: String?

        public struct Claim: Hashable, Sendable {
            public var name: String
            public var count: Int

            public init(name: String, count: Int) {
                self.name = name
                self.count = count
            }
        }

        public init(
            name: String, about: String, started: [String], points: [Point], hops: [Hop], claims: [Claim],
            gathering: Gathering?, noGathering: String?
        ) {
            self.name = name
            self.about = about
            self.started = started
            self.points = points
            self.hops = hops
            self.claims = claims
            self.gathering = gathering
            self.noGathering = noGathering
        }

        /// Utterances that carry it.
        var carrying: Int { claims.reduce(0) { $0 + $1.count } }
        var unfounded: Int { claims.first { $0.name == "unfounded" }?.count ?? 0 }
        var unfoundedShare: Double? { carrying > 0 ? Double(unfounded) / Double(carrying) : nil }
    }

    /// One figure; see ``Figure/Value``.
    public struct Figure: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case count(Int)
            /// 0...1
            case share(Double)
            case number(Double, decimals: Int)
            /// Why there is none.
            case missing(String)
        }

        /// A key for machines: `plan adherence`.
        public var name: String
        public var value: Value
        /// What it counts, in a few words.
        public var note: String

        public init(_ name: String, _ value: Value, note: String = "") {
            self.name = name
            self.value = value
            self.note = note
        }
    }

    public var run: String
    /// The world file's stem.
    public var world: String
    public var residents: Int
    public var from: String
    public var until: String
    public var news: [News]
    /// Pairs of whom either knows the other, hourly.
    public var network: [Point]
    /// Pairs who both know each other, at the same moments.
    public var mutual: [Point]
    /// Why the network has no density.
    public var noDensity: String?
    /// Names of all residents, in the order of the world.
    public var people: [String]
    /// Who is joined to whom at the end.
    public var ties: [Tie]
    public var conduct: [Figure]
    /// Model calls by purpose: calls and tokens.
    public var purposes: [Purpose]

    /// Two residents of whom either knows the other.
    public struct Tie: Hashable, Sendable {
        /// Places in ``people``.
        public var first: Int
        public var second: Int
        public var since: String
        public var isMutual: Bool
        /// Whether it was made in the run.
        public var isNew: Bool

        public init(first: Int, second: Int, since: String, isMutual: Bool, isNew: Bool) {
            self.first = first
            self.second = second
            self.since = since
            self.isMutual = isMutual
            self.isNew = isNew
        }
    }

    public struct Purpose: Hashable, Sendable {
        public var name: String
        public var calls: Int
        public var tokens: Int

        public init(name: String, calls: Int, tokens: Int) {
            self.name = name
            self.calls = calls
            self.tokens = tokens
        }
    }

    public init(
        run: String, world: String, residents: Int, from: String, until: String, news: [News], network: [Point],
        mutual: [Point], noDensity: String?, people: [String] = [], ties: [Tie] = [], conduct: [Figure], purposes: [Purpose]
    ) {
        self.run = run
        self.world = world
        self.residents = residents
        self.from = from
        self.until = until
        self.news = news
        self.network = network
        self.mutual = mutual
        self.noDensity = noDensity
        self.people = people
        self.ties = ties
        self.conduct = conduct
        self.purposes = purposes
    }
}

extension TownMeasures.Figure.Value {
    /// `12%`, `3`, `0.74`; `-` where there is none.
    var shown: String {
        switch self {
        case .count(let count): String(count)
        case .share(let share): percent(share)
        case .number(let number, let decimals): fixed(number, decimals: decimals)
        case .missing: "-"
        }
    }

    var missing: String? { if case .missing(let why) = self { why } else { nil } }
}
