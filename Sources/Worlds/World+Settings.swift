public import Kernel

extension World {
    public struct ConversationSettings: Codable, Hashable, Sendable {
        /// Most utterances in one conversation.
        public var turns: Int
        /// The same two do not begin again before this.
        public var cooldown: TimeSpan
        /// Most conversations that one resident begins in a day.
        public var begins: Int
        /// Utterances before somebody asks themselves whether to go on talking.
        public var polite: Int
        /// Until the other answers.
        public var reply: TimeSpan
        /// Whether both put into their own words afterwards what was said and what it means for their plans.
        public var recap: Bool

        public init(
            turns: Int = 8, cooldown: TimeSpan = .hours(2), begins: Int = 2, polite: Int = 4,
            reply: TimeSpan = .minutes(1), recap: Bool = true
        ) {
            self.turns = turns
            self.cooldown = cooldown
            self.begins = begins
            self.polite = polite
            self.reply = reply
            self.recap = recap
        }
    }

    public struct PerceptionSettings: Codable, Hashable, Sendable {
        /// Most occurrences one resident notices at a moment.
        public var attention: Int
        /// Something perceived among the last so many is not perceived anew.
        public var retention: Int
        /// Importance, 1...10, from which something perceived interrupts; 5.5 is a memory without content.
        public var matters: Double

        public init(attention: Int = 8, retention: Int = 5, matters: Double = 6.5) {
            self.attention = attention
            self.retention = retention
            self.matters = matters
        }
    }

    public struct PlanningSettings: Codable, Hashable, Sendable {
        /// How finely the present is planned: the day in broad strokes, the hours of a stroke as it begins, or the
        /// minutes of an hour as it begins.
        public enum Detail: String, Codable, Hashable, Sendable, CaseIterable {
            case day, hours, minutes
        }

        public var detail: Detail
        /// Longest time without deciding anew.
        public var patience: TimeSpan
        /// How many places somebody plans with: the nearest to where they are, and their home.
        public var nearby: Int

        public init(detail: Detail = .minutes, patience: TimeSpan = .hours(2), nearby: Int = 50) {
            self.detail = detail
            self.patience = patience
            self.nearby = nearby
        }
    }

    /// Part of the mind that a run does without, to see what it is good for.
    ///
    /// - Source: Park et al. 2023, "Generative Agents", section 6.
    public enum Ablation: String, Codable, Hashable, Sendable, CaseIterable {
        /// Nobody reflects.
        case reflection
        /// Nobody plans; they choose among what is possible.
        case planning
        /// Nobody remembers what they perceive.
        case observation
    }

    /// A piece of news whose spread is measured.
    public struct News: Codable, Hashable, Sendable {
        public struct Gathering: Codable, Hashable, Sendable {
            public var place: String
            public var from: SimulationTime
            public var until: SimulationTime

            public init(place: String, from: SimulationTime, until: SimulationTime) {
                self.place = place
                self.from = from
                self.until = until
            }
        }

        public var name: String
        public var about: String
        /// Persona ids of those who know it at the start.
        public var startsWith: [String]
        /// A text can carry the news when it holds one word of every list, whatever their case.
        public var words: [[String]]
        public var gathering: Gathering?

        public init(name: String, about: String, startsWith: [String], words: [[String]], gathering: Gathering? = nil) {
            self.name = name
            self.about = about
            self.startsWith = startsWith
            self.words = words
            self.gathering = gathering
        }
    }

    /// A way to another place.
    public struct Way: Codable, Hashable, Sendable, ExpressibleByStringLiteral {
        public var to: String
        /// Walking time; a grain where `nil`.
        public var takes: TimeSpan?

        public init(to: String, takes: TimeSpan? = nil) {
            self.to = to
            self.takes = takes
        }

        public init(stringLiteral to: String) { self.init(to: to) }
    }
}
