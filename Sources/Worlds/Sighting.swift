internal import Agents
internal import Kernel

/// Where an onlooker sees a resident at a moment.
public struct Sighting: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case asleep, awake, walking
    }

    /// Persona id.
    public var resident: String
    /// Where they are, or were last while they walk.
    public var place: String
    /// The next place on their way; `nil` for whoever does not walk.
    public var next: String?
    public var state: State

    public init(resident: String, place: String, next: String?, state: State) {
        self.resident = resident
        self.place = place
        self.next = next
        self.state = state
    }
}

/// Where everybody is seen, brought forward by one occurrence after another: the same for a run and its record.
///
///     var sightings = Sightings(world)
///     for occurrence in occurrences { sightings.see(occurrence) }
///     sightings.all                       // by persona id
public struct Sightings: Hashable, Sendable {
    private let geography: Geography
    private let names: [String: String]
    private var seen: [String: Sighting]

    /// Everybody at home and asleep, as a world begins.
    public init(_ world: World) {
        geography = Geography(world.places, grain: world.clock.grain)
        names = Dictionary(
            world.residents.map { ($0.persona.id, $0.persona.name) }, uniquingKeysWith: { first, _ in first })
        seen = Dictionary(
            world.residents.map {
                ($0.persona.id, Sighting(resident: $0.persona.id, place: $0.lives, next: nil, state: .asleep))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// By persona id.
    public var all: [Sighting] { seen.values.sorted { precedes($0.resident, $1.resident) } }

    public subscript(resident: String) -> Sighting? { seen[resident] }

    public mutating func see(_ occurrence: Occurrence) {
        guard let actor = occurrence.actor, var sighting = seen[actor], let name = names[actor] else { return }
        let place = occurrence.place
        sighting.place = place
        sighting.next = nil
        switch occurrence.kind {
        case .sleep: sighting.state = .asleep
        case .move:
            let goal = Movement.goal(occurrence.text, of: name, at: place)
            sighting.next = goal.flatMap { geography.hop(from: place, to: $0) }
            sighting.state = goal == nil ? .awake : .walking
        // Whoever reflects does so in bed; an event has no actor.
        case .reflect, .plan, .failure, .event: sighting = seen[actor] ?? sighting
        case .say, .act, .wake: sighting.state = .awake
        }
        seen[actor] = sighting
    }

    public static func == (a: Self, b: Self) -> Bool { a.seen == b.seen }
    public func hash(into hasher: inout Hasher) { hasher.combine(seen) }
}
