import Agents
import Files

extension ExperimentRecord {
    /// Values of a measure in the games, round after round; the subject is the lot of players that an outcome hangs on, so
    /// that errors and pairs go by lots.
    ///
    /// - Parameters:
    ///   - round: Of one round alone; of all where `nil`.
    ///   - apart: Whether each cell stands for itself, with the lots of its own games; else lots are those of all cells, so
    ///     that cells can be set against each other.
    func observations(
        _ measure: Measure, in games: GameSession, round: Int? = nil, apart: Bool = false
    ) -> [Observation] {
        let all = games.lots()
        var own: [Int: [Int]] = [:]
        if apart { for cell in cells { own[cell.number] = games.lots(inCell: cell.number) } }
        let places = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1.number, $0) })
        return games.tables.flatMap { table -> [Observation] in
            guard let place = places[table.cell.number],
                let decision = table.play.game.measured.first(where: { $0.name == measure.decision })
            else { return [] }
            let lots = own[table.cell.number] ?? all
            return table.play.rounds.filter { round == nil || $0.round == round }.flatMap { group in
                table.play.game.figures(group).filter { $0.name == measure.decision }.compactMap { figure in
                    let subject = games.players[lots[group.members[figure.seat]]]
                    return measure.value(figure.answer(to: decision, by: subject), decision).map {
                        Observation(
                            cell: place, subject: subject, repetition: table.repetition, order: [], value: $0)
                    }
                }
            }
        }
    }
}
