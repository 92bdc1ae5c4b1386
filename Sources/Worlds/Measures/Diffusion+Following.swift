internal import Agents
internal import Kernel

extension Diffusion {
    /// Follows a piece of news through a run.
    ///
    /// - Complexity: O(occurrences + memories + uses) readings of a text, plus sorting.
    public init(of news: World.News, in run: RecordedRun) {
        let start = run.world.clock.starts
        let trail = Trail(news, run)
        let started = run.residents.filter(news.startsWith.contains)
        var known = Dictionary(uniqueKeysWithValues: started.map { ($0, start) })
        func knew(_ resident: String, _ time: SimulationTime) -> Bool {
            news.startsWith.contains(resident) || known[resident].map { $0 < time } ?? false
        }
        let times = Set(trail.said.keys).union(trail.remembered.keys).sorted()
        /// Since when somebody remembers its words, known to be true or not.
        var worded: [String: SimulationTime] = [:]
        var (utterances, hearings, hops): ([Utterance], [Hop], [Hop]) = ([], [], [])
        for time in times {
            let said = Dictionary((trail.said[time] ?? []).map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
            // What nothing was written down of comes first, under 0.
            let noticed = Dictionary(grouping: trail.remembered[time] ?? []) { trail.source(of: $0.memory)?.sequence ?? 0 }
            for sequence in Set(said.keys).union(noticed.keys).sorted() {
                var claim: Claim?
                if let words = said[sequence], let speaker = words.actor {
                    // What was recalled was remembered before, if only a step before at the same moment.
                    let recalled = trail.isRecalled(for: words)
                    let knew = knew(speaker, time) || recalled && known[speaker] != nil
                    let remembered = recalled || worded[speaker].map { $0 < time } ?? false
                    let stands: Claim = knew ? (recalled ? .traced : .worded) : remembered ? .hearsay : .unfounded
                    utterances.append(Utterance(occurrence: sequence, time: time, speaker: speaker, claim: stands))
                    claim = stands
                }
                for (resident, memory) in noticed[sequence] ?? [] {
                    let source = trail.source(of: memory)
                    if source?.actor == resident { continue }
                    if worded[resident] == nil { worded[resident] = time }
                    var hop = Hop(
                        from: source?.actor, to: resident, time: time, occurrence: source?.sequence, way: .seen,
                        overheard: false)
                    switch (memory.kind, source) {
                    case (.utterance, let said?):
                        guard let claim, let way = Way(rawValue: claim.rawValue) else { continue }
                        (hop.way, hop.overheard) = (way, said.addressee != resident)
                    case (.observation, let done?): if let actor = done.actor, !knew(actor, time) { continue }
                    case (.observation, nil): break
                    default: continue
                    }
                    hearings.append(hop)
                    if known[resident] == nil {
                        known[resident] = time
                        hops.append(hop)
                    }
                }
            }
        }
        let count = run.residents.count
        var points: [Point] = []
        func point(_ time: SimulationTime, _ knowing: Int) {
            if points.last?.time == time { points.removeLast() }
            points.append(Point(time: time, knowing: knowing, share: Double(knowing) / Double(count)))
        }
        if count > 0 {
            point(start, started.count)
            for (index, hop) in hops.enumerated() { point(hop.time, started.count + index + 1) }
            point(max(run.until, points.last?.time ?? start), started.count + hops.count)
        }
        self.init(
            news: news.name, residents: count, started: started, hops: hops, hearings: hearings, utterances: utterances,
            points: points)
    }
}

/// What there is to follow: utterances and memories that hold the news' words, and what was recalled for each call.
private struct Trail {
    struct Call: Hashable {
        var persona: String
        var completion: String
        var time: SimulationTime
    }

    struct Text: Hashable {
        var time: SimulationTime
        var text: String
    }

    /// Utterances that carry the news, by moment, by sequence.
    var said: [SimulationTime: [Occurrence]] = [:]
    /// Memories with its words: by moment, by resident and sequence. What somebody thought themselves is left out.
    var remembered: [SimulationTime: [(resident: String, memory: Memory)]] = [:]
    /// Sequences of the memories that carry it or rest on one that does, by resident.
    private var carrying: [String: Set<Int>] = [:]
    private var recalled: [Call: [Int]] = [:]
    /// What was written down, by how those who noticed it remember it.
    private var written: [Text: Occurrence] = [:]

    init(_ news: World.News, _ run: RecordedRun) {
        for occurrence in run.occurrences {
            let told = Self.told(occurrence, run)
            if written[Text(time: occurrence.time, text: told)] == nil {
                written[Text(time: occurrence.time, text: told)] = occurrence
            }
            if occurrence.kind == .say, news.isCarried(by: occurrence.text) {
                said[occurrence.time, default: []].append(occurrence)
            }
        }
        for resident in run.residents {
            for memory in run.memories[resident] ?? [] {
                let holds = news.isCarried(by: Self.content(of: memory))
                if holds || memory.evidence.contains(where: { carrying[resident]?.contains($0) ?? false }) {
                    carrying[resident, default: []].insert(memory.sequence)
                }
                // One's own recap of a talk rests on what was said in it, which is counted where it was said.
                if holds, memory.evidence.isEmpty, [.seed, .observation, .utterance].contains(memory.kind) {
                    remembered[memory.time, default: []].append((resident, memory))
                }
            }
        }
        for use in run.uses {
            guard let persona = use.persona else { continue }
            recalled[Call(persona: persona, completion: use.completion, time: use.time), default: []] +=
                use.recalled.map(\.memory)
        }
    }

    /// Whether a memory of the news was recalled for these words.
    func isRecalled(for said: Occurrence) -> Bool {
        guard let actor = said.actor, let completion = said.completion else { return false }
        let memories = recalled[Call(persona: actor, completion: completion, time: said.time)] ?? []
        return memories.contains { carrying[actor]?.contains($0) ?? false }
    }

    /// What was written down of what somebody remembers.
    func source(of memory: Memory) -> Occurrence? {
        written[Text(time: memory.time, text: memory.text)]
    }

    private static func told(_ occurrence: Occurrence, _ run: RecordedRun) -> String {
        guard occurrence.kind == .say, let actor = occurrence.actor, let addressee = occurrence.addressee else {
            return occurrence.text
        }
        return Simulation.told(occurrence.text, by: run.name(of: actor), to: run.name(of: addressee))
    }

    /// What a memory says: of an utterance only the words, so that the names of those who talked carry nothing.
    private static func content(of memory: Memory) -> String {
        guard memory.kind == .utterance else { return memory.text }
        for mark in [": \"", " talked. "] {
            if let words = memory.text.firstRange(of: mark) { return String(memory.text[words.upperBound...]) }
        }
        return memory.text
    }
}

extension Simulation {
    /// How those who hear it remember an utterance.
    static func told(_ words: String, by speaker: String, to listener: String) -> String {
        "\(speaker) said to \(listener): \"\(words)\""
    }
}
