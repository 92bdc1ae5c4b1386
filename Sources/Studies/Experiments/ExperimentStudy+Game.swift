import Agents
import Files
import Kernel
import LanguageModels
import Results

extension ExperimentDesign {
    /// How each decision of the game is put.
    ///
    /// - Throws: `ElicitationError` where a method is impossible for a decision.
    func methods(of game: Game, by decider: Decider) throws -> [String: ElicitationMethod] {
        var methods: [String: ElicitationMethod] = [:]
        for decision in game.asked { methods[decision.name] = try decider.method(experiment.method, for: decision) }
        return methods
    }

    func encounter(_ subject: Subject, at table: GameSession.Table, _ turn: GamePlay.Turn) -> Encounter {
        let variables = table.cell.filling(subject.drawn)
        let frame = Template(experiment.situation).filled(variables)
        let saysItself = Template(experiment.situation).variables.contains(Experiment.endowment)
        return Encounter(
            subject: subject.id, persona: subject.persona,
            endowment: saysItself ? "" : variables[Experiment.endowment] ?? "",
            situation: frame.isEmpty ? turn.rules : frame + "\n" + turn.rules, before: turn.before, decision: turn.decision,
            order: orders(of: turn.decision, for: subject).first, repetition: table.repetition, round: turn.round)
    }
}

extension ExperimentStudy {
    /// Plays the games to their end.
    func played(
        _ rules: GameRules, _ design: ExperimentDesign, _ decider: Decider, _ speaker: CachedModel
    ) async throws -> [RecordedDecision] {
        var session = try GameSession(
            rules, cells: design.cells, players: design.subjects.map(\.id), repeats: design.experiment.repeats,
            seed: design.experiment.seed)
        let methods = try session.tables.map { try design.methods(of: $0.play.game, by: decider) }
        let counter = Counter(
            total: session.tables.reduce(0) { $0 + $1.play.game.moves(of: $1.play.players) }, what: "decisions",
            progress: environment.progress)
        let width = speaker.width(jobs: environment.jobs, requests: 1)
        while !session.isOver {
            let tables = session.tables
            try await session.step(jobs: width) { place, turn in
                let subject = design.subjects[turn.player]
                let encounter = design.encounter(subject, at: tables[place], turn)
                guard let method = methods[place][turn.decision.name] else {
                    throw ElicitationError.noMethod(question: turn.decision.name)
                }
                var answer = try await decider.decide(encounter, by: method) { try await speaker.complete($0) }
                var draw = RandomStream(
                    seed: decider.seed, "game/move", subject.id, turn.decision.name, String(encounter.repetition),
                    String(turn.round))
                answer.settle(turn.decision, using: &draw)
                await counter.advance()
                return answer
            }
        }
        return session.recorded
    }
}
