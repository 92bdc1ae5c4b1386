public import Kernel

/// Two residents talking, as it was written down: what one says is answered by the other in time.
public struct Conversation: Hashable, Sendable {
    /// Who began it.
    public var first: String
    public var second: String
    public var from: SimulationTime
    /// When the last words were said.
    public var until: SimulationTime
    /// Sequences of the occurrences.
    public var utterances: [Int]

    /// By who spoke first. One utterance that nobody answers is among them, and no conversation.
    ///
    /// An utterance goes on with a conversation when the one last addressed says it to the other no later than
    /// `conversation.reply` after the last words, and `conversation.turns` is not reached.
    ///
    /// - Complexity: O(occurrences).
    public static func all(in run: RecordedRun) -> [Conversation] {
        let settings = run.world.conversation
        var all: [Conversation] = []
        /// The last conversation of each two, and who is to answer.
        var open: [Set<String>: (index: Int, next: String)] = [:]
        for said in run.occurrences where said.kind == .say {
            guard let speaker = said.actor, let other = said.addressee, speaker != other else { continue }
            let pair: Set = [speaker, other]
            if let under = open[pair], under.next == speaker, said.time - all[under.index].until <= settings.reply,
                all[under.index].utterances.count < settings.turns
            {
                all[under.index].until = said.time
                all[under.index].utterances.append(said.sequence)
                open[pair] = (under.index, other)
            } else {
                open[pair] = (all.count, other)
                all.append(
                    Conversation(first: speaker, second: other, from: said.time, until: said.time, utterances: [said.sequence]))
            }
        }
        return all
    }

    /// Whether both spoke.
    public var isAnswered: Bool { utterances.count > 1 }
}
