public import Kernel

/// How a piece of news spread among the residents: who knows it, since when, from whom, by which utterance.
///
/// A resident knows the news from the start where the world says so, and otherwise from the first time they remember
/// hearing somebody say it who knew it then, or seeing what says it (an event, an object, somebody who knew it doing
/// something). What they hear at a moment they can pass on only later, or where the memory of it was recalled for their
/// words. An utterance carries the news when it holds its words; see ``World/News/isCarried(by:)``, and ``Claim`` for
/// what stands behind it: what a persona's own description says is no memory.
///
/// - Source: Park et al. 2023, "Generative Agents", section 7.1.1, where residents are asked and the memory they had
///   it from is looked for; here every utterance is followed instead, and nobody is asked.
public struct Diffusion: Hashable, Sendable {
    /// What stands behind an utterance that carries the news.
    public enum Claim: String, Codable, Hashable, Sendable, CaseIterable {
        /// The speaker knew it, and a memory that carries it was recalled for these very words.
        case traced
        /// The speaker knew it and the words are there, but no such memory was recalled for them.
        case worded
        /// The speaker did not know it, but remembers something with its words in it: an unfounded claim passed on.
        case hearsay
        /// The speaker did not know it and remembers nothing of it: hallucinated awareness.
        case unfounded
    }

    public struct Utterance: Hashable, Sendable {
        /// Sequence of the occurrence.
        public var occurrence: Int
        public var time: SimulationTime
        public var speaker: String
        public var claim: Claim
    }

    /// How the news came to somebody.
    public enum Way: String, Codable, Hashable, Sendable, CaseIterable {
        case traced, worded
        /// Seen, not heard.
        case seen
    }

    /// The news reaching somebody.
    public struct Hop: Hashable, Sendable {
        /// Persona id; `nil` for the world's own events, for things seen and for what somebody was told by hand.
        public var from: String?
        public var to: String
        public var time: SimulationTime
        /// Sequence of the utterance or of what was seen; `nil` where nothing was written down.
        public var occurrence: Int?
        public var way: Way
        /// Whether it was said to somebody else.
        public var overheard: Bool
    }

    public struct Point: Hashable, Sendable {
        public var time: SimulationTime
        /// Residents who know it from then on.
        public var knowing: Int
        /// 0...1 of all residents.
        public var share: Double
    }

    public var news: String
    public var residents: Int
    /// Persona ids, sorted, of those who knew it at the start.
    public var started: [String]
    /// The first hop to each resident, by time, occurrence and resident.
    public var hops: [Hop]
    /// Every time it reached somebody, the first time or not, in the same order.
    public var hearings: [Hop]
    /// Those that carry it, by sequence.
    public var utterances: [Utterance]
    /// At the start, whenever another resident knows it, and at the end; empty without residents.
    public var points: [Point]

    /// Those who know it at the end.
    public var knowing: Int { started.count + hops.count }

    public func count(_ claim: Claim) -> Int { utterances.count { $0.claim == claim } }

    /// Of the utterances that carry it, the share with nothing behind them, 0...1.
    public var unfoundedShare: Measured<Double> {
        .share(count(.unfounded), of: utterances.count, else: "nobody said anything that carries the news")
    }

    /// Since when somebody knows it; `nil` where they do not.
    public func since(_ resident: String, start: SimulationTime) -> SimulationTime? {
        started.contains(resident) ? start : hops.first { $0.to == resident }?.time
    }
}
