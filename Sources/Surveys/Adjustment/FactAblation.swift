/// Which fact of a persona moves which answer: shares with all facts minus shares without the one.
public struct FactAblation: Codable, Hashable, Sendable {
    public struct Row: Codable, Hashable, Sendable {
        public var fact: Int
        /// By question, then option: what telling the fact adds to the share, -1...1; sums to 0 over options.
        public var effects: [[Double]]
        /// By question: half the summed absolute effect, 0...1 (total variation).
        public var moved: [Double]

        /// Over questions, 0...1.
        public var meanMoved: Double { moved.isEmpty ? 0 : moved.reduce(0, +) / Double(moved.count) }
    }

    /// In the order of telling.
    public var rows: [Row]

    /// The rows, the most moving first; equals in the order of telling.
    public var ranked: [Row] {
        rows.enumerated().sorted { ($1.element.meanMoved, $0.offset) < ($0.element.meanMoved, $1.offset) }.map(\.element)
    }

    /// - Parameters:
    ///   - facts: In the order of telling.
    ///   - answers: Shares by question of a persona that is told these facts.
    /// - Complexity: One call more than there are facts.
    public init(facts: [Int], answers: ([Int]) async throws -> [[Double]]) async throws {
        let whole = try await answers(facts)
        rows = []
        for (place, fact) in facts.enumerated() {
            var rest = facts
            rest.remove(at: place)
            let without = try await answers(rest)
            guard without.map(\.count) == whole.map(\.count) else {
                throw AdjustmentError.misshapen("Without fact \(fact) the answers have another shape")
            }
            rows.append(
                Row(
                    fact: fact, effects: zip(whole, without).map { zip($0, $1).map { $0 - $1 } },
                    moved: zip(whole, without).map(totalVariation)))
        }
    }
}
