internal import Agents
internal import GRDB
internal import Kernel
internal import Worlds

extension Step {
    /// Compares a replayed step with what was recorded; when memories were last accessed is not compared, since the
    /// database knows only the latest.
    func verify(_ database: Database) throws {
        for occurrence in occurrences {
            let stored = try Row.fetchOne(
                database, sql: "SELECT * FROM occurrence WHERE run = ? AND sequence = ?",
                arguments: [run, occurrence.sequence])
            guard try stored.map(Occurrence.init(row:)) == occurrence else {
                throw ResultsError.diverged(run: run, place: "occurrence \(occurrence.sequence), \(occurrence.time)")
            }
        }
        for change in memories {
            for memory in change.added {
                var stored = try Memory.fetchAll(
                    database, run: run, resident: change.resident, sequence: memory.sequence
                ).first
                stored?.lastAccess = memory.lastAccess
                guard stored == memory else {
                    throw ResultsError.diverged(
                        run: run, place: "memory \(memory.sequence) of \(change.resident), \(memory.time)")
                }
            }
        }
        for (index, use) in uses.enumerated() {
            let row = try Row.fetchOne(
                database, sql: "SELECT persona, purpose, time, completion FROM use WHERE run = ? AND sequence = ?",
                arguments: [run, firstUse + index])
            let expected: Row = [
                "persona": use.persona, "purpose": use.purpose, "time": use.time.seconds,
                "completion": use.completion,
            ]
            guard row == expected else {
                throw ResultsError.diverged(run: run, place: "\(use.purpose) of \(use.persona ?? "the study"), \(use.time)")
            }
        }
        guard !answers.isEmpty else { return }
        let stored = try RecordedAnswer.fetchAll(database, run: run, from: firstAnswer, count: answers.count)
        for (index, answer) in answers.enumerated() {
            guard stored.indices.contains(index), stored[index].answer == answer, stored[index].time == time else {
                throw ResultsError.diverged(
                    run: run, place: "answer \(firstAnswer + index) of \(answer.persona) to \(answer.question)")
            }
        }
    }
}
