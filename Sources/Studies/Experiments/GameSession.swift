import Agents
import Files
import Kernel
import Results
import Worlds

/// The games of an experiment, one for each cell and repetition, played side by side: everybody who is due in any of
/// them decides at the same time.
struct GameSession: Sendable {
    struct Table: Sendable {
        var cell: Experiment.Cell
        var repetition: Int
        var play: GamePlay
    }

    /// A decision with who made it where.
    struct Move: Sendable {
        /// Place in `tables`.
        var table: Int
        var turn: GamePlay.Turn
        var answer: DecidedAnswer
    }

    /// Ids of the players, the same at every table.
    let players: [String]
    private(set) var tables: [Table]
    /// In the order of the stages, then tables, groups and seats: the order in which they are recorded.
    private(set) var moves: [Move] = []

    /// - Throws: ``StudyError`` where the players do not make whole groups.
    init(
        _ rules: GameRules, cells: [Experiment.Cell], players: [String], repeats: Int, seed: UInt64
    ) throws {
        self.players = players
        tables = try cells.flatMap { cell in
            let game: Game
            do throws(GameRules.Mistake) { game = try rules.game(cell.variables) } catch { throw StudyError.usage(error.message) }
            guard !players.isEmpty, players.count % game.groupSize == 0 else {
                throw StudyError.usage(
                    "\(counted(players.count, "player")) cannot be seated in groups of \(game.groupSize); give another number of 'sessions'")
            }
            let play = GamePlay(game, players: players.count, seed: seed)
            return (0..<repeats).map { Table(cell: cell, repetition: $0, play: play) }
        }
    }

    /// Decisions at most.
    var most: Int { tables.reduce(0) { $0 + $1.play.game.moves(of: $1.play.players) } }

    var isOver: Bool { tables.allSatisfy(\.play.isOver) }

    /// Everybody due, in order, with the table they sit at.
    var due: [(table: Int, turn: GamePlay.Turn)] {
        tables.indices.flatMap { table in tables[table].play.due.map { (table, $0) } }
    }

    /// Asks everybody due, and goes on to who is due then.
    ///
    /// - Returns: The memories that came to mind.
    mutating func step(
        jobs: Int, decide: @escaping @Sendable (_ table: Int, _ turn: GamePlay.Turn) async throws -> DecisionTable.Made
    ) async throws -> [Use] {
        let due = due
        let made = try await concurrently(due, jobs: jobs) { try await decide($0.table, $0.turn) }
        var taken: [[Int?]] = tables.map { _ in [] }
        for (place, one) in zip(due, made) {
            moves.append(Move(table: place.table, turn: place.turn, answer: one.answer))
            taken[place.table].append(one.answer.move(in: place.turn.decision))
        }
        for table in tables.indices where !taken[table].isEmpty { tables[table].play.take(taken[table]) }
        return made.flatMap(\.uses)
    }

    /// What was decided, with the groups and what everybody earned.
    var recorded: [RecordedDecision] {
        moves.map { move in
            let table = tables[move.table]
            let round = table.play.rounds.first { $0.round == move.turn.round && $0.group == move.turn.group }
            return RecordedDecision(
                cell: table.cell.number, answer: move.answer, group: move.turn.group,
                payoff: round?.earned?[move.turn.seat])
        }
    }

    /// Plays recorded decisions again, without anybody being asked.
    ///
    /// - Throws: ``StudyError`` where the decisions are not those of these games.
    mutating func replay(_ decisions: [RecordedDecision]) throws {
        var left = decisions[...]
        while !isOver {
            var made: [[Int?]] = tables.map { _ in [] }
            for (table, turn) in due {
                guard let next = left.popFirst(), next.cell == tables[table].cell.number,
                    next.answer.subject == players[turn.player], next.answer.decision == turn.decision.name,
                    next.answer.round == turn.round
                else { throw StudyError.stopped("the recorded decisions are not those of this game", resume: nil) }
                made[table].append(next.answer.move(in: turn.decision))
            }
            for table in tables.indices where !made[table].isEmpty { tables[table].play.take(made[table]) }
        }
    }

    /// Which players have to do with each other, directly or through others: only such lots are independent of each other.
    ///
    /// - Parameter cell: Of the tables of one cell alone; of all, where cells are compared, where `nil`.
    /// - Returns: By player, the least of the players in the lot.
    func lots(inCell cell: Int? = nil) -> [Int] {
        var lot = Array(players.indices)
        func root(_ player: Int) -> Int {
            var player = player
            while lot[player] != player { player = lot[player] }
            return player
        }
        for table in tables where cell == nil || table.cell.number == cell {
            for round in table.play.rounds {
                for member in round.members.dropFirst() {
                    let (a, b) = (root(round.members[0]), root(member))
                    lot[max(a, b)] = min(a, b)
                }
            }
        }
        return players.indices.map(root)
    }
}
