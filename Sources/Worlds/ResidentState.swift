internal import Agents
internal import Kernel

/// One resident as the simulation keeps them.
struct ResidentState: Sendable {
    /// A conversation that has ended and is to be put into one's own words.
    struct Ended: Hashable, Sendable {
        var other: Int
        var said: [Talk.Utterance]
    }

    var mind: Mind
    /// Where they are, or came from while they are away.
    var place: String
    var asleep: Bool
    /// On the way from one place to the next, where nobody meets them.
    var away = false
    /// The place they are walking to, by way of others perhaps.
    var heading: String?
    /// Whether they have come to where they are only on the way to `heading`.
    var passing = false
    /// Whether they are on the way to bed.
    var homeward = false
    /// When they decide next; a scheduled turn at any other time is out of date.
    var turnAt: SimulationTime?
    /// The step they have set about.
    var doing: DayPlan.Step?
    /// Until when they have decided to carry on, step after step.
    var decided: SimulationTime?
    /// Whether something has happened that matters since the last decision.
    var interrupted = false
    /// What others did and the world showed since the last decision.
    var news: [String] = []
    /// The state each object was in when they last saw it, by place and object.
    var seen: [String: String] = [:]
    /// Paths of the articles they have read.
    var read: Set<String> = []
    /// Key of the conversation under way.
    var talk: Int?
    var ended: [Ended] = []
    /// Conversations begun on `begunOn`, a day.
    var begun = 0
    var begunOn = 0
    /// How often they and each other resident have spoken to one another.
    var spoken: [Int: Int] = [:]

    var id: String { mind.persona.id }
    var name: String { mind.persona.name }
}
