import Foundation
import Results

@testable import Studies

/// A world of two people and two rooms whose models are scripted, in a folder of its own.
struct House {
    private let folder: Command.Folder
    var environment: StudyEnvironment
    /// Path of the world file.
    let world: String

    private static let text = """
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

    /// - Parameters:
    ///   - world: The world file's text.
    ///   - ann: The name of the first person, as YAML has it.
    init(world text: String = House.text, ann: String = "Ann Lee") throws {
        folder = try Command.Folder()
        let root = folder.url
        for folder in ["Worlds", "Personas"] {
            try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: root.appending(path: path)) }
        try write(text, "Worlds/house.yaml")
        try write("persona: \(ann)\nage: 40\nwork: baker\n", "Personas/ann-lee.yaml")
        try write("persona: Bo Lind\nage: 50\nwork: gardener\n", "Personas/bo-lind.yaml")
        world = root.appending(path: "Worlds/house.yaml").path
        environment = StudyEnvironment(database: root.appending(path: "p.sqlite").path, model: "scripted")
    }

    var url: URL { folder.url }

    func opened() async throws -> Repl { try await Repl.open(.file(world), environment: environment) }

    static func said(_ repl: inout Repl, _ line: String) async -> String {
        if case .text(let text) = await repl.answer(line) { text } else { "quit" }
    }

    /// The answers to these lines, one a line.
    static func said(_ repl: inout Repl, _ lines: [String]) async -> [String] {
        var answers: [String] = []
        for line in lines { answers.append(await said(&repl, line)) }
        return answers
    }
}
