import Agents
import Files
import Reports
import Surveys

/// What happened round by round in the games of an experiment.
struct GameTables {
    let record: ExperimentRecord
    let games: GameSession

    /// Figures that are shown by round: shares, which games of any stake have in common, and acceptance.
    private var measures: [Measure] {
        var seen: Set<String> = []
        return games.tables.flatMap { $0.play.game.measured }.compactMap { decision in
            guard seen.insert(decision.name).inserted else { return nil }
            if case .choice(let options, _) = decision.kind {
                return Measure(decision: decision.name, condition: .init(test: .equal, value: options[0].name))
            }
            return decision.name.hasSuffix(" share") || decision.name == "earned" ? Measure(decision: decision.name) : nil
        }
    }

    /// One mean of a cell in a round, `nil` where the round counted for nobody.
    struct Point: Hashable {
        var round: Int
        /// By place of the record's cells.
        var means: [ClusteredMean?]
    }

    func points(_ measure: Measure) -> [Point] {
        let rounds = games.tables.map(\.play.game.rounds).max() ?? 0
        return (0..<rounds).map { place in
            let found = Dictionary(
                grouping: record.observations(measure, in: games, round: place + 1, apart: true), by: \.cell)
            return Point(
                round: place + 1,
                means: record.cells.indices.map { cell in
                    let own = found[cell] ?? []
                    return clusteredMean(own.map(\.value), clusters: own.map(\.subject))
                })
        }
    }

    /// Tables of several rounds, three cells abreast; none where there is one round.
    var sections: [ReplicationResult.Section] {
        guard games.tables.contains(where: { $0.play.game.rounds > 1 }) else { return [] }
        return measures.flatMap { measure -> [ReplicationResult.Section] in
            let points = points(measure)
            return stride(from: 0, to: record.cells.count, by: 3).map { first in
                let cells = first..<min(record.cells.count, first + 3)
                return ReplicationResult.Section(
                    title: "\(measure.text), round by round",
                    columns: ["round"] + cells.flatMap { [record.cells[$0].label.isEmpty ? "all" : record.cells[$0].label, "95%"] },
                    rows: points.map { point in
                        [.count(point.round)] + cells.flatMap { cell -> [TerminalTable.Cell] in
                            let mean = point.means[cell]
                            return [.number(mean?.mean, decimals: 2), between(mean?.low, mean?.high)]
                        }
                    }, note: nil)
            }
        }
    }

    /// Who played, in how many independent lots, and what did not count.
    var notes: [String] {
        let lots = Set(games.lots()).count
        let rounds = games.tables.flatMap { $0.play.rounds }
        let void = rounds.count { $0.earned == nil }
        var notes = [
            "\(counted(games.players.count, "player")): errors go by those who met in the arm, not by players"
                + (record.cells.count > 1 ? "; differences go by \(counted(lots, "lot")) of players who met in some arm." : ".")
        ]
        if void > 0 {
            notes.append("\(void) of \(counted(rounds.count, "group round")) did not count, since somebody made no valid decision.")
        }
        return notes
    }
}
