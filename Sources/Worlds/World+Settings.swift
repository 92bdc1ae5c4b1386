public import Kernel

extension World {
    public struct ConversationSettings: Codable, Hashable, Sendable {
        /// Most utterances in one conversation.
        public var turns: Int
        /// The same two do not begin again before this.
        public var cooldown: TimeSpan

        public init(turns: Int = 8, cooldown: TimeSpan = .hours(2)) {
            self.turns = turns
            self.cooldown = cooldown
        }
    }

    public struct PerceptionSettings: Codable, Hashable, Sendable {
        /// Most occurrences one resident notices at a moment.
        public var attention: Int
        /// Something perceived among the last so many is not perceived anew.
        public var retention: Int

        public init(attention: Int = 8, retention: Int = 5) {
            self.attention = attention
            self.retention = retention
        }
    }
}
