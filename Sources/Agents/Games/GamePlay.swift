/// One game under way among some players: who decides now, what each has seen, and how it came out.
///
///     var play = GamePlay(game, players: 8, seed: 1)
///     while !play.isOver { play.take(try await decide(play.due)) }
///
/// Everybody who is due decides without knowing of the others: what comes of it depends neither on who answered first nor
/// on how many were asked at once.
public struct GamePlay: Hashable, Sendable {
    /// A player who decides now.
    public struct Turn: Hashable, Sendable {
        public var player: Int
        /// From 1.
        public var round: Int
        /// From 0.
        public var group: Int
        public var seat: Int
        public var role: String
        public var rules: String
        /// What the player saw of the rounds before, a line each.
        public var before: [String]
        public var decision: Decision
    }

    /// A group in one round.
    public struct GroupRound: Codable, Hashable, Sendable {
        /// From 1.
        public var round: Int
        /// From 0; of partners the same people in every round.
        public var group: Int
        /// Players by seat.
        public var members: [Int]
        /// By seat; `nil` where no decision could be read, or none was asked.
        public var moves: [Int?]
        /// By seat; `nil` where the round does not count.
        public var earned: [Double]?
    }

    public let game: Game
    public let players: Int
    public let seed: UInt64
    /// Rounds that are over, in order, then by group.
    public private(set) var rounds: [GroupRound] = []
    private var current: [GroupRound] = []
    private var stage = 0
    /// By player.
    private var seen: [[String]]

    /// - Parameter players: A multiple of the group's size, greater than 0.
    public init(_ game: Game, players: Int, seed: UInt64) {
        (self.game, self.players, self.seed) = (game, players, seed)
        seen = Array(repeating: [], count: players)
        seat(round: 1)
    }

    public var isOver: Bool { current.isEmpty }

    /// Who decides now, by group, then seat; empty once the game is over.
    public var due: [Turn] {
        guard !isOver else { return [] }
        return current.flatMap { group in
            game.stages[stage].compactMap { seat in
                GamePrompts.decision(game, seat: seat, round: group.round, after: group.moves).map {
                    Turn(
                        player: group.members[seat], round: group.round, group: group.group, seat: seat,
                        role: game.role(ofSeat: seat), rules: GamePrompts.rules(game, seat: seat),
                        before: seen[group.members[seat]], decision: $0)
                }
            }
        }
    }

    /// Takes what those who were due decided, in their order, and goes on to whoever is due next.
    ///
    /// - Parameter moves: A whole amount, or the place of an option; `nil` where no decision could be read.
    /// - Precondition: One for each of ``due``, within the bounds that were asked.
    public mutating func take(_ moves: [Int?]) {
        var left = moves[...]
        for place in current.indices {
            for seat in game.stages[stage]
            where GamePrompts.decision(game, seat: seat, round: current[place].round, after: current[place].moves) != nil {
                let move = left.removeFirst()
                let most = game.greatest(ofSeat: seat, after: current[place].moves) ?? 0
                // Of two options the first is to accept, which counts as 1.
                let isChoice = game.kind == .ultimatum && seat == 1 && game.responses == .direct
                current[place].moves[seat] = move.map { isChoice ? 1 - $0 : $0 }
                precondition(move.map { (0...most).contains($0) } != false, "a move within bounds")
            }
        }
        precondition(left.isEmpty, "a move for everybody due and no other")
        stage += 1
        while !isOver && (stage == game.stages.count || due.isEmpty) {
            if stage < game.stages.count { stage += 1 } else { end() }
        }
    }

    /// Everybody sees how the round came out for their group, and nothing of others.
    private mutating func end() {
        let round = current[0].round
        for place in current.indices {
            let group = current[place]
            current[place].earned = game.payoffs(group.moves)
            for (seat, player) in group.members.enumerated() {
                seen[player].append(
                    GamePrompts.line(game, seat: seat, round: round, moves: group.moves, earned: current[place].earned))
            }
        }
        rounds += current
        if round < game.rounds { seat(round: round + 1) } else { current = [] }
    }

    private mutating func seat(round: Int) {
        stage = 0
        current = game.groups(of: players, round: round, seed: seed).enumerated().map { number, members in
            GroupRound(
                round: round, group: number, members: members, moves: Array(repeating: nil, count: members.count))
        }
    }
}
