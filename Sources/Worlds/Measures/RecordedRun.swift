public import Agents
public import Kernel

/// What a run left behind, as the measures read it: equal whatever order its parts are given in.
public struct RecordedRun: Hashable, Sendable {
    public let world: World
    /// By sequence.
    public let occurrences: [Occurrence]
    /// By persona id; each stream by sequence.
    public let memories: [String: [Memory]]
    public let uses: [Use]
    /// The last moment that is recorded.
    public let until: SimulationTime
    /// Persona ids of the residents, sorted.
    public let residents: [String]

    public init(
        world: World, occurrences: [Occurrence], memories: [String: [Memory]] = [:], uses: [Use] = [],
        until: SimulationTime
    ) {
        self.world = world
        self.occurrences = occurrences.sorted { $0.sequence < $1.sequence }
        self.memories = memories.mapValues { $0.sorted { $0.sequence < $1.sequence } }
        self.uses = uses
        self.until = until
        residents = world.residents.map(\.persona.id).sorted(by: precedes)
    }

    /// A run as its steps recorded it, until the last of them.
    public init(world: World, steps: [StepRecord]) {
        self.init(
            world: world, occurrences: steps.flatMap(\.occurrences),
            memories: Dictionary(grouping: steps.flatMap(\.memories), by: \.resident).mapValues { $0.map(\.memory) },
            uses: steps.flatMap(\.uses), until: steps.map(\.time).max() ?? world.clock.starts)
    }

    /// Persona id for a resident nobody knows of.
    func name(of resident: String) -> String {
        world.residents.first { $0.persona.id == resident }?.persona.name ?? resident
    }

    /// What each resident did, in order.
    var deeds: [String: [Occurrence]] {
        Dictionary(grouping: occurrences.filter { $0.actor != nil }) { $0.actor ?? "" }
    }
}
