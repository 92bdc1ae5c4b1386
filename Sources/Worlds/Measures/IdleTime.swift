internal import Agents
internal import Kernel

/// How much of their waking time residents did nothing that was written down.
///
/// Busy is whoever is on the way; in a conversation, from its first words until the last could be answered; or at
/// something they turned to, until they turn to something else, leave, or go to bed, but no longer than
/// `planning.patience`, the longest that anybody goes on without deciding anew. The rest of their waking time is idle.
/// Waiting within an act's time is not seen; going on with the same thing beyond it is not written down, and is idle.
public struct IdleTime: Hashable, Sendable {
    /// Seconds of one resident.
    public struct Row: Hashable, Sendable {
        public var resident: String
        public var waking: Int
        public var idle: Int
    }

    /// By persona id.
    public var rows: [Row]

    /// 0...1 of everybody's waking time.
    public var share: Measured<Double> {
        .share(rows.reduce(0) { $0 + $1.idle }, of: rows.reduce(0) { $0 + $1.waking }, else: "nobody was awake")
    }

    /// - Complexity: O(occurrences log occurrences).
    public init(_ run: RecordedRun) {
        let deeds = run.deeds
        var talking: [String: [Span]] = [:]
        for talk in Conversation.all(in: run) {
            let span = Span(from: talk.from, until: talk.until + run.world.conversation.reply)
            talking[talk.first, default: []].append(span)
            if talk.isAnswered { talking[talk.second, default: []].append(span) }
        }
        rows = Whereabouts.all(in: run).map { whereabouts in
            let name = run.name(of: whereabouts.resident)
            let own = deeds[whereabouts.resident] ?? []
            var busy = whereabouts.walking + (talking[whereabouts.resident] ?? [])
            for (index, act) in own.enumerated() where Self.begins(act, name) {
                let ends = own[(index + 1)...].first { $0.kind == .move || $0.kind == .sleep || Self.begins($0, name) }
                let latest = act.time + run.world.planning.patience
                busy.append(Span(from: act.time, until: min(ends?.time ?? run.until, min(latest, run.until))))
            }
            let waking = whereabouts.waking
            return Row(
                resident: whereabouts.resident, waking: waking.seconds,
                idle: waking.seconds - busy.seconds(within: waking))
        }
    }

    /// Whether somebody turns to something; leaving off talking is an act too, and takes no time.
    private static func begins(_ deed: Occurrence, _ name: String) -> Bool {
        deed.kind == .act && deed.text.hasPrefix("\(name) turns to this: ")
    }
}
