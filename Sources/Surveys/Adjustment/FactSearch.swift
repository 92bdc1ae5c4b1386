/// A greedy search for the facts to tell of a persona, and their order.
///
/// Each round scores every list one edit away (a fact added at the end, removed, or moved one place forward) and takes
/// the best, until none gains enough or the budget is spent. A fact whose removal costs nothing goes. The same list is
/// never scored twice.
public struct FactSearch: Hashable, Sendable {
    public enum Edit: Codable, Hashable, Sendable {
        case add(Int)
        case remove(Int)
        /// Told one place earlier.
        case moveForward(Int)
    }

    public struct Step: Codable, Hashable, Sendable {
        public var edit: Edit
        public var facts: [Int]
        public var score: Double
    }

    public struct Outcome: Codable, Hashable, Sendable {
        /// Numbers of facts, in the order of telling.
        public var facts: [Int]
        public var score: Double
        public var startScore: Double
        public var steps: [Step]
        /// Lists scored.
        public var tried: Int
        /// Whether the budget ended the search before it had run out of edits.
        public var budgetSpent: Bool
    }

    /// Candidates are numbered 0..<count.
    public var count: Int
    /// Lists to score at most, 1 or more.
    public var budget: Int
    /// What an addition or a move must add to the score, 0 or more.
    public var minimumGain: Double
    /// Facts told at most; `nil` for no limit.
    public var longest: Int?

    public init(count: Int, budget: Int, minimumGain: Double = 1e-9, longest: Int? = nil) {
        self.count = count
        self.budget = budget
        self.minimumGain = minimumGain
        self.longest = longest
    }

    /// - Parameters:
    ///   - start: The unsearched persona's facts.
    ///   - score: Of a list of facts; larger is better. Score on calibration answers only.
    /// - Complexity: O(steps x (count + length)) scores.
    public func run(
        from start: [Int], score: ([Int]) async throws -> Double
    ) async throws -> Outcome {
        var known: [[Int]: Double] = [:]
        let first = try await score(start)
        known[start] = first
        var outcome = Outcome(
            facts: start, score: first, startScore: first, steps: [], tried: 1, budgetSpent: false)
        while !outcome.budgetSpent {
            var best: Step?
            for (edit, facts) in edits(outcome.facts) {
                let value: Double
                if let old = known[facts] {
                    value = old
                } else {
                    guard outcome.tried < budget else {
                        outcome.budgetSpent = true
                        break
                    }
                    value = try await score(facts)
                    known[facts] = value
                    outcome.tried += 1
                }
                let gains = if case .remove = edit { value >= outcome.score } else { value > outcome.score + minimumGain }
                if gains, value > best?.score ?? -.infinity {
                    best = Step(edit: edit, facts: facts, score: value)
                }
            }
            guard let best else { break }
            outcome.steps.append(best)
            (outcome.facts, outcome.score) = (best.facts, best.score)
        }
        return outcome
    }

    /// One edit away, in the order in which equals win: removals (shorter is better), additions, moves.
    func edits(_ facts: [Int]) -> [(edit: Edit, facts: [Int])] {
        var edits: [(edit: Edit, facts: [Int])] = []
        for place in facts.indices {
            var shorter = facts
            shorter.remove(at: place)
            edits.append((.remove(facts[place]), shorter))
        }
        if facts.count < longest ?? .max {
            for fact in 0..<count where !facts.contains(fact) { edits.append((.add(fact), facts + [fact])) }
        }
        for place in facts.indices.dropFirst() {
            var moved = facts
            moved.swapAt(place - 1, place)
            edits.append((.moveForward(facts[place]), moved))
        }
        return edits
    }
}
