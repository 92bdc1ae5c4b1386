import Agents
import Foundation
import Kernel
import Studies
import Testing
import Worlds

@testable import LiveView
@testable import Results

@Suite(.timeLimit(.minutes(2))) struct WatchedRunTests {
    /// Everything stored but when it was and what the command was called.
    private func stored(_ house: WatchedHouse, _ database: String) throws -> [String] {
        let database = try ResultsDatabase(path: house.environment(database: database).database, mustExist: true)
        let tables = [
            "id, number, kind, status, version, seed, source, files, models, settings, tokens FROM run",
            "key, model, kind, request, response, tokensIn, tokensOut FROM completion ORDER BY key",
        ]
        let whole = ["occurrence", "memory", "memoryEvidence", "use", "recall", "persona", "resident", "answer"]
        return try (tables + whole.map { "* FROM \($0)" }).flatMap { try database.rawLines("SELECT \($0)") }
    }

    @Test func `looking on changes nothing of what is recorded`() async throws {
        let house = try WatchedHouse()
        try await house.record(database: "alone.sqlite")
        let live = WatchedRun()
        let environment = house.environment(database: "watched.sqlite")
        let file = house.file
        try await serving(live) { address in
            await live.pause(true)
            async let outcome = RunStudy(environment: environment).run(.file(file), watched: live)
            while await live.opening == nil { try await Task.sleep(for: .milliseconds(5)) }
            for path in ["", "world", "person/0?until=30000"] {
                #expect(try await RawRequest(address, path).answer().status == 200)
            }
            let step = RawRequest(address, "control", method: "POST", body: #"{"act":"step"}"#)
            #expect(try await step.answer().status == 200)
            #expect(try await RawRequest(address, "events").answer(until: "id: 1\n").body.contains("event: moment"))
            let go = RawRequest(address, "control", method: "POST", body: #"{"act":"go"}"#)
            #expect(try await go.answer().status == 200)
            _ = try await outcome
        }
        let (alone, watched) = (try stored(house, "alone.sqlite"), try stored(house, "watched.sqlite"))
        #expect(alone.count > 50)
        #expect(alone == watched)
    }

    @Test func `the record of a run shows the same moments as the run did`() async throws {
        let house = try WatchedHouse()
        let live = WatchedRun()
        _ = try await RunStudy(environment: house.environment()).run(.file(house.file), watched: live)
        let recorded = try await WatchedRun.recorded("latest", environment: house.environment())
        // The record does not tell the steps of a moment apart.
        var happened: [WatchedRun.Moment] = []
        for moment in await live.moments where !moment.occurrences.isEmpty {
            if let last = happened.last, last.time == moment.time {
                happened[happened.count - 1].occurrences += moment.occurrences
                let both = last.sightings + moment.sightings
                let seen = Dictionary(both.map { ($0.resident, $0) }, uniquingKeysWith: { $1 })
                happened[happened.count - 1].sightings = seen.values.sorted { $0.resident < $1.resident }
            } else {
                happened.append(moment)
            }
        }
        #expect(happened.count > 5)
        #expect(await recorded.moments.map(\.occurrences) == happened.map(\.occurrences))
        #expect(await recorded.moments.map(\.sightings) == happened.map(\.sightings))
        #expect(await live.pace.ended == "The world ends at day 1 12:00.")
        for resident in ["ann-lee", "eve"] {
            for hour in [6, 7, 12] {
                let time = SimulationTime(day: 1, hour: hour)
                let (mine, stored) = (
                    try await live.memories(of: resident, until: time)?.map(\.text),
                    try await recorded.memories(of: resident, until: time)?.map(\.text)
                )
                #expect(mine != nil && mine == stored)
                #expect(await live.plan(of: resident, until: time) == recorded.plan(of: resident, until: time))
            }
        }
    }

    @Test func `a paused run waits, takes a step at a time, and goes on`() async throws {
        let house = try WatchedHouse()
        let live = WatchedRun()
        await live.pause(true)
        async let outcome = RunStudy(environment: house.environment()).run(.file(house.file), watched: live)
        while await live.opening == nil { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .milliseconds(200))
        #expect(await live.moments.isEmpty)
        for count in 1...2 {
            await live.step()
            while await live.moments.count < count { try await Task.sleep(for: .milliseconds(5)) }
            try await Task.sleep(for: .milliseconds(150))
            #expect(await live.moments.count == count)
        }
        let before = await live.moments
        let answer = try await live.ask("ann-lee", "Who are you?")
        #expect(!answer.words.isEmpty)
        #expect(await live.moments == before)
        await live.pause(false)
        _ = try await outcome
        #expect(await live.moments.count > 5)
        let remembered = try await live.memories(of: "ann-lee", until: SimulationTime(day: 2)) ?? []
        #expect(!remembered.isEmpty && !remembered.contains { $0.text.contains("Who are you?") })
    }

    @Test func `the speed is simulated minutes a second`() async throws {
        let house = try WatchedHouse()
        let live = WatchedRun()
        await live.go(at: 720)
        let start = ContinuousClock.now
        _ = try await RunStudy(environment: house.environment()).run(.file(house.file), watched: live)
        // Six hours at twelve hours a minute.
        #expect(ContinuousClock.now - start > .milliseconds(400))
    }

    @Test func `a recorded run is not asked`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let recorded = try await WatchedRun.recorded("latest", environment: house.environment())
        await #expect(throws: StudyError.self) { try await recorded.ask("ann-lee", "Why?") }
        #expect(try await recorded.memories(of: "nobody", until: SimulationTime(day: 2)) == nil)
    }

    @Test func `a run that is cancelled can be gone on with`() async throws {
        let house = try WatchedHouse()
        let live = WatchedRun()
        let environment = house.environment()
        let file = house.file
        let task = Task { try await RunStudy(environment: environment).run(.file(file), watched: live) }
        while await live.moments.count < 3 {
            await live.step()
            try await Task.sleep(for: .milliseconds(20))
        }
        task.cancel()
        let error = await #expect(throws: StudyError.self) { try await task.value }
        let text = error?.description ?? ""
        #expect(text.contains("stopped by hand at day 1") && text.contains("populace run --resume run-1"))
        _ = try await RunStudy(environment: environment).run(.recorded("run-1"))
        try await house.record(database: "whole.sqlite")
        let (resumed, whole) = (
            try await WatchedRun.recorded("run-1", environment: environment),
            try await WatchedRun.recorded("run-1", environment: house.environment(database: "whole.sqlite"))
        )
        #expect(await resumed.moments == whole.moments)
    }
}
