internal import Agents
internal import Kernel

/// How often things happened in a run, and what it cost per simulated hour.
public struct Conduct: Hashable, Sendable {
    /// Calls for one purpose.
    public struct Purpose: Hashable, Sendable {
        public var name: String
        public var calls: Int
        public var tokens: Int
    }

    /// Talks of at least two utterances.
    public var conversations: Int
    /// Utterances that nobody answered.
    public var unanswered: Int
    public var utterancesPerConversation: Measured<Double>
    public var reflections: Int
    /// Plans made other than on getting up.
    public var replans: Int
    public var failures: Int
    /// Simulated, from the world's start to the last moment recorded.
    public var hours: Double
    /// Completions used, whether or not they were recorded before.
    public var calls: Int
    public var tokens: Int
    /// By name.
    public var purposes: [Purpose]

    public var callsPerHour: Measured<Double> { perHour(calls) }
    public var tokensPerHour: Measured<Double> { perHour(tokens) }

    private func perHour(_ count: Int) -> Measured<Double> {
        hours > 0 ? .value(Double(count) / hours) : .missing("no time passed")
    }

    /// - Complexity: O(occurrences + uses).
    public init(_ run: RecordedRun) {
        let talks = Conversation.all(in: run)
        let answered = talks.filter(\.isAnswered)
        conversations = answered.count
        unanswered = talks.count - answered.count
        utterancesPerConversation = answered.isEmpty
            ? .missing("nobody answered anybody")
            : .value(Double(answered.reduce(0) { $0 + $1.utterances.count }) / Double(answered.count))
        reflections = run.occurrences.count { $0.kind == .reflect }
        failures = run.occurrences.count { $0.kind == .failure }
        replans = run.deeds.values.reduce(0) { total, deeds in
            total + deeds.indices.count { index in
                deeds[index].kind == .plan
                    && !(index > 0 && deeds[index - 1].kind == .wake && deeds[index - 1].time == deeds[index].time)
            }
        }
        hours = max(.zero, run.until - run.world.clock.starts).hours
        calls = run.uses.count
        tokens = run.uses.reduce(0) { $0 + $1.tokens }
        let grouped = Dictionary(grouping: run.uses, by: \.purpose)
        purposes = grouped.keys.sorted(by: precedes).map { name in
            let uses = grouped[name] ?? []
            return Purpose(name: name, calls: uses.count, tokens: uses.reduce(0) { $0 + $1.tokens })
        }
    }
}
