public import Agents
internal import Foundation
internal import GRDB
public import Kernel
public import Worlds

/// What a step did to one resident's memory stream.
public struct MemoryChange: Hashable, Sendable {
    public struct Access: Hashable, Sendable {
        /// Sequence of the memory in the stream.
        public var memory: Int
        public var time: SimulationTime

        public init(memory: Int, time: SimulationTime) {
            self.memory = memory
            self.time = time
        }
    }

    public var resident: String
    /// Oldest first; evidence lies in the stream before them or among them.
    public var added: [Memory]
    public var accessed: [Access]

    public init(resident: String, added: [Memory] = [], accessed: [Access] = []) {
        self.resident = resident
        self.added = added
        self.accessed = accessed
    }
}

extension Recorder {
    /// Records what one step brought about: all of it or nothing.
    ///
    /// Arrays come in resolved order; uses and answers are numbered by it within the run. In a resumed run the steps
    /// recorded before are compared with what is stored, and nothing is written.
    ///
    /// - Parameters:
    ///   - time: The moment of a world; `nil` for a poll outside one.
    ///   - survey: Digest of the survey asked, where it was imported.
    /// - Throws: ``ResultsError/diverged(run:place:)`` where a replayed step differs;
    ///   ``ResultsError/missingReference(table:)`` where a completion is not recorded yet.
    public func commitStep(
        run: String, time: SimulationTime? = nil, occurrences: [Occurrence] = [], memories: [MemoryChange] = [],
        uses: [Use] = [], answers: [ElicitedAnswer] = [], survey: String? = nil
    ) async throws {
        guard let before = progress[run] else { throw ResultsError.unknownRun(run) }
        let step = Step(
            run: run, time: time, occurrences: occurrences, memories: memories, uses: uses, answers: answers,
            survey: survey, firstUse: before.uses + 1, firstAnswer: before.answers + 1, source: before.source)
        if before.steps < before.recordedSteps {
            try await database.read { try step.verify($0) }
        } else {
            try await writeSettling { try step.write($0, number: before.steps + 1) }
        }
        progress[run]?.steps += 1
        progress[run]?.uses += uses.count
        progress[run]?.answers += answers.count
    }

    /// Whether the next step of the run is a replay of a recorded one.
    public func isReplaying(_ run: String) -> Bool {
        progress[run].map { $0.steps < $0.recordedSteps } ?? false
    }
}

/// A step with the numbers of its rows.
struct Step: Sendable {
    var run: String
    var time: SimulationTime?
    var occurrences: [Occurrence]
    var memories: [MemoryChange]
    var uses: [Use]
    var answers: [ElicitedAnswer]
    var survey: String?
    var firstUse: Int
    var firstAnswer: Int
    /// The run whose memories are recalled.
    var source: String

    func write(_ database: Database, number: Int) throws {
        let rows = RowWriter(database)
        for occurrence in occurrences { try write(occurrence, rows) }
        for change in memories { try write(change, rows) }
        for (index, use) in uses.enumerated() { try write(use, sequence: firstUse + index, rows) }
        for (index, answer) in answers.enumerated() { try write(answer, sequence: firstAnswer + index, rows) }
        try database.execute(
            sql: "UPDATE run SET committedSteps = ?, committedTime = coalesce(?, committedTime) WHERE id = ?",
            arguments: [number, time?.seconds, run])
    }

    private func write(_ occurrence: Occurrence, _ rows: RowWriter) throws {
        try rows.insert(
            "occurrence",
            [
                "run": run, "sequence": occurrence.sequence, "time": occurrence.time.seconds,
                "place": occurrence.place, "actor": occurrence.actor, "kind": occurrence.kind.rawValue,
                "text": occurrence.text, "addressee": occurrence.addressee, "completion": occurrence.completion,
            ])
        try markUsed(occurrence.completion, rows)
    }

    private func write(_ change: MemoryChange, _ rows: RowWriter) throws {
        for memory in change.added {
            guard memory.embedding.allSatisfy(\.isFinite) else {
                throw ResultsError.notFinite(what: "memory.embedding")
            }
            try rows.insert(
                "memory",
                [
                    "run": run, "resident": change.resident, "sequence": memory.sequence,
                    "time": memory.time.seconds, "kind": memory.kind.rawValue, "text": memory.text,
                    "importance": memory.importance, "lastAccess": memory.lastAccess.seconds,
                    "completion": memory.completion, "embedding": memory.embedding.blob,
                ])
            try markUsed(memory.completion, rows)
        }
        for memory in change.added {
            for (position, evidence) in memory.evidence.enumerated() {
                try rows.insert(
                    "memoryEvidence",
                    [
                        "run": run, "resident": change.resident, "memory": memory.sequence, "position": position,
                        "evidence": evidence,
                    ])
            }
        }
        let access = try rows.database.cachedStatement(
            sql: "UPDATE memory SET lastAccess = ? WHERE run = ? AND resident = ? AND sequence = ?")
        for accessed in change.accessed {
            try rows.run(
                access, of: "memory",
                [
                    "lastAccess": accessed.time.seconds, "run": run, "resident": change.resident,
                    "sequence": accessed.memory,
                ])
            if rows.database.changesCount == 0 { throw ResultsError.missingReference(table: "memory") }
        }
    }

    private func write(_ use: Use, sequence: Int, _ rows: RowWriter) throws {
        try rows.insert(
            "use",
            [
                "run": run, "sequence": sequence, "persona": use.persona, "purpose": use.purpose,
                "time": use.time.seconds, "completion": use.completion, "tokens": use.tokens,
            ])
        try markUsed(use.completion, rows)
        for recall in use.recalled {
            guard let resident = use.persona else { throw ResultsError.missingReference(table: "recall") }
            try rows.insert(
                "recall",
                [
                    "run": run, "use": sequence, "rank": recall.rank, "memoryRun": source, "resident": resident,
                    "memory": recall.memory, "recency": recall.recency, "importance": recall.importance,
                    "relevance": recall.relevance,
                ])
        }
    }

    private func write(_ answer: ElicitedAnswer, sequence: Int, _ rows: RowWriter) throws {
        try rows.insert(
            "answer",
            [
                "run": run, "sequence": sequence, "persona": answer.persona, "survey": survey,
                "question": answer.question, "time": time?.seconds, "repeat": answer.repetition,
                "orderIndex": answer.orderIndex, "wording": answer.wording, "method": answer.method.rawValue,
                "refused": answer.refused, "dontKnow": answer.dontKnow, "unparsed": answer.unparsed,
                "chosen": answer.chosen, "text": answer.text, "coveredMass": answer.coveredMass,
            ])
        for (number, option) in answer.options.enumerated() {
            try rows.insert(
                "answerOption",
                [
                    "run": run, "answer": sequence, "option": number, "logLikelihood": option.logLikelihood,
                    "tokenCount": option.tokenCount, "domainLogLikelihood": option.domainLogLikelihood,
                    "personaFreeLogLikelihood": option.personaFreeLogLikelihood,
                ])
        }
        for (position, key) in answer.completions.enumerated() {
            try rows.insert(
                "answerCompletion", ["run": run, "answer": sequence, "position": position, "completion": key])
            try markUsed(key, rows)
        }
    }

    private func markUsed(_ completion: String?, _ rows: RowWriter) throws {
        guard let completion else { return }
        try rows.insert("runCompletion", ["run": run, "completion": completion], keepFirst: true)
    }
}
