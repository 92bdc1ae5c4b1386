/// Something the subject of an experiment is asked to decide.
///
/// Its texts hold `{variables}` until ``filled(_:)`` puts in those of a cell.
public struct Decision: Codable, Hashable, Sendable {
    /// One thing that can be chosen.
    public struct Option: Codable, Hashable, Sendable {
        /// What measures call it: `left`.
        public var name: String
        /// As it is shown.
        public var text: String
        /// What fills the statement; the label where there are labels, else the text, where `nil`.
        public var fills: String?
        /// What choosing it comes to, in the file's order: `wage` is `{asks}`.
        public var worth: [Worth]

        public init(name: String, text: String, fills: String? = nil, worth: [Worth] = []) {
            (self.name, self.text, self.fills, self.worth) = (name, text, fills, worth)
        }
    }

    public struct Worth: Codable, Hashable, Sendable {
        public var name: String
        /// A number once variables are filled in.
        public var amount: String

        public init(name: String, amount: String) { (self.name, self.amount) = (name, amount) }
    }

    /// A rule that codes free text: the first whose words are in it.
    public struct Code: Codable, Hashable, Sendable {
        public var name: String
        /// Words or phrases, matched whole.
        public var words: [String]

        public init(name: String, words: [String]) { (self.name, self.words) = (name, words) }
    }

    public enum Kind: Codable, Hashable, Sendable {
        /// One of two options or more. Labels belong to places, not to options: when options trade places, labels stay.
        /// Letters where there are none.
        case choice([Option], labels: [String])
        case integer(low: Int, high: Int)
        case amount(low: Double, high: Double)
        /// A whole total, divided between parts.
        case split(total: Int, parts: [String])
        /// Words, coded by rules in their order; what no rule codes is `uncoded`.
        case text([Code])
    }

    /// What measures call it: `give`.
    public var name: String
    /// The question, after the situation.
    public var ask: String
    /// A first-person statement with a gap, `...`, for the answer: `I give ... dollars`. The gap is at its end where none
    /// is written.
    public var say: String?
    public var kind: Kind

    public init(name: String, ask: String, say: String? = nil, kind: Kind) {
        (self.name, self.ask, self.say, self.kind) = (name, ask, say, kind)
    }

    /// What free text that no rule codes is called.
    public static let uncoded = "uncoded"

    /// The answers there are, as measures call them, in the file's order; `nil` for amounts and splits.
    public var outcomes: [String]? {
        switch kind {
        case .choice(let options, _): options.map(\.name)
        case .integer(let low, let high): high - low < 1_000_000 ? (low...high).map(String.init) : nil
        case .text(let codes): codes.map(\.name) + [Self.uncoded]
        case .amount, .split: nil
        }
    }

    /// How many options can trade places: 0 for anything but a choice.
    public var places: Int { if case .choice(let options, _) = kind { options.count } else { 0 } }

    /// The same with variables filled in.
    public func filled(_ variables: [String: String]) -> Decision {
        var decision = self
        decision.ask = Template(ask).filled(variables)
        decision.say = say.map { Template($0).filled(variables) }
        if case .choice(let options, let labels) = kind {
            decision.kind = .choice(
                options.map { option in
                    Option(
                        name: option.name, text: Template(option.text).filled(variables),
                        fills: option.fills.map { Template($0).filled(variables) },
                        worth: option.worth.map {
                            Worth(name: $0.name, amount: Template($0.amount).filled(variables))
                        })
                }, labels: labels)
        }
        return decision
    }

    /// Every text that may hold variables.
    public var templates: [String] {
        var texts = [ask] + (say.map { [$0] } ?? [])
        if case .choice(let options, _) = kind {
            texts += options.flatMap { [$0.text] + ($0.fills.map { [$0] } ?? []) + $0.worth.map(\.amount) }
        }
        return texts
    }
}
