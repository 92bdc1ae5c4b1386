public import Agents
public import Kernel

/// A small world as its file describes it: where, who, what happens, what is asked, when it stops.
public struct World: Codable, Hashable, Sendable {
    /// The file's stem.
    public var id: String
    public var title: String
    public var about: String
    public var seed: UInt64
    public var clock: Clock
    public var places: [Place]
    public var residents: [Resident]
    public var events: [ScheduledEvent]
    public var polls: [ScheduledPoll]
    public var memory: MemorySettings
    public var conversation: ConversationSettings
    public var perception: PerceptionSettings
    public var planning: PlanningSettings
    /// Sorted, each once.
    public var without: [Ablation]
    public var news: [News]
    public var stop: [StopCondition]

    public init(
        id: String, title: String, about: String, seed: UInt64, clock: Clock, places: [Place], residents: [Resident],
        events: [ScheduledEvent] = [], polls: [ScheduledPoll] = [], memory: MemorySettings = MemorySettings(),
        conversation: ConversationSettings = ConversationSettings(),
        perception: PerceptionSettings = PerceptionSettings(), planning: PlanningSettings = PlanningSettings(),
        without: [Ablation] = [], news: [News] = [], stop: [StopCondition]
    ) {
        self.id = id
        self.title = title
        self.about = about
        self.seed = seed
        self.clock = clock
        self.places = places
        self.residents = residents
        self.events = events
        self.polls = polls
        self.memory = memory
        self.conversation = conversation
        self.perception = perception
        self.planning = planning
        self.without = without
        self.news = news
        self.stop = stop
    }

    public struct Clock: Codable, Hashable, Sendable {
        /// The date of day 1.
        public var date: CivilDate
        public var starts: SimulationTime
        /// The shortest time between two decisions.
        public var grain: TimeSpan
        /// Seconds since midnight when residents go to sleep and get up.
        public var nightStarts: Int
        public var nightEnds: Int

        public init(
            date: CivilDate, starts: SimulationTime, grain: TimeSpan = .minutes(10), nightStarts: Int = 22 * 3600,
            nightEnds: Int = 6 * 3600
        ) {
            self.date = date
            self.starts = starts
            self.grain = grain
            self.nightStarts = nightStarts
            self.nightEnds = nightEnds
        }
    }

    /// A place, or an area inside one: `Hobbs Cafe`, `Hobbs Cafe: kitchen`.
    public struct Place: Codable, Hashable, Sendable {
        public var name: String
        public var about: String
        /// Name of the place it is an area of.
        public var within: String?
        /// Nearness goes both ways. An area is a minute from its place besides.
        public var near: [Way]
        public var objects: [Object]

        public init(name: String, about: String, within: String? = nil, near: [Way] = [], objects: [Object] = []) {
            self.name = name
            self.about = about
            self.within = within
            self.near = near
            self.objects = objects
        }
    }

    /// A thing in a place, with the state it begins in.
    public struct Object: Codable, Hashable, Sendable {
        public var name: String
        public var state: String

        public init(name: String, state: String) {
            self.name = name
            self.state = state
        }
    }

    public struct Resident: Codable, Hashable, Sendable {
        public var persona: Persona
        /// Name of the place where they live and begin.
        public var lives: String
        /// What they know of others, by persona id, in file order.
        public var knows: [Acquaintance]

        public init(persona: Persona, lives: String, knows: [Acquaintance] = []) {
            self.persona = persona
            self.lives = lives
            self.knows = knows
        }
    }

    public struct Acquaintance: Codable, Hashable, Sendable {
        public var persona: String
        public var what: String

        public init(persona: String, what: String) {
            self.persona = persona
            self.what = what
        }
    }

    /// What the world does to them, whatever they do.
    public struct ScheduledEvent: Codable, Hashable, Sendable {
        public var at: SimulationTime
        public var place: String
        public var seen: String

        public init(at: SimulationTime, place: String, seen: String) {
            self.at = at
            self.place = place
            self.seen = seen
        }
    }

    /// Questions asked aside; nobody remembers having been asked.
    public struct ScheduledPoll: Codable, Hashable, Sendable {
        /// Path of the survey file from the study's root.
        public var survey: String
        public var questions: [String]
        public var when: [SimulationTime]

        public init(survey: String, questions: [String], when: [SimulationTime]) {
            self.survey = survey
            self.questions = questions
            self.when = when
        }
    }

    public enum StopCondition: Codable, Hashable, Sendable {
        case at(SimulationTime)
        /// Tokens of consumed completions, cached or not.
        case tokens(Int)
        /// Nobody has spoken or acted for this long, sleep not counted.
        case quiet(TimeSpan)
    }
}

extension World.Place {
    /// Whether its file entry says that it is next to another, or in it.
    public func leads(to other: Self) -> Bool { within == other.name || near.contains { $0.to == other.name } }
}
