/// A figure of a round of a game, by what it is called in ``Game/measured``.
public struct GameFigure: Hashable, Sendable {
    public var name: String
    public var seat: Int
    /// Of `accept`, 1 where the offer was accepted.
    public var value: Double

    /// The figure as somebody's decision, for what is measured of decisions.
    public func answer(to decision: Decision, by subject: String) -> DecidedAnswer {
        var isChoice = false
        if case .choice = decision.kind { isChoice = true }
        return DecidedAnswer(
            subject: subject, decision: name, method: .sample, chosen: isChoice ? (value == 1 ? 0 : 1) : nil,
            numbers: isChoice ? [] : [value], completions: [])
    }
}

extension Game {
    /// What is measured of a game, as decisions that measures can name: `mean offer`, `mean offer share`,
    /// `share accept = accept`, `mean earned`.
    ///
    /// Shares are of the stake, but of what reached them for what trustees return.
    public var measured: [Decision] {
        func whole(_ name: String, _ most: Int) -> Decision {
            Decision(name: name, ask: "", kind: .integer(low: 0, high: most))
        }
        func amount(_ name: String, _ most: Double) -> Decision {
            Decision(name: name, ask: "", kind: .amount(low: 0, high: most))
        }
        func both(_ name: String, _ most: Int) -> [Decision] { [whole(name, most), amount("\(name) share", 1)] }
        let accept = Decision(
            name: "accept", ask: "",
            kind: .choice([.init(name: "accept", text: "accept"), .init(name: "reject", text: "reject")], labels: []))
        let earned = amount("earned", Double(stake) * (1 + multiplier * Double(groupSize)))
        switch kind {
        case .ultimatum:
            return both("offer", stake) + (responses == .strategy ? both("minimum", stake) : []) + [accept, earned]
        case .trust: return both("sent", stake) + both("returned", Int((multiplier * Double(stake)).rounded())) + [earned]
        case .publicGoods: return both("contribution", stake) + [earned]
        }
    }

    /// The figures of a round in a group: one for each seat that has it.
    ///
    /// A round that does not count has none, though what was decided in it is recorded. Nothing is a share of nothing: who
    /// was sent 0 returned no share.
    public func figures(_ round: GamePlay.GroupRound) -> [GameFigure] {
        guard let earned = round.earned else { return [] }
        var figures = earned.enumerated().map { GameFigure(name: "earned", seat: $0.offset, value: $0.element) }
        func add(_ name: String, _ seat: Int, of whole: Int) {
            guard let move = round.moves[seat] else { return }
            figures.append(GameFigure(name: name, seat: seat, value: Double(move)))
            if whole > 0 { figures.append(GameFigure(name: "\(name) share", seat: seat, value: Double(move) / Double(whole))) }
        }
        switch kind {
        case .ultimatum:
            add("offer", 0, of: stake)
            if responses == .strategy { add("minimum", 1, of: stake) }
            if let accepts = accepts(round.moves) { figures.append(GameFigure(name: "accept", seat: 1, value: accepts ? 1 : 0)) }
        case .trust:
            add("sent", 0, of: stake)
            if let sent = round.moves[0], sent > 0 { add("returned", 1, of: Int((multiplier * Double(sent)).rounded())) }
        case .publicGoods: for seat in round.members.indices { add("contribution", seat, of: stake) }
        }
        return figures
    }
}
