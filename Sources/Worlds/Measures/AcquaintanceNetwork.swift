internal import Agents
public import Kernel

/// Who knows whom, over time: a graph whose vertices are the residents.
///
/// Two are joined from the start where either knows something of the other, and from the moment an utterance between
/// them was answered. The second count asks for both: knowledge each way at the start, or a conversation.
///
///     vertices  edges  density
///     25        50     0.167
///     25        222    0.740
///
/// - Source: Park et al. 2023, "Generative Agents", section 7.1.1: density = 2|E| / (|V| (|V| - 1)), over mutual
///   knowledge, which they find by asking the residents and we by following them.
public struct AcquaintanceNetwork: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var time: SimulationTime
        public var edges: Int
        public var mutual: Int
        /// 0...1; missing with fewer than two residents.
        public var density: Measured<Double>
        public var mutualDensity: Measured<Double>
    }

    /// Two who are joined, by persona id in order.
    public struct Tie: Hashable, Sendable {
        public var first: String
        public var second: String
        /// When either first knew the other: the start, or an answered utterance.
        public var since: SimulationTime
        /// Whether each knows the other.
        public var isMutual: Bool
        /// Whether it was made in the run.
        public var isNew: Bool

        public init(first: String, second: String, since: SimulationTime, isMutual: Bool, isNew: Bool) {
            self.first = first
            self.second = second
            self.since = since
            self.isMutual = isMutual
            self.isNew = isNew
        }
    }

    public var vertices: Int
    /// At the end, by who they join.
    public var ties: [Tie]
    /// At the start, then every so often, and at the end.
    public var points: [Point]

    /// - Parameter every: Counted from midnight of day 1.
    /// - Complexity: O(residents^2 + occurrences + points).
    public init(_ run: RecordedRun, every: TimeSpan = .hours(1)) {
        let start = run.world.clock.starts
        let people = Set(run.residents)
        var knowing: [Set<String>: Set<String>] = [:]
        for resident in run.world.residents {
            for other in resident.knows where people.contains(other.persona) && other.persona != resident.persona.id {
                knowing[[resident.persona.id, other.persona], default: []].insert(resident.persona.id)
            }
        }
        var either = Dictionary(uniqueKeysWithValues: knowing.keys.map { ($0, start) })
        var both = knowing.filter { $0.value.count == 2 }.mapValues { _ in start }
        let times = Dictionary(run.occurrences.map { ($0.sequence, $0.time) }, uniquingKeysWith: { first, _ in first })
        for talk in Conversation.all(in: run)
        where talk.isAnswered && people.contains(talk.first) && people.contains(talk.second) {
            guard let answered = times[talk.utterances[1]] else { continue }
            let pair: Set = [talk.first, talk.second]
            either[pair] = min(answered, either[pair] ?? answered)
            both[pair] = min(answered, both[pair] ?? answered)
        }
        vertices = run.residents.count
        let known = Set(knowing.keys)
        ties = either.map { pair, since in
            let names = pair.sorted(by: precedes)
            return Tie(
                first: names[0], second: names[1], since: since, isMutual: both[pair] != nil, isNew: !known.contains(pair))
        }.sorted { $0.first == $1.first ? precedes($0.second, $1.second) : precedes($0.first, $1.first) }
        let step = max(1, every.seconds)
        let first = (start.seconds / step + 1) * step
        let last = max(start, run.until)
        var moments = [start]
        moments += stride(from: first, to: last.seconds, by: step).map { SimulationTime(seconds: $0) }
        if last > start { moments.append(last) }
        let joined = (either.values.sorted(), both.values.sorted())
        let count = vertices
        var (edges, mutual) = (0, 0)
        points = moments.map { moment in
            while edges < joined.0.count, joined.0[edges] <= moment { edges += 1 }
            while mutual < joined.1.count, joined.1[mutual] <= moment { mutual += 1 }
            return Point(
                time: moment, edges: edges, mutual: mutual, density: Self.density(edges: edges, vertices: count),
                mutualDensity: Self.density(edges: mutual, vertices: count))
        }
    }

    /// The share of pairs that are joined, 0...1.
    public static func density(edges: Int, vertices: Int) -> Measured<Double> {
        .share(2 * edges, of: vertices * (vertices - 1), else: "a network of fewer than two residents has no density")
    }
}
