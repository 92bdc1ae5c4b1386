import Foundation
import Results
import Testing

@testable import Studies

struct ReplTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `the clock is the prompt and goes on with run`() async throws {
        let (world, environment) = (house.world, house.environment)
        var repl = try await Repl.open(.file(world), environment: environment)
        #expect(repl.prompt == "day 1 06:00> ")
        _ = await House.said(&repl, "run 2 h")
        #expect(repl.prompt == "day 1 08:00> ")
        _ = await House.said(&repl, "run until day 1 09:15")
        #expect(repl.prompt == "day 1 09:15> ")
        #expect(await House.said(&repl, "run until day 1 08:00").contains("is past"))
        #expect(await House.said(&repl, "who").contains("ann-lee"))
        #expect(await House.said(&repl, "look KITCHEN").contains("kettle: cold"))
        #expect(await House.said(&repl, "map").contains("next to kitchen"))
        #expect(await House.said(&repl, "quit") == "quit")
    }

    @Test func `what is told is remembered, and what is asked is not`() async throws {
        let (world, environment) = (house.world, house.environment)
        var repl = try await Repl.open(.file(world), environment: environment)
        _ = await House.said(&repl, "step")
        let before = await House.said(&repl, "ann??")
        #expect(await House.said(&repl, "ask Ann \"How are you?\"").hasPrefix("Ann Lee: "))
        #expect(await House.said(&repl, "Ann Lee??") == before)
        _ = await House.said(&repl, "tell ann-lee \"The stove is broken.\"")
        #expect(await House.said(&repl, "ann??").contains("The stove is broken."))
        #expect(await House.said(&repl, "bo??").contains("stove") == false)
        let seen = await House.said(&repl, "inject garden \"A fox \u{1B}[31m runs by.\"")
        #expect(seen.contains("A fox") && !seen.contains("\u{1B}"))
        #expect(await House.said(&repl, "bo??").contains("A fox"))
    }

    @Test func `mistakes are answered with what was probably meant`() async throws {
        let (world, environment) = (house.world, house.environment)
        var repl = try await Repl.open(.file(world), environment: environment)
        #expect(await House.said(&repl, "stpe").contains("did you mean 'step'?"))
        #expect(await House.said(&repl, "an?").contains("did you mean 'Ann'?"))
        #expect(await House.said(&repl, "look kichen").contains("did you mean 'kitchen'?"))
        #expect(await House.said(&repl, "tell Ann").contains("say what"))
        #expect(await House.said(&repl, "\u{1B}[2J").contains("\u{1B}") == false)
        #expect(await House.said(&repl, "") == "")
    }

    @Test func `a recorded session replays with what was done by hand, and stays as it is`() async throws {
        let (world, environment) = (house.world, house.environment)
        var first = try await Repl.open(.file(world), environment: environment)
        for line in ["run 1 h", "tell Ann \"The stove is broken.\"", "tell Ann \"It smells.\"", "run 1 h"] {
            _ = await House.said(&first, line)
        }
        let remembered = await House.said(&first, "ann??")
        _ = await House.said(&first, "quit")
        var environmentOffline = environment
        environmentOffline.offline = true
        let id = first.session.run
        var again = try await Repl.open(.recorded(id), environment: environmentOffline)
        // All but the address under them.
        func memories(_ text: String) -> [Substring] { text.split(separator: "\n").dropLast() }
        #expect(memories(await House.said(&again, "ann??")) == memories(remembered))
        var earlier = try await Repl.open(.recorded(id), at: "day 1 06:30", environment: environmentOffline)
        #expect(earlier.prompt == "day 1 06:30> ")
        #expect(await House.said(&earlier, "ann??").contains("stove") == false)
        let interventions = try await ResultsDatabase(path: environment.database).interventions(run: again.session.run)
        #expect(interventions.map(\.command) == ["tell", "tell"])
    }

    @Test(arguments: [
        ("Ann \"How are you?\"", "Ann", "How are you?"), ("Ann Lee How are you?", "Ann Lee", "How are you?"),
        ("ann “Hi”", "ann", "Hi"), ("Nobody there", "Nobody", "there"),
    ])
    func `whom and what are told apart`(_ text: String, _ whom: String, _ what: String) {
        let read = ReplLine.addressed(text) { ["ann", "ann lee"].contains($0.lowercased()) }
        #expect(read.whom == whom && read.what == what)
    }
}
