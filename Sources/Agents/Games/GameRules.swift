/// The rules of a game as a file writes them: values may hold `{variables}` that differ between cells.
public struct GameRules: Codable, Hashable, Sendable {
    /// What a rule is called in a file.
    public enum Key: String, Codable, Hashable, Sendable, CaseIterable {
        case stake, multiplier, group, rounds, matching, pool, responses, unit

        /// Whether a game has such a rule.
        public func applies(to kind: Game.Kind) -> Bool {
            switch self {
            case .stake, .rounds, .matching, .pool, .unit: true
            case .multiplier: kind != .ultimatum
            case .group: kind == .publicGoods
            case .responses: kind == .ultimatum
            }
        }
    }

    public struct Rule: Codable, Hashable, Sendable {
        public var key: Key
        /// As written: `20`, `{rounds}`.
        public var text: String

        public init(key: Key, text: String) { (self.key, self.text) = (key, text) }
    }

    /// A rule that cannot be played.
    public struct Mistake: Error, Hashable, Sendable {
        public var key: Key
        /// `'many' is no whole number from 1 to 100`.
        public var message: String
    }

    public var kind: Game.Kind
    /// All that the game has, in the order of the keys.
    public var rules: [Rule]

    /// - Parameter given: As written; the rest is as usual in the game.
    public init(kind: Game.Kind, given: [Key: String]) {
        self.kind = kind
        let usual = Game(kind: kind)
        rules = Key.allCases.filter { $0.applies(to: kind) }.map { key in
            let text =
                switch key {
                case .stake: String(usual.stake)
                case .multiplier: GamePrompts.decimal(usual.multiplier)
                case .group: String(usual.groupSize)
                case .rounds: String(usual.rounds)
                case .matching: usual.matching.rawValue
                case .pool: String(usual.pool)
                case .responses: usual.responses.rawValue
                case .unit: usual.unit
                }
            return Rule(key: key, text: given[key] ?? text)
        }
    }

    /// The game of a cell.
    public func game(_ variables: [String: String]) throws(Mistake) -> Game {
        var game = Game(kind: kind)
        for rule in rules {
            let text = Template(rule.text).filled(variables)
            func wrong(_ what: String) -> Mistake { Mistake(key: rule.key, message: "'\(text)' is \(what)") }
            func whole(_ range: ClosedRange<Int>) throws(Mistake) -> Int {
                guard let number = Int(text), range.contains(number) else {
                    throw wrong("no whole number from \(range.lowerBound) to \(range.upperBound)")
                }
                return number
            }
            switch rule.key {
            case .stake: game.stake = try whole(1...Self.greatestStake)
            case .rounds: game.rounds = try whole(1...100)
            case .group: game.groupSize = try whole(2...100)
            case .pool: game.pool = try whole(1...1000)
            case .multiplier:
                guard let number = Double(text), number > 0, number <= 100 else { throw wrong("no number from 0 to 100") }
                guard kind != .trust || number == number.rounded() else {
                    throw wrong("not whole, so that what is sent would not stay whole")
                }
                game.multiplier = number
            case .matching:
                guard let matching = Game.Matching(rawValue: text) else { throw wrong("neither 'partners' nor 'strangers'") }
                game.matching = matching
            case .responses:
                guard let responses = Game.Responses(rawValue: text) else { throw wrong("neither 'direct' nor 'strategy'") }
                game.responses = responses
            case .unit:
                guard text.contains(where: \.isLetter) else { throw wrong("no word for what is played for") }
                game.unit = text
            }
        }
        if kind == .trust, Double(game.stake) * game.multiplier > Double(Self.greatestStake) {
            throw Mistake(key: .multiplier, message: "more than \(Self.greatestStake) could be sent back")
        }
        return game
    }

    /// Every whole amount up to it is scored, one by one.
    public static let greatestStake = 200
}
