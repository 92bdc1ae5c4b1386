import Agents
import Foundation
import Kernel
import LanguageModels
import Results
import Testing
import Worlds

@Suite struct SafetyTests {
    @Test func `a step that fails leaves nothing`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        let before = try await database.counts(run: run)
        var occurrence = Samples.occurrences[1]
        occurrence.sequence = 3
        await #expect(throws: ResultsError.missingReference(table: "use")) {
            try await recorder.commitStep(
                run: run, time: Samples.one, occurrences: [occurrence],
                uses: [Use(persona: nil, purpose: "plan", time: Samples.one, completion: "never saved", tokens: 1)])
        }
        #expect(try await database.counts(run: run) == before)
        #expect(try await database.lastCommittedTime(run: run) == Samples.noon)
        // The same recorder goes on where it was.
        try await recorder.commitStep(run: run, time: Samples.one, occurrences: [occurrence], uses: [Samples.uses[1]])
        #expect(try await database.uses(run: run).map(\.sequence) == [1, 2, 3])
    }

    @Test func `what a killed process had committed is there when its files are opened again`() async throws {
        let path = Samples.path()
        let database = try ResultsDatabase(path: path)
        let (_, run) = try await Samples.populate(database)
        // The files as a kill would leave them: nothing closed, the write-ahead log not folded in.
        let image = Samples.path()
        let files = FileManager.default
        try files.createDirectory(
            at: URL(fileURLWithPath: image).deletingLastPathComponent(), withIntermediateDirectories: true)
        for suffix in ["", "-wal"] { try files.copyItem(atPath: path + suffix, toPath: image + suffix) }
        let found = try ResultsDatabase(path: image)
        #expect(try await found.occurrences(run: run) == Samples.occurrences)
        #expect(try await found.unfinishedRuns().map(\.id) == [run])
        #expect(try await found.problems().isEmpty)
        #expect(try await database.occurrences(run: run) == Samples.occurrences)
    }

    @Test func `commands that begin at once on a new file share it and get different ids`() async throws {
        let path = Samples.path()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                group.addTask { try await Recorder(try ResultsDatabase(path: path)).beginRun(Samples.header) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids == ["run-1", "run-2", "run-3", "run-4", "run-5", "run-6"])
    }

    @Test func `numbers that are not finite and NUL are refused`() async throws {
        let database = try ResultsDatabase.inMemory()
        let (recorder, run) = try await Samples.populate(database)
        var completion = Samples.completion("n")
        completion.response = .scores([ContinuationScore(logLikelihood: .nan, tokenCount: 1)])
        await #expect(throws: ResultsError.notFinite(what: "completion n")) { try await recorder.save(completion) }
        completion.response = .embedding([.infinity])
        await #expect(throws: ResultsError.notFinite(what: "completion n")) { try await recorder.save(completion) }
        #expect(try recorder.completion(forKey: "n") == nil)

        var occurrence = Samples.occurrences[1]
        occurrence.sequence = 3
        occurrence.text = "a\u{0}b"
        await #expect(throws: ResultsError.containsNUL(table: "occurrence", column: "text")) {
            try await recorder.commitStep(run: run, occurrences: [occurrence])
        }
        var answer = Samples.answers[0]
        answer.options[0].logLikelihood = -.infinity
        await #expect(throws: ResultsError.notFinite(what: "answerOption.logLikelihood")) {
            try await recorder.commitStep(run: run, answers: [answer])
        }
    }

    @Test func `of concurrent saves under one key the first stays`() async throws {
        let path = Samples.path()
        let database = try ResultsDatabase(path: path)
        let recorder = Recorder(database)
        try await recorder.save(Samples.completion("k", "first"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { try await recorder.save(Samples.completion("k", "later \(number)")) }
                group.addTask { try await recorder.save(Samples.completion("other \(number)")) }
            }
            try await group.waitForAll()
        }
        #expect(try recorder.completion(forKey: "k") == Samples.completion("k", "first"))
        // Another connection sees it: it is on disk.
        let other = try ResultsDatabase(path: path, mustExist: true)
        #expect(try other.completion(forKey: "other 199") != nil)
    }

    @Test func `ten thousand completions are found in under five seconds`() async throws {
        let database = try ResultsDatabase(path: Samples.path())
        let recorder = Recorder(database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10_000 {
                group.addTask { try await recorder.save(Samples.completion("k\(number)", "\(number)")) }
            }
            try await group.waitForAll()
        }
        let clock = ContinuousClock()
        let start = clock.now
        for number in 0..<10_000 {
            let found = try recorder.completion(forKey: "k\(number)")
            guard found?.response == .text("\(number)", complete: true) else {
                Issue.record("k\(number) is not what was saved")
                return
            }
        }
        #expect(clock.now - start < .seconds(5))
    }

    @Test func `the order in which completions arrive leaves no trace in what happened`() async throws {
        var dumps: [[String]] = []
        for keys in [["c1", "c2"], ["c2", "c1"]] {
            let path = Samples.path()
            let recorder = Recorder(try ResultsDatabase(path: path))
            for key in keys { try await recorder.save(Samples.completion(key)) }
            let run = try await recorder.beginRun(Samples.header, residents: Samples.residents)
            try await recorder.commitStep(
                run: run, time: Samples.noon, occurrences: Samples.occurrences, memories: Samples.memories,
                uses: Samples.uses, answers: Samples.answers)
            // No ORDER BY: the tables themselves are in the same order.
            dumps.append(try ["occurrence", "memory", "memoryEvidence", "use", "recall", "answer"].map {
                try SQL.dump("SELECT * FROM \($0)", path)
            })
        }
        #expect(dumps[0] == dumps[1])
        #expect(dumps[0].allSatisfy { !$0.isEmpty })
    }
}
