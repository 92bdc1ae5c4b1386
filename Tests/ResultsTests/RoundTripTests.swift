import Agents
import Kernel
import LanguageModels
@testable import Results
import Testing

@Suite struct RoundTripTests {
    @Test func `a recorded run is read back as it was`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        #expect(run == "run-1")
        #expect(try await database.occurrences(run: run) == Samples.occurrences)
        #expect(try await database.memories(run: run, resident: "rosa") == Samples.memories[0].added)
        #expect(try await database.uses(run: run).map(\.use) == Samples.uses)
        let answers = try await database.answers(run: run)
        #expect(answers.map(\.answer) == Samples.answers)
        #expect(answers.map(\.time) == [Samples.noon, Samples.noon])
        #expect(answers.map(\.survey) == ["d1", "d1"])
        #expect(try await database.personas(run: run) == [Samples.rosa, Samples.ned])
        #expect(try await database.residents(run: run) == Samples.residents)
        #expect(try await database.files(ofRun: run) == Samples.header.files)
        #expect(try await database.lastCommittedTime(run: run) == Samples.noon)
        #expect(
            try await database.counts(run: run)
                == RunCounts(personas: 2, occurrences: 2, memories: 2, uses: 2, answers: 2, completions: 2, tokens: 13))
        #expect(try await database.unfinishedRuns().map(\.id) == [run])

        try await recorder.finishRun(run, status: .done, tokens: 13, wallSeconds: 0.1)
        let read = try await database.run(run)
        #expect(read.header.seed == .max)
        #expect(read.header.models == Samples.header.models)
        #expect(read.header.settings == Samples.header.settings)
        #expect(read.status == .done && read.tokens == 13 && read.wallSeconds == 0.1 && read.committedSteps == 1)
        #expect(try await database.problems().isEmpty)
    }

    @Test func `answers to other wordings are kept apart, and people keep their weight`() async throws {
        let database = try ResultsDatabase.inMemory()
        let recorder = Recorder(database)
        var heavy = Samples.rosa
        heavy.weight = 2.5
        let run = try await recorder.beginRun(Samples.header, personas: [heavy])
        let answers = [0, 1, -1].map { wording in
            ElicitedAnswer(
                persona: heavy.id, question: "q", wording: wording, method: .sample, dontKnow: wording == 0,
                unparsed: wording != 0, text: "Hm.", completions: [])
        }
        try await recorder.commitStep(run: run, answers: answers)
        #expect(try await database.answers(run: run).map(\.answer) == [answers[0]])
        #expect(try await database.answersToEveryWording(run: run).map(\.answer) == answers)
        #expect(try await database.personas(run: run) == [heavy])
    }

    @Test func `ids count all kinds together and the latest is the one begun last`() async throws {
        let database = try ResultsDatabase.inMemory()
        let recorder = Recorder(database)
        var poll = Samples.header
        poll.kind = "poll"
        #expect(try await database.latestRun() == nil)
        #expect(try await recorder.beginRun(Samples.header) == "run-1")
        #expect(try await recorder.beginRun(poll) == "poll-2")
        #expect(try await database.latestRun()?.id == "poll-2")
        #expect(try await database.latestRun(kind: "run")?.id == "run-1")
        await #expect(throws: ResultsError.unknownRun("run-9")) { try await database.run("run-9") }
    }

    @Test func `a later step moves the last access of a memory`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        try await recorder.commitStep(
            run: run, time: Samples.one,
            memories: [MemoryChange(resident: "rosa", accessed: [.init(memory: 1, time: Samples.one)])])
        let times = try await database.memories(run: run, resident: "rosa").map(\.lastAccess)
        #expect(times == [Samples.one, Samples.noon])
    }

    @Test func `a poll of another run's residents recalls that run's memories`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        var header = Samples.header
        header.kind = "poll"
        header.source = run
        let poll = try await recorder.beginRun(header, personas: [Samples.rosa])
        try await recorder.commitStep(run: poll, uses: [Samples.uses[0]], answers: [Samples.answers[0]])
        #expect(try await database.uses(run: poll).map(\.use) == [Samples.uses[0]])
        #expect(try await database.answers(run: poll).map(\.time) == [nil])
        #expect(try await database.lastCommittedTime(run: poll) == nil)
    }

    @Test func `interventions keep the order in which they were made`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        let made = ["b", "a"].map { Intervention(seconds: 60, command: "tell", text: $0) }
        for intervention in made { try await recorder.recordIntervention(intervention, run: run) }
        #expect(try await database.interventions(run: run) == made)
    }

    @Test(arguments: [
        Response.text("caf\u{E9}\n\"\u{1F44B}\"", complete: false),
        .scores([ContinuationScore(logLikelihood: -0.1 - 0.2, tokenCount: 2), .init(logLikelihood: nil, tokenCount: 1)]),
        .embedding([0.1, -1 / 3, 1.1754944e-38]),
    ])
    func `every kind of response comes back to the bit`(response: Response) async throws {
        let database = try ResultsDatabase.inMemory()
        let recorder = Recorder(database)
        var completion = Samples.completion("k")
        completion.response = response
        try await recorder.save(completion)
        #expect(try recorder.completion(forKey: "k") == completion)
        #expect(try recorder.completion(forKey: "K") == nil)
    }
}
