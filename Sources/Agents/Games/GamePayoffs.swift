extension Game {
    /// What each seat earns in a round, in units of the stake.
    ///
    /// Ultimatum: (stake - offer, offer) where the offer is accepted, else (0, 0). Trust, with both endowed with the
    /// stake: (stake - sent + returned, stake + multiplier sent - returned). Public goods: stake - contribution +
    /// multiplier (sum of contributions) / group.
    ///
    /// - Parameter moves: By seat; of an ultimatum's responder 1 (accept) or 0 (reject), or by `strategy` the least that is
    ///   accepted; of a trustee who was sent nothing `nil`.
    /// - Returns: `nil` where a move that the round needs was not made.
    /// - Source: Güth, Schmittberger and Schwarze 1982, doi:10.1016/0167-2681(82)90011-7; Berg, Dickhaut and McCabe 1995,
    ///   doi:10.1006/game.1995.1027; Isaac and Walker 1988, doi:10.2307/1882648.
    public func payoffs(_ moves: [Int?]) -> [Double]? {
        switch kind {
        case .ultimatum:
            guard let offer = moves[0], let accepts = accepts(moves) else { return nil }
            return accepts ? [Double(stake - offer), Double(offer)] : [0, 0]
        case .trust:
            guard let sent = moves[0], let returned = sent == 0 ? 0 : moves[1] else { return nil }
            return [Double(stake - sent + returned), Double(stake) + multiplier * Double(sent) - Double(returned)]
        case .publicGoods:
            let made = moves.compactMap { $0 }
            guard made.count == moves.count else { return nil }
            let each = multiplier * Double(made.reduce(0, +)) / Double(moves.count)
            return made.map { Double(stake - $0) + each }
        }
    }

    /// Whether an ultimatum's offer is accepted; `nil` where somebody has not moved.
    public func accepts(_ moves: [Int?]) -> Bool? {
        guard kind == .ultimatum, let offer = moves[0], let answer = moves[1] else { return nil }
        return responses == .direct ? answer == 1 : offer >= answer
    }

    /// The greatest whole amount that a seat may name, given what was done before; `nil` where it is not asked at all.
    func greatest(ofSeat seat: Int, after moves: [Int?]) -> Int? {
        switch kind {
        case .ultimatum: seat == 0 ? stake : responses == .strategy ? stake : moves[0].map { _ in 1 }
        case .trust:
            seat == 0 ? stake : moves[0].flatMap { $0 > 0 ? Int((multiplier * Double($0)).rounded()) : nil }
        case .publicGoods: stake
        }
    }
}
