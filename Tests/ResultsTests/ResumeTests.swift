import Agents
import Kernel
import Results
import Testing
import Worlds

@Suite struct ResumeTests {
    /// The first step again, as a resumed process brings it.
    private func replay(_ recorder: Recorder, _ run: String) async throws {
        try await recorder.commitStep(
            run: run, time: Samples.noon, occurrences: Samples.occurrences, memories: Samples.memories,
            uses: Samples.uses, answers: Samples.answers, survey: "d1")
    }

    @Test func `a resumed run replays what is recorded and then goes on`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (_, run) = try await Samples.populate(database)
        let before = try await database.counts(run: run)

        let second = Recorder(database)
        let left = try await second.resumeRun(run)
        #expect(left.committedSteps == 1)
        #expect(await second.isReplaying(run))
        try await replay(second, run)
        #expect(await !second.isReplaying(run))
        #expect(try await database.counts(run: run) == before)

        try await second.commitStep(run: run, time: Samples.one, uses: [Samples.uses[1]], answers: [Samples.answers[1]])
        #expect(try await database.uses(run: run).map(\.sequence) == [1, 2, 3])
        #expect(try await database.answers(run: run).map(\.sequence) == [1, 2, 3])
        #expect(try await database.lastCommittedTime(run: run) == Samples.one)
    }

    @Test func `replaying does not move a last access back`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        try await recorder.commitStep(
            run: run, time: Samples.one,
            memories: [MemoryChange(resident: "rosa", accessed: [.init(memory: 1, time: Samples.one)])])
        let second = Recorder(database)
        _ = try await second.resumeRun(run)
        try await replay(second, run)
        #expect(try await database.memories(run: run, resident: "rosa")[0].lastAccess == Samples.one)
    }

    @Test func `a replay that differs is a divergence with its place`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (_, run) = try await Samples.populate(database)
        let second = Recorder(database)
        _ = try await second.resumeRun(run)

        var occurrences = Samples.occurrences
        occurrences[1].text = "A siren."
        await #expect(throws: ResultsError.diverged(run: run, place: "occurrence 2, day 1 12:00")) {
            try await second.commitStep(run: run, time: Samples.noon, occurrences: occurrences)
        }
        var memories = Samples.memories
        memories[0].added[1].evidence = []
        await #expect(throws: ResultsError.diverged(run: run, place: "memory 2 of rosa, day 1 12:00")) {
            try await second.commitStep(run: run, time: Samples.noon, memories: memories)
        }
        await #expect(throws: ResultsError.diverged(run: run, place: "embed of the study, day 1 12:00")) {
            try await second.commitStep(run: run, time: Samples.noon, uses: [Samples.uses[1]])
        }
        await #expect(throws: ResultsError.diverged(run: run, place: "answer 1 of ned to natenvir")) {
            try await second.commitStep(run: run, time: Samples.noon, answers: [Samples.answers[1]])
        }
        try await replay(second, run)
    }

    @Test func `a run this recorder did not begin or resume is refused`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (_, run) = try await Samples.populate(database)
        await #expect(throws: ResultsError.unknownRun(run)) {
            try await Recorder(database).commitStep(run: run)
        }
    }
}
