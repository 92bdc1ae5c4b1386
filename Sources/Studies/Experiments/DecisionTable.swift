import Agents
import Kernel
import LanguageModels
import Results

/// Where decisions are put to subjects, with what residents among them remember.
struct DecisionTable: Sendable {
    var decider: Decider
    var speaker: CachedModel
    /// `nil` where the subjects have no world.
    var residents: ResidentSubjects?
    var counter: Counter

    /// What somebody decided, and the memories that came to mind for it.
    struct Made: Sendable {
        var answer: DecidedAnswer
        var uses: [Use]
    }

    func decide(_ task: ExperimentDesign.Task) async throws -> Made {
        let (task, uses) = try await residents?.remembering(task) ?? (task, [])
        let answer = try await decider.decide(task.encounter, by: task.method) { try await speaker.complete($0) }
        await counter.advance()
        return Made(answer: answer, uses: uses)
    }

    /// Plays games to their end.
    func play(
        _ games: GameSession, _ design: ExperimentDesign, width: Int
    ) async throws -> (decisions: [RecordedDecision], uses: [Use]) {
        var games = games
        var uses: [Use] = []
        while !games.isOver {
            let tables = games.tables
            uses += try await games.step(jobs: width) { place, turn in
                let task = try design.task(turn, at: tables[place], by: decider)
                var made = try await decide(task)
                var draw = task.encounter.move(seed: decider.seed)
                made.answer.settle(turn.decision, using: &draw)
                return made
            }
        }
        return (games.recorded, uses)
    }
}

extension Encounter {
    /// Of the draw that makes a move of what was scored: named after everything but the arm.
    func move(seed: UInt64) -> RandomStream {
        RandomStream(seed: seed, "game/move", subject, decision.name, String(repetition), String(round))
    }
}
