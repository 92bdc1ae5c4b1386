import Agents
import Foundation
import Kernel
import LanguageModels
import Synchronization
import Testing
import Worlds

/// Models that answer after a while, behind their record, and what was asked of them by whom.
private final class Asked: Sendable {
    private struct Slow: LanguageModel {
        let identity = ModelIdentity(name: "script", backEnd: "scripted")
        let script: Script
        let slots = Slots(8)

        func respond(to request: Request) async throws -> Answer {
            await slots.take()
            let completion = try? await script.complete(request)
            await slots.give()
            guard let completion else { throw Script.Failure() }
            return Answer(response: completion.response, usage: completion.usage)
        }
    }

    private let model: CachedModel
    private let ahead = Mutex<Set<String>>([])
    private let run = Mutex<Set<String>>([])

    init(_ script: Script) { model = CachedModel(Slow(script: script), store: MemoryStore()) }

    /// What was asked ahead and never by the run.
    var wasted: Set<String> { ahead.withLock(\.self).subtracting(run.withLock(\.self)) }
    var keysAhead: Set<String> { ahead.withLock(\.self) }
    var keysOfRun: Set<String> { run.withLock(\.self) }
    /// Calls that the model itself answered.
    var calls: Int { get async { await model.meter.calls } }

    var mindsAhead: Minds { minds { key in self.ahead.withLock { _ = $0.insert(key) } } }
    var mindsOfRun: Minds { minds { key in self.run.withLock { _ = $0.insert(key) } } }

    private func minds(_ note: @escaping @Sendable (String) -> Void) -> Minds {
        let complete: Complete = { [model] request in
            let completion = try await model.complete(request)
            note(completion.key)
            return completion
        }
        return Minds(speaker: complete, scribe: complete, embedder: complete)
    }
}

private actor Moments {
    private(set) var moments: [Int] = []
    func add(_ moment: Int) { moments.append(moment) }
}

/// A row of houses at walking times of their own, and a room a minute away, where some nap in the morning: whoever waits too
/// little is met. Plans, ablations and what interrupts differ from seed to seed.
private func street(_ seed: UInt64) -> World {
    var stream = RandomStream(seed: seed, "street")
    var world = village()
    world.seed = seed
    world.places[0].near = [.init(to: "Café", takes: .minutes(Int.random(in: 1...25, using: &stream)))]
    world.places[1].near = [.init(to: "Hall", takes: .minutes(Int.random(in: 1...25, using: &stream)))]
    world.places.append(.init(name: "Kitchen", about: "Small.", within: "Café", objects: [.init(name: "kettle", state: "cold")]))
    // Some read the paper when they get up.
    for index in 0..<2 { world.residents[index].persona.reads = readingVillage().residents[index].persona.reads }
    for index in 0..<4 {
        var persona = world.residents[index].persona
        persona.id = "e\(index)-\(persona.id)"
        persona.name = "Other \(persona.name)"
        world.residents.append(.init(persona: persona, lives: ["Kitchen", "Hall", "Café", "Bakery"][index]))
    }
    for index in [1, 5] {
        world.residents[index].persona.sleeps = .init(starts: 7 * 3600 + 1200, ends: 9 * 3600)
    }
    world.planning.detail = World.PlanningSettings.Detail.allCases[Int(seed % 3)]
    world.without = seed % 7 == 0 ? [.planning] : seed % 7 == 1 ? [.observation] : []
    world.perception.matters = seed % 5 == 0 ? 1 : 5
    world.events.append(.init(at: SimulationTime(day: 1, hour: 9, minute: 7), place: "Hall", seen: "A dog runs through the Hall."))
    world.stop = [.at(SimulationTime(day: 1, hour: 10, minute: 30))]
    return world
}

private func records(_ world: World, _ asked: Asked, ahead: Bool) async throws -> [StepRecord] {
    var simulation = Simulation(world: world, seed: world.seed)
    let start = simulation
    async let looked: Void = ahead ? start.lookAhead(minds: asked.mindsAhead) : ()
    var records: [StepRecord] = []
    while let record = try await simulation.step(minds: asked.mindsOfRun, jobs: 4) { records.append(record) }
    try await looked
    return records
}

private let everything = ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"
/// Walks, talks and interruptions enough that a rule a minute too bold is caught.
private let restless = Script(likes: ["go to": 3, "talk with": 3])

@Suite struct `looking ahead` {
    @Test(arguments: 1...(everything ? 1_000 : 25) as ClosedRange<UInt64>)
    func `changes no byte of a run and asks nothing that the run does not ask, whatever the latencies`(_ seed: UInt64) async throws {
        let world = street(seed)
        let alone = try await records(world, Asked(restless), ahead: false)
        var slow = restless
        slow.latency = 1
        let asked = Asked(slow)
        let together = try await records(world, asked, ahead: true)
        #expect(try bytes(together) == bytes(alone))
        #expect(asked.wasted.isEmpty)
        #expect(asked.keysAhead.count > 100)
    }

    @Test func `to the end leaves nothing for the run to ask`() async throws {
        for seed in 31...40 as ClosedRange<UInt64> {
            let (world, asked) = (street(seed), Asked(restless))
            try await Simulation(world: world, seed: seed).lookAhead(minds: asked.mindsAhead)
            let calls = await asked.calls
            let records = try await records(world, asked, ahead: false)
            #expect(await asked.calls == calls)
            #expect(asked.keysAhead == asked.keysOfRun)
            #expect(records.flatMap(\.occurrences).contains { $0.kind == .say } && records.flatMap(\.occurrences).contains { $0.kind == .move })
        }
    }

    @Test func `gets ahead: places are at different moments at once`() async throws {
        let order = Moments()
        let script = Script()
        let complete: Complete = { request in
            await order.add(Urgency.moment)
            if Urgency.moment == SimulationTime(day: 1, hour: 6).seconds { try await Task.sleep(for: .milliseconds(2)) }
            return try await script.complete(request)
        }
        var world = street(1)
        for index in world.places.indices where world.places[index].name == "Bakery" { world.places[index].near = [] }
        try await Simulation(world: world, seed: 1).lookAhead(
            minds: Minds(speaker: complete, scribe: complete, embedder: complete))
        let moments = await order.moments
        #expect(zip(moments, moments.dropFirst()).contains { $0.0 > $0.1 + 600 })
    }

    @Test func `stops at a barrier: what is done by hand there is known to what comes after`() async throws {
        var waste = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            let world = street(seed)
            let noon = SimulationTime(day: 1, hour: 9)
            func course(_ asked: Asked, barrier: Bool?) async throws -> [StepRecord] {
                var simulation = Simulation(world: world, seed: seed)
                var records: [StepRecord] = []
                if let barrier { try await simulation.lookAhead(minds: asked.mindsAhead, until: barrier ? noon : nil) }
                while let next = simulation.nextTime, next <= noon, let record = try await simulation.step(minds: asked.mindsOfRun, jobs: 4) {
                    records.append(record)
                }
                simulation.pass(until: noon)
                let isDone = simulation.tell("anna-berg", "The king is dead.") && simulation.inject("Hall", "The roof falls in.")
                #expect(isDone)
                if barrier == true { try await simulation.lookAhead(minds: asked.mindsAhead) }
                while let record = try await simulation.step(minds: asked.mindsOfRun, jobs: 4) { records.append(record) }
                return records
            }
            let expected = try bytes(try await course(Asked(restless), barrier: nil))
            let asked = Asked(restless)
            #expect(try bytes(try await course(asked, barrier: true)) == expected)
            #expect(asked.wasted.isEmpty && asked.keysAhead == asked.keysOfRun)
            let bold = Asked(restless)
            #expect(try bytes(try await course(bold, barrier: false)) == expected)
            waste += bold.wasted.count
        }
        #expect(waste > 0, "the barrier makes no difference here")
    }

    @Test func `asks nothing after a world fell quiet`() async throws {
        var stoppedEarly = 0
        for seed in 1...10 as ClosedRange<UInt64> {
            var world = street(seed)
            world.stop.append(.quiet(.minutes(25)))
            let asked = Asked(Script(likes: ["wait": 6]))
            try await Simulation(world: world, seed: seed).lookAhead(minds: asked.mindsAhead)
            let last = try await records(world, asked, ahead: false).last
            #expect(asked.wasted.isEmpty)
            if let last, last.time < SimulationTime(day: 1, hour: 12) { stoppedEarly += 1 }
        }
        #expect(stoppedEarly > 0)
    }

    @Test func `leaves the last tenth of a budget of tokens to the run`() async throws {
        var world = street(3)
        let all = try await records(world, Asked(restless), ahead: false).reduce(0) { $0 + $1.tokens }
        world.stop.append(.tokens(all / 2))
        let alone = try await records(world, Asked(restless), ahead: false)
        let asked = Asked(restless)
        #expect(try bytes(try await records(world, asked, ahead: true)) == bytes(alone))
        #expect(asked.wasted.count < asked.keysOfRun.count / 10)
    }

    @Test func `a failing call is met again by the run`() async throws {
        let simulation = Simulation(world: street(2), seed: 2)
        await #expect(throws: Script.Failure()) {
            try await simulation.lookAhead(minds: Script(purposesThatFail: ["plan"]).minds)
        }
    }
}
