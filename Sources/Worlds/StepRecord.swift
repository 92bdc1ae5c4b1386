public import Agents
public import Kernel

/// Everything one step changed, in resolved order: what a recorder writes down.
public struct StepRecord: Codable, Hashable, Sendable {
    public struct ResidentMemory: Codable, Hashable, Sendable {
        /// Persona id.
        public var resident: String
        public var memory: Memory
    }

    /// A memory recalled, whose last access is now the step's time.
    public struct Access: Codable, Hashable, Sendable {
        public var resident: String
        public var memory: Int
    }

    public var time: SimulationTime
    public var occurrences: [Occurrence] = []
    public var memories: [ResidentMemory] = []
    public var accesses: [Access] = []
    public var uses: [Use] = []
    public var cuts: [Trail.Cut] = []
    /// Polls to be asked now, after everything else of this moment.
    public var pollsDue: [World.ScheduledPoll] = []
    /// Answers that could not be read even after repair, so that a fallback was used.
    public var unparsed = 0
    /// Answers that could be read only after the one repair.
    public var repaired = 0
    /// Insights dropped because they cite nothing.
    public var uncited = 0

    init(time: SimulationTime) {
        self.time = time
    }

    /// Tokens of the completions used, cached or not.
    public var tokens: Int { uses.reduce(0) { $0 + $1.tokens } }

    mutating func add(_ thinking: Thinking) {
        let id = thinking.mind.persona.id
        memories += thinking.added.map { ResidentMemory(resident: id, memory: $0) }
        accesses += thinking.trail.accessed.map { Access(resident: id, memory: $0) }
        uses += thinking.trail.uses
        cuts += thinking.trail.cuts
        unparsed += thinking.trail.unparsed
        repaired += thinking.trail.repaired
        uncited += thinking.trail.uncited
    }
}
