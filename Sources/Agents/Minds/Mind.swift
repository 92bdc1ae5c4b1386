/// A resident's mind: who they are, what they remember, what they mean to do today.
public struct Mind: Hashable, Sendable {
    public let persona: Persona
    /// What they know of others, a line each: `Sam Okafor: her oldest friend`.
    public let knows: [String]
    /// Name of the place where they live.
    public let home: String
    public internal(set) var memories = MemoryStream()
    public internal(set) var plan = DayPlan()
    /// Importance of what was remembered since the last reflection.
    public internal(set) var unreflected = 0.0
    /// What was perceived last, oldest first.
    var perceived: [String] = []

    public init(persona: Persona, knows: [String], home: String) {
        self.persona = persona
        self.knows = knows
        self.home = home
    }

    mutating func add(_ memory: Memory) -> Memory {
        let memory = memories.append(memory)
        if memory.kind != .seed && memory.kind != .reflection { unreflected += memory.importance }
        return memory
    }
}

/// Where somebody is when they think, in words.
public struct Situation: Hashable, Sendable {
    /// `Monday 2 March 2026, 17:30`.
    public var when: String
    public var place: String
    public var about: String
    /// `coffee machine: cold`.
    public var objects: [String]
    /// Names of the others who are here and awake.
    public var present: [String]
    /// What was perceived since the last decision, oldest first.
    public var news: [String]

    public init(
        when: String, place: String, about: String, objects: [String] = [], present: [String] = [], news: [String] = []
    ) {
        self.when = when
        self.place = place
        self.about = about
        self.objects = objects
        self.present = present
        self.news = news
    }
}

/// One thing that can be done now, as the model weighs it: `carry on: open the library`.
public struct ActionOption: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        /// Do what the plan says, going where it says.
        case carryOn
        /// Persona id.
        case say(to: String)
        case go(String)
        /// Do something with an object of the place, by name.
        case use(String)
        /// Plan the rest of the day anew.
        case replan
        case wait
        /// Leave off talking.
        case end
    }

    public var action: Action
    /// Follows `decides to`; without a full stop.
    public var words: String

    public init(_ action: Action, _ words: String) {
        self.action = action
        self.words = words
    }
}
