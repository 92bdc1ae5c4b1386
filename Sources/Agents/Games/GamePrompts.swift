/// What players of a game are told: functions of the rules and of what a player could see.
///
/// The rules stay the same from round to round and what happened is appended, so that rounds share their beginning.
enum GamePrompts {
    /// The rules as one seat is told them.
    static func rules(_ game: Game, seat: Int) -> String {
        let all = game.amount(game.stake)
        var lines: [String] = []
        switch game.kind {
        case .ultimatum:
            let role = seat == 0
                ? "You are the one who proposes: you say how many of the \(all) the other person gets, and keep the rest."
                : "You are the one who responds: the other person says how many of the \(all) you get, and keeps the rest."
            let other = seat == 0 ? "The other person accepts or rejects this." : "You accept or reject this."
            lines.append(
                "You are paired with another person. \(all) are to be divided between the two of you. \(role) \(other) "
                    + "If it is accepted, both get what was proposed; if it is rejected, both get nothing.")
        case .trust:
            let times = decimal(game.multiplier)
            lines.append(
                seat == 0
                    ? "You are paired with another person. Both of you have been given \(all). You may send any part of yours "
                        + "to the other person. What you send is multiplied by \(times) before it reaches them. They may then "
                        + "send any part of what reached them back to you, and keep the rest."
                    : "You are paired with another person. Both of you have been given \(all). The other person may send any "
                        + "part of theirs to you. What they send is multiplied by \(times) before it reaches you. You may then "
                        + "send any part of what reached you back to them, and keep the rest.")
        case .publicGoods:
            lines.append(
                "You are in a group of \(game.groupSize) people. Everybody is given \(all)\(game.rounds > 1 ? " in every round" : "") "
                    + "and decides, at the same time as the others, how many of them to put into a common pot; the rest is "
                    + "kept. What is in the pot is multiplied by \(decimal(game.multiplier)) and divided equally among all "
                    + "\(game.groupSize), whatever each put in.")
        }
        if game.rounds > 1 {
            let met =
                switch (game.kind, game.matching) {
                case (.publicGoods, .partners): "The group stays the same."
                case (.publicGoods, .strangers): "The group is drawn anew in every round."
                case (_, .partners): "You stay paired with the same person."
                case (_, .strangers): "You are paired with another person in every round."
                }
            lines.append("There are \(game.rounds) rounds. \(met)")
        }
        return lines.joined(separator: "\n")
    }

    /// What a seat is asked, given what was done before it in the round.
    static func decision(_ game: Game, seat: Int, round: Int, after moves: [Int?]) -> Decision? {
        guard let most = game.greatest(ofSeat: seat, after: moves) else { return nil }
        let opening = game.rounds > 1 ? "Round \(round) of \(game.rounds). " : ""
        let name = game.decisionName(ofSeat: seat)
        func whole(_ ask: String, _ say: String) -> Decision {
            Decision(name: name, ask: opening + ask, say: say, kind: .integer(low: 0, high: most))
        }
        let unit = game.unit
        switch (game.kind, seat) {
        case (.ultimatum, 0):
            return whole("How many \(unit) do you offer the other person?", "I offer the other person ... \(unit)")
        case (.ultimatum, _):
            if game.responses == .strategy {
                return whole(
                    "What is the smallest number of \(unit) that you would accept?", "The least I would accept is ... \(unit)")
            }
            let offer = moves[0] ?? 0
            return Decision(
                name: name,
                ask: opening
                    + "The other person offers you \(game.amount(offer)) and would keep \(game.amount(game.stake - offer)). "
                    + "Do you accept or reject this?",
                say: "I ... this offer",
                kind: .choice([.init(name: "accept", text: "accept"), .init(name: "reject", text: "reject")], labels: []))
        case (.trust, 0):
            return whole("How many \(unit) do you send?", "I send ... \(unit)")
        case (.trust, _):
            let sent = moves[0] ?? 0
            return whole(
                "The other person sent \(game.amount(sent)), so that \(game.amount(most)) reached you. How many \(unit) do you "
                    + "send back?", "I send back ... \(unit)")
        case (.publicGoods, _):
            return whole("How many \(unit) do you put into the pot?", "I put ... \(unit) into the pot")
        }
    }

    /// What a seat saw of a round that is over, in one line.
    static func line(_ game: Game, seat: Int, round: Int, moves: [Int?], earned: [Double]?) -> String {
        let opening = "Round \(round): "
        guard let earned else { return opening + "it did not count, since somebody made no valid decision." }
        let end = "; you earned \(decimal(earned[seat]))."
        switch game.kind {
        case .ultimatum:
            let offer = moves[0] ?? 0
            let accepted = game.accepts(moves) == true
            return seat == 0
                ? opening + "you offered \(offer) of \(game.amount(game.stake)); the other person \(accepted ? "accepted" : "rejected")" + end
                : opening + "the other person offered you \(offer) of \(game.amount(game.stake)); "
                    + (game.responses == .strategy ? "your least was \(moves[1] ?? 0)" : "you \(accepted ? "accepted" : "rejected")") + end
        case .trust:
            let sent = moves[0] ?? 0
            let became = Int((game.multiplier * Double(sent)).rounded())
            let returned = moves[1] ?? 0
            if sent == 0 { return opening + (seat == 0 ? "you sent nothing" : "the other person sent nothing") + end }
            return seat == 0
                ? opening + "you sent \(sent), which became \(became); the other person sent back \(returned)" + end
                : opening + "the other person sent \(sent), which became \(became); you sent back \(returned)" + end
        case .publicGoods:
            let others = moves.indices.filter { $0 != seat }.map { String(moves[$0] ?? 0) }
            let list = others.count < 2 ? others.joined() : others.dropLast().joined(separator: ", ") + " and \(others[others.count - 1])"
            return opening + "you put in \(moves[seat] ?? 0), the \(others.count == 1 ? "other" : "others") \(list)" + end
        }
    }

    /// At most two decimals, none where there are none: `24`, `13.6`.
    static func decimal(_ number: Double) -> String {
        let cents = Int((number * 100).rounded())
        let (whole, part) = (abs(cents) / 100, abs(cents) % 100)
        let sign = cents < 0 ? "-" : ""
        guard part > 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole)." + (part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)")
    }
}

extension Game {
    /// `10 dollars`, `1 dollar`.
    func amount(_ number: Int) -> String {
        number == 1 && unit.count > 1 && unit.hasSuffix("s") ? "1 \(unit.dropLast())" : "\(number) \(unit)"
    }
}

extension Game {
    /// Every decision of a round as the first to be asked would hear it, with the most that could be named.
    public var asked: [Decision] {
        let most: [Int?] = Array(repeating: stake, count: groupSize)
        let seats = kind == .publicGoods ? [0] : Array(0..<groupSize)
        return seats.compactMap { GamePrompts.decision(self, seat: $0, round: 1, after: most) }
    }

    /// How many decisions there are at most.
    public func moves(of players: Int) -> Int { players * rounds }
}
