/// A game of stages between players: its rules, with nobody in them yet.
public struct Game: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// One proposes how to divide the stake, the other accepts or nobody gets anything.
        case ultimatum
        /// One sends part of an endowment, which is multiplied; the other sends part of that back.
        case trust
        /// All put parts of their endowments into a pot, which is multiplied and divided equally.
        case publicGoods = "public goods"
    }

    /// Who meets whom from round to round.
    public enum Matching: String, Codable, Hashable, Sendable, CaseIterable {
        case partners, strangers
    }

    /// How responders to an ultimatum answer: the offer that was made, or beforehand with the least they would accept.
    public enum Responses: String, Codable, Hashable, Sendable, CaseIterable {
        case direct, strategy
    }

    public var kind: Kind
    /// What is divided in an ultimatum, else what each player is given in every round; at least 1.
    public var stake: Int
    /// What is sent or put in is multiplied by it; whole for trust, so that amounts stay whole.
    public var multiplier: Double
    /// 2 but for public goods.
    public var groupSize: Int
    /// At least 1.
    public var rounds: Int
    public var matching: Matching
    /// Groups that strangers are drawn from, at least 1: who is in other pools is never met.
    public var pool: Int
    public var responses: Responses
    /// In the plural: `dollars`.
    public var unit: String

    public init(
        kind: Kind, stake: Int? = nil, multiplier: Double? = nil, groupSize: Int? = nil, rounds: Int? = nil,
        matching: Matching? = nil, pool: Int? = nil, responses: Responses = .direct, unit: String = "points"
    ) {
        self.kind = kind
        self.stake = stake ?? (kind == .publicGoods ? 20 : 10)
        self.multiplier = multiplier ?? (kind == .publicGoods ? 1.6 : kind == .trust ? 3 : 1)
        self.groupSize = groupSize ?? (kind == .publicGoods ? 4 : 2)
        self.rounds = rounds ?? (kind == .publicGoods ? 10 : 1)
        self.matching = matching ?? (kind == .publicGoods ? .partners : .strangers)
        self.pool = pool ?? (kind == .publicGoods ? 2 : 4)
        (self.responses, self.unit) = (responses, unit)
    }

    /// What somebody does in it, by seat.
    public func role(ofSeat seat: Int) -> String {
        switch kind {
        case .ultimatum: seat == 0 ? "proposer" : "responder"
        case .trust: seat == 0 ? "sender" : "trustee"
        case .publicGoods: "member"
        }
    }

    /// What the move of a seat is called.
    public func decisionName(ofSeat seat: Int) -> String {
        switch kind {
        case .ultimatum: seat == 0 ? "offer" : responses == .direct ? "accept" : "minimum"
        case .trust: seat == 0 ? "sent" : "returned"
        case .publicGoods: "contribution"
        }
    }

    /// Seats that move at the same time, stage after stage.
    public var stages: [[Int]] {
        switch kind {
        case .ultimatum: responses == .direct ? [[0], [1]] : [[0, 1]]
        case .trust: [[0], [1]]
        case .publicGoods: [Array(0..<groupSize)]
        }
    }
}
