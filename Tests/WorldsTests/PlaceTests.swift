import Agents
import Foundation
import Kernel
import LanguageModels
import Testing
import Worlds

private func at(_ hour: Int, _ minute: Int = 0, day: Int = 1) -> SimulationTime { SimulationTime(day: day, hour: hour, minute: minute) }

/// One who lives in a kitchen inside a house, with a mill and a church along two ways of different length.
private func hamlet(
    plan: String, sleeps: Persona.Sleep? = nil, detail: World.PlanningSettings.Detail = .day, until: SimulationTime,
    without: [World.Ablation] = []
) -> (World, Script) {
    let world = World(
        id: "hamlet", title: "Hamlet", about: "Small.", seed: 7,
        clock: .init(date: CivilDate(year: 2026, month: 3, day: 2), starts: at(6)),
        places: [
            .init(name: "House", about: "Low.", near: [.init(to: "Mill", takes: .minutes(30)), .init(to: "Bridge", takes: .minutes(7))]),
            .init(
                name: "House: kitchen", about: "Warm.", within: "House",
                objects: [.init(name: "stove", state: "off"), .init(name: "clock", state: "slow")]),
            .init(name: "Mill", about: "Loud."),
            .init(name: "Bridge", about: "Windy.", near: [.init(to: "Mill", takes: .minutes(5))]),
        ],
        residents: [
            .init(persona: Persona(id: "ada", name: "Ada Ash", habits: ["rest"], sleeps: sleeps), lives: "House: kitchen"),
            .init(persona: Persona(id: "ben", name: "Ben Bay", habits: ["rest"]), lives: "House: kitchen"),
        ],
        planning: .init(detail: detail), without: without, stop: [.at(until)])
    // Ada does what her plan says; Ben waits.
    let script = Script(
        words: ["plan": { $0.prompt.text.contains("Ada Ash remembers") ? plan : "none" }],
        likes: ["mill.": 60, "grind": 60, "church": 60, "boil": 60, "light": 60, "rest": 90, "walk past": 90, "talk": -90])
    return (world, script)
}

private let toMill = """
    [{"from":"06:00","where":"House: kitchen","do":"boil water"},{"from":"08:00","where":"Mill","do":"grind corn"},\
    {"from":"12:00","where":"House: kitchen","do":"rest"}]
    """

@Suite struct `places` {
    @Test func `are walked between by the shortest way, in the time it takes`() async throws {
        let (world, script) = hamlet(plan: toMill, until: at(11))
        let occurrences = try await run(world, script: script).records.flatMap(\.occurrences)
        let moves = occurrences.filter { $0.kind == .move && $0.actor == "ada" }
        // A minute out of the kitchen, seven to the bridge, five to the mill: the direct way takes thirty.
        #expect(moves.map(\.text) == [
            "Ada Ash leaves House: kitchen for Mill.",
            "Ada Ash comes from House: kitchen to House, on the way to Mill.",
            "Ada Ash comes from House to Bridge, on the way to Mill.",
            "Ada Ash comes from Bridge to Mill.",
        ])
        let begins = try #require(moves.first).time
        #expect(moves.map { ($0.time - begins).seconds / 60 } == [0, 1, 8, 13])
    }

    @Test func `hide who is on the way: nobody meets them, and they perceive nothing`() async throws {
        let (world, script) = hamlet(plan: toMill, until: at(11))
        var simulation = Simulation(world: world, seed: 7)
        var away = 0
        while let record = try await simulation.step(minds: script.minds, jobs: 2) {
            guard let ada = simulation.who.first(where: { $0.id == "ada" }), ada.headedFor == "Mill" else { continue }
            away += 1
            _ = simulation.inject("Mill", "The wheel breaks.")
            #expect(!record.memories.contains { $0.resident == "ada" && $0.memory.text.contains("wheel") })
            break
        }
        #expect(away > 0)
        let record = try #require(try await simulation.step(minds: script.minds, jobs: 2))
        #expect(!record.memories.contains { $0.resident == "ada" })
        #expect(record.occurrences.contains { $0.text == "The wheel breaks." })
    }

    @Test func `show their things to who comes in, once for each state`() async throws {
        let (world, script) = hamlet(plan: toMill, until: at(23))
        let memories = try await run(world, script: script).records.flatMap(\.memories).filter { $0.resident == "ada" }
        #expect(memories.filter { $0.memory.text == "The stove at House: kitchen: off" }.count == 1)
        #expect(memories.filter { $0.memory.text == "The clock at House: kitchen: slow" }.count == 1)
    }
}

@Suite struct `things` {
    @Test func `are changed by what is done, and who is there sees it`() async throws {
        let (world, script) = hamlet(plan: toMill, detail: .minutes, until: at(7))
        var minute = script
        minute.words["minutes"] = { _ in #"[{"minutes":10,"do":"light the stove","with":"stove","now":"on"},{"minutes":15,"do":"boil water"}]"# }
        minute.words["hours"] = { _ in #"[{"from":"06:00","where":"House: kitchen","do":"boil water"},{"from":"07:00","where":"House: kitchen","do":"boil eggs"}]"# }
        let (records, simulation) = try await run(world, script: minute)
        #expect(simulation.things(in: "House: kitchen").map(\.state) == ["on", "slow"])
        let memories = records.flatMap(\.memories)
        for id in ["ada", "ben"] {
            #expect(memories.contains { $0.resident == id && $0.memory.text.hasSuffix(" turns to this: light the stove. The stove is now on.") })
            #expect(!memories.contains { $0.resident == id && $0.memory.text == "The stove at House: kitchen: on" })
        }
    }
}

@Suite struct `sleep` {
    @Test func `is the persona's own, and their plans reach past midnight to it`() async throws {
        let late = """
            [{"from":"14:00","where":"Mill","do":"grind corn"},{"from":"20:00","where":"House","do":"rest"},\
            {"from":"00:30","where":"House","do":"rest more"}]
            """
        let (world, script) = hamlet(plan: late, sleeps: .init(starts: 3 * 3600, ends: 11 * 3600), until: at(12, day: 2))
        let (records, _) = try await run(world, script: script)
        let occurrences = records.flatMap(\.occurrences)
        let rhythm = occurrences.filter { [.wake, .sleep].contains($0.kind) }.map { "\($0.actor ?? "") \($0.kind) \($0.time)" }
        #expect(rhythm.contains("ada wake day 1 11:00") && rhythm.contains("ada wake day 2 11:00"))
        #expect(rhythm.contains("ben wake day 1 06:00") && rhythm.contains("ben sleep day 1 22:00"))
        let bed = try #require(occurrences.first { $0.kind == .sleep && $0.actor == "ada" })
        #expect(bed.time >= at(3, day: 2) && bed.time < at(4, day: 2))
        // Nobody sleeps where they do not live, and nobody is carried there.
        #expect(bed.place == "House: kitchen")
        let plan = try #require(occurrences.first { $0.kind == .plan && $0.actor == "ada" })
        #expect(plan.text.contains("00:30 rest more"))
    }
}

@Suite struct `a world without` {
    @Test func `reflection, planning or observation has none`() async throws {
        func kinds(_ without: [World.Ablation]) async throws -> (memories: [Memory.Kind], occurrences: [Occurrence.Kind], purposes: Set<String>) {
            var world = village(stop: [.at(SimulationTime(day: 2, hour: 9))])
            world.without = without
            let records = try await run(world).records
            return (
                records.flatMap(\.memories).map(\.memory.kind), records.flatMap(\.occurrences).map(\.kind),
                Set(records.flatMap(\.uses).map(\.purpose))
            )
        }
        let whole = try await kinds([])
        #expect(whole.memories.contains(.reflection) && whole.memories.contains(.plan) && whole.memories.contains(.utterance))
        let unreflected = try await kinds([.reflection])
        #expect(!unreflected.memories.contains(.reflection) && unreflected.memories.contains(.plan))
        #expect(unreflected.purposes.isDisjoint(with: ["reflect", "questions"]))
        let unplanned = try await kinds([.planning])
        #expect(!unplanned.occurrences.contains(.plan) && unplanned.purposes.isDisjoint(with: ["plan", "hours", "minutes"]))
        #expect(unplanned.occurrences.contains(.move))
        let blind = try await kinds([.observation])
        #expect(!blind.memories.contains(.observation) && !blind.memories.contains(.utterance))
        #expect(blind.occurrences.contains(.say))
    }
}
