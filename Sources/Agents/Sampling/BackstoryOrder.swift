internal import Kernel

/// In which order a persona is told the sentences of its backstory: an option to study, since models heed order.
public enum BackstoryOrder: String, Codable, Hashable, Sendable, CaseIterable {
    case asWritten = "as written"
    case reversed
    /// Drawn for each persona by itself, so that over a panel no sentence is always first.
    case shuffled

    /// - Parameters:
    ///   - seed: The panel's.
    ///   - panel: The panel's id.
    ///   - persona: The persona's id; with the other two it names the stream of a shuffle.
    func applied<Sentence>(to sentences: [Sentence], seed: UInt64, panel: String, persona: String) -> [Sentence] {
        switch self {
        case .asWritten: return sentences
        case .reversed: return sentences.reversed()
        case .shuffled:
            var stream = RandomStream(seed: seed, "panel/\(panel)", "order", persona)
            var (left, order): ([Sentence], [Sentence]) = (sentences, [])
            while !left.isEmpty {
                let drawn = min(left.count - 1, Int(stream.unit() * Double(left.count)))
                order.append(left.remove(at: drawn))
            }
            return order
        }
    }
}
