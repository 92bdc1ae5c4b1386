import Agents
import Files
import Kernel
import LanguageModels
import Results

extension ExperimentDesign {
    /// The games to be played; `nil` where subjects decide each for themselves.
    ///
    /// - Throws: `ElicitationError` where a method is impossible for a decision; ``StudyError`` where the players do not
    ///   make whole groups.
    func games(by decider: Decider) throws -> GameSession? {
        guard let rules = experiment.game else { return nil }
        let session = try GameSession(
            rules, cells: cells, players: subjects.map(\.id), repeats: experiment.repeats, seed: experiment.seed)
        for table in session.tables {
            for decision in table.play.game.asked { _ = try decider.method(experiment.method, for: decision) }
        }
        return session
    }

    func task(_ turn: GamePlay.Turn, at table: GameSession.Table, by decider: Decider) throws -> Task {
        let subject = subjects[turn.player]
        let variables = table.cell.filling(subject.drawn)
        let frame = Template(experiment.situation).filled(variables)
        let saysItself = Template(experiment.situation).variables.contains(Experiment.endowment)
        let encounter = Encounter(
            subject: subject.id, persona: subject.persona,
            endowment: saysItself ? "" : variables[Experiment.endowment] ?? "",
            situation: frame.isEmpty ? turn.rules : frame + "\n" + turn.rules, before: turn.before,
            decision: turn.decision, order: orders(of: turn.decision, for: subject).first, repetition: table.repetition,
            round: turn.round)
        return Task(
            cell: table.cell.number, encounter: encounter,
            method: try decider.method(experiment.method, for: turn.decision))
    }
}

extension ExperimentStudy {
    /// What the games would ask: what is recorded is played as it was, and from there on moves are drawn at random.
    func imagined(
        _ games: GameSession, _ design: ExperimentDesign, _ decider: Decider, _ estimate: CallEstimate,
        database: ResultsDatabase
    ) async throws -> StudyOutcome {
        struct NotRecorded: Error {}
        var (games, estimate) = (games, estimate)
        let identity = decider.identity
        while !games.isOver {
            let tables = games.tables
            try await estimate.add(
                games.due.map { place, turn in
                    let task = try design.task(turn, at: tables[place], by: decider)
                    return decider.request(task.encounter, by: task.method)
                })
            _ = try await games.step(jobs: 1) { place, turn in
                let task = try design.task(turn, at: tables[place], by: decider)
                var draw = task.encounter.move(seed: decider.seed)
                do {
                    var answer = try await decider.decide(task.encounter, by: task.method) { request in
                        let key = try CompletionKey(identity: identity, request: request).hexadecimal
                        guard let completion = try database.completion(forKey: key) else { throw NotRecorded() }
                        return completion
                    }
                    answer.settle(turn.decision, using: &draw)
                    return .init(answer: answer, uses: [])
                } catch is NotRecorded {
                    let place = Int.random(in: 0..<(turn.decision.outcomes?.count ?? 1), using: &draw)
                    return .init(
                        answer: DecidedAnswer(
                            subject: task.encounter.subject, decision: turn.decision.name, round: turn.round,
                            method: .sample, chosen: place, numbers: [Double(place)], completions: []), uses: [])
                }
            }
        }
        let (cells, players) = (counted(design.cells.count, "cell"), counted(design.subjects.count, "player"))
        var outcome = estimate.outcome(
            "experiment", "\(cells) x \(players), at most \(counted(games.most, "decision"))",
            people: design.subjects.count, questions: games.moves.count)
        if estimate.new > 0 { outcome.text += "\n  as if moves that are not recorded were made at random" }
        return outcome
    }
}
