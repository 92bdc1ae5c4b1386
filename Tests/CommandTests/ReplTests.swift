import Foundation
import Results
import Testing

@testable import Studies

struct ReplTests {
    private let folder: Command.Folder

    init() throws { folder = try Command.Folder() }

    private static let world = """
        world: Two Rooms
        about: Two people in a house.
        seed: 7
        clock:
          starts: 2026-03-02 06:00
          grain: 30 min
          night: 22:00 to 06:00
        places:
          kitchen:
            about: A table and a stove.
            near: [garden]
            objects:
              kettle: cold
          garden:
            about: Beans and a bench.
        residents:
          - persona: Personas/ann-lee.yaml
            lives: kitchen
          - persona: Personas/bo-lind.yaml
            lives: garden
        stop:
          - at: day 1 20:00
        """

    /// A study with two people, and an environment whose models are scripted.
    private func study() throws -> (world: String, environment: StudyEnvironment) {
        let root = folder.url
        for folder in ["Worlds", "Personas"] {
            try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: root.appending(path: path)) }
        try write(Self.world, "Worlds/house.yaml")
        try write("persona: Ann Lee\nage: 40\nwork: baker\n", "Personas/ann-lee.yaml")
        try write("persona: Bo Lind\nage: 50\nwork: gardener\n", "Personas/bo-lind.yaml")
        return (
            root.appending(path: "Worlds/house.yaml").path,
            StudyEnvironment(database: root.appending(path: "p.sqlite").path, model: "scripted")
        )
    }

    private func said(_ repl: inout Repl, _ line: String) async -> String {
        if case .text(let text) = await repl.answer(line) { text } else { "quit" }
    }

    @Test func `the clock is the prompt and goes on with run`() async throws {
        let (world, environment) = try study()
        var repl = try await Repl.open(.file(world), environment: environment)
        #expect(repl.prompt == "day 1 06:00> ")
        _ = await said(&repl, "run 2 h")
        #expect(repl.prompt == "day 1 08:00> ")
        _ = await said(&repl, "run until day 1 09:15")
        #expect(repl.prompt == "day 1 09:15> ")
        #expect(await said(&repl, "run until day 1 08:00").contains("is past"))
        #expect(await said(&repl, "who").contains("ann-lee"))
        #expect(await said(&repl, "look KITCHEN").contains("kettle: cold"))
        #expect(await said(&repl, "map").contains("next to kitchen"))
        #expect(await said(&repl, "quit") == "quit")
    }

    @Test func `what is told is remembered, and what is asked is not`() async throws {
        let (world, environment) = try study()
        var repl = try await Repl.open(.file(world), environment: environment)
        _ = await said(&repl, "step")
        let before = await said(&repl, "ann??")
        #expect(await said(&repl, "ask Ann \"How are you?\"").hasPrefix("Ann Lee: "))
        #expect(await said(&repl, "Ann Lee??") == before)
        _ = await said(&repl, "tell ann-lee \"The stove is broken.\"")
        #expect(await said(&repl, "ann??").contains("The stove is broken."))
        #expect(await said(&repl, "bo??").contains("stove") == false)
        let seen = await said(&repl, "inject garden \"A fox \u{1B}[31m runs by.\"")
        #expect(seen.contains("A fox") && !seen.contains("\u{1B}"))
        #expect(await said(&repl, "bo??").contains("A fox"))
    }

    @Test func `mistakes are answered with what was probably meant`() async throws {
        let (world, environment) = try study()
        var repl = try await Repl.open(.file(world), environment: environment)
        #expect(await said(&repl, "stpe").contains("did you mean 'step'?"))
        #expect(await said(&repl, "an?").contains("did you mean 'Ann'?"))
        #expect(await said(&repl, "look kichen").contains("did you mean 'kitchen'?"))
        #expect(await said(&repl, "tell Ann").contains("say what"))
        #expect(await said(&repl, "\u{1B}[2J").contains("\u{1B}") == false)
        #expect(await said(&repl, "") == "")
    }

    @Test func `a recorded session replays with what was done by hand, and stays as it is`() async throws {
        let (world, environment) = try study()
        var first = try await Repl.open(.file(world), environment: environment)
        for line in ["run 1 h", "tell Ann \"The stove is broken.\"", "tell Ann \"It smells.\"", "run 1 h"] {
            _ = await said(&first, line)
        }
        let remembered = await said(&first, "ann??")
        _ = await said(&first, "quit")
        var environmentOffline = environment
        environmentOffline.offline = true
        let id = first.session.run
        var again = try await Repl.open(.recorded(id), environment: environmentOffline)
        #expect(await said(&again, "ann??") == remembered)
        var earlier = try await Repl.open(.recorded(id), at: "day 1 06:30", environment: environmentOffline)
        #expect(earlier.prompt == "day 1 06:30> ")
        #expect(await said(&earlier, "ann??").contains("stove") == false)
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
