internal import Agents
internal import Kernel

/// One resident as the simulation keeps them.
struct ResidentState: Sendable {
    var mind: Mind
    var place: String
    var asleep: Bool
    /// When they decide next; a scheduled turn at any other time is out of date.
    var turnAt: SimulationTime?
    /// Index of the plan step they are walking to.
    var walkingTo: Int?
    /// Start of the plan step they have set about.
    var doing: SimulationTime?
    /// What others did and the world showed since the last decision.
    var news: [String] = []
    /// Conversations begun on `begunOn`, a day.
    var begun = 0
    var begunOn = 0
    /// How often they and each other resident have spoken to one another.
    var spoken: [Int]

    var id: String { mind.persona.id }
    var name: String { mind.persona.name }
}
