/// What is read off a decision: `mean give`, `share give >= 3`, `share choice = left`, `mean hire.wage`.
public struct Measure: Codable, Hashable, Sendable {
    public enum Test: String, Codable, Hashable, Sendable, CaseIterable {
        case equal = "=", unequal = "!=", less = "<", atMost = "<=", more = ">", atLeast = ">="
    }

    public struct Condition: Codable, Hashable, Sendable {
        public var test: Test
        /// A number or the name of an outcome.
        public var value: String

        public init(test: Test, value: String) { (self.test, self.value) = (test, value) }
    }

    public var decision: String
    /// What a choice is worth, or a part of a split.
    public var part: String?
    /// Of a share; `nil` for a mean.
    public var condition: Condition?

    public init(decision: String, part: String? = nil, condition: Condition? = nil) {
        (self.decision, self.part, self.condition) = (decision, part, condition)
    }

    /// As files and tables write it.
    public var text: String {
        let what = decision + (part.map { ".\($0)" } ?? "")
        return condition.map { "share \(what) \($0.test.rawValue) \($0.value)" } ?? "mean \(what)"
    }

    public var isShare: Bool { condition != nil }

    /// - Returns: `nil` where the text does not read like a measure.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, words.count > 1 else { return nil }
        func named(_ words: ArraySlice<String>) -> (String, String?) {
            let whole = words.joined(separator: " ")
            guard let dot = whole.lastIndex(of: ".") else { return (whole, nil) }
            return (String(whole[..<dot]), String(whole[whole.index(after: dot)...]))
        }
        switch first {
        case "mean":
            (decision, part) = named(words[1...])
            condition = nil
        case "share":
            guard let place = words.firstIndex(where: { Test(rawValue: $0) != nil }), place > 1, place + 1 < words.count,
                let test = Test(rawValue: words[place])
            else { return nil }
            (decision, part) = named(words[1..<place])
            condition = Condition(test: test, value: words[(place + 1)...].joined(separator: " "))
        default: return nil
        }
        guard !decision.isEmpty, part?.isEmpty != true else { return nil }
    }

    /// What one answer comes to: a number, or the chance that the condition holds.
    ///
    /// - Parameter decision: As it was asked, variables filled in.
    /// - Returns: `nil` where nothing was decided, or the decision has no such figure.
    public func value(_ answer: DecidedAnswer, _ decision: Decision) -> Double? {
        switch decision.kind {
        case .integer where answer.method == .sample: answer.numbers.first.flatMap { number($0) }
        case .choice, .integer, .text: answer.shares(of: decision).flatMap { expectation($0, decision) }
        case .amount: answer.numbers.first.flatMap { number($0) }
        case .split(_, let parts):
            part.flatMap { parts.firstIndex(of: $0) }.flatMap { answer.numbers.indices.contains($0) ? answer.numbers[$0] : nil }
                .flatMap { number($0) }
        }
    }

    /// What answering at random comes to: every outcome equally likely, an amount in the middle, equal parts.
    ///
    /// - Returns: `nil` for shares of amounts and splits, which depend on how fine one draws, and of very
    ///   many whole numbers.
    public func uniform(_ decision: Decision) -> Double? {
        switch decision.kind {
        case .choice(let options, _): expectation(Array(repeating: 1 / Double(options.count), count: options.count), decision)
        case .integer(let low, let high):
            if !isShare { (Double(low) + Double(high)) / 2 } else if high - low > 10_000 { nil } else {
                (low...high).reduce(0.0) { $0 + (number(Double($1)) ?? 0) } / Double(high - low + 1)
            }
        case .amount(let low, let high): isShare ? nil : (low + high) / 2
        case .split(let total, let parts): isShare ? nil : Double(total) / Double(parts.count)
        case .text: nil
        }
    }

    /// Why a decision has no such figure, as the end of a sentence; `nil` where it has.
    public func obstacle(_ decision: Decision) -> String? {
        switch decision.kind {
        case .choice(let options, _):
            if let part {
                let lacking = options.first { option in !option.worth.contains { $0.name == part } }
                if let lacking { return "its option '\(lacking.name)' has no '\(part)' in 'worth'" }
                return nil
            }
            return named(options.map(\.name))
        case .text(let codes): return part == nil ? named(codes.map(\.name) + [Decision.uncoded]) : "text has no parts"
        case .integer: return part == nil ? numeric : "a number has no parts"
        case .amount: return part == nil ? numeric : "a number has no parts"
        case .split(_, let parts):
            guard let part, parts.contains(part) else {
                return "a split is measured by its parts: " + parts.map { "\(self.decision).\($0)" }.joined(separator: ", ")
            }
            return numeric
        }
    }

    private var numeric: String? {
        condition.flatMap { Double($0.value) == nil ? "'\($0.value)' is no number" : nil }
    }

    private func named(_ names: [String]) -> String? {
        guard let condition else {
            return names.allSatisfy { Double($0) != nil } ? nil : "its outcomes are no numbers, so they have no mean"
        }
        if [.equal, .unequal].contains(condition.test) {
            return names.contains(condition.value) ? nil
                : "it has no outcome '\(condition.value)'; it has \(names.joined(separator: ", "))"
        }
        return names.allSatisfy { Double($0) != nil } ? numeric : "its outcomes are no numbers, so they cannot be ordered"
    }

    private func expectation(_ shares: [Double], _ decision: Decision) -> Double? {
        guard let outcomes = decision.outcomes, outcomes.count == shares.count else { return nil }
        var sum = 0.0
        for (place, share) in shares.enumerated() where share > 0 {
            guard let value = value(place, outcomes[place], decision) else { return nil }
            sum += share * value
        }
        return sum
    }

    private func value(_ place: Int, _ outcome: String, _ decision: Decision) -> Double? {
        if let part {
            guard case .choice(let options, _) = decision.kind else { return nil }
            return options[place].worth.first { $0.name == part }.flatMap { Double($0.amount) }.flatMap { number($0) }
        }
        if let condition, Double(outcome) == nil || Double(condition.value) == nil {
            return (outcome == condition.value) == (condition.test == .equal) ? 1 : 0
        }
        return Double(outcome).flatMap { number($0) }
    }

    /// The number itself, or 1 or 0 by the condition.
    private func number(_ value: Double) -> Double? {
        guard let condition else { return value }
        guard let bound = Double(condition.value) else { return nil }
        let holds =
            switch condition.test {
            case .equal: value == bound
            case .unequal: value != bound
            case .less: value < bound
            case .atMost: value <= bound
            case .more: value > bound
            case .atLeast: value >= bound
            }
        return holds ? 1 : 0
    }
}
