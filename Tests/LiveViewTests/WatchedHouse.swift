import Foundation
import Studies

@testable import LiveView

/// A small study in a folder of its own, with hostile texts in it, whose models are scripted.
final class WatchedHouse {
    static let world = """
        world: 'Two Rooms </script><script>document.title = "taken"</script>'
        about: "Two people in a house. \\u202Edesrever"
        seed: 7
        clock:
          starts: 2026-03-02 06:00
          grain: 30 min
          night: 22:00 to 06:00
        places:
          kitchen:
            about: A table and a stove.
            near: [garden, '<b onclick="alert(1)">attic</b>']
            areas:
              pantry:
                about: Jars.
          garden:
            about: Beans and a bench.
          '<b onclick="alert(1)">attic</b>':
            about: Dust.
        residents:
          - persona: Personas/ann-lee.yaml
            lives: kitchen
          - persona: Personas/eve.yaml
            lives: garden
        events:
          - at: day 1 07:00
            in: kitchen
            seen: "<img src=x onerror=document.title='taken'> \\u2067 falls off the wall."
        stop:
          - at: day 1 12:00
        """

    let folder = FileManager.default.temporaryDirectory.appending(path: "populace-live-\(UUID().uuidString)")

    init() throws {
        for (path, text) in [
            ("Worlds/house.yaml", Self.world),
            ("Personas/ann-lee.yaml", "persona: Ann Lee\nage: 40\nwork: baker\nhabits: [bake bread, sweep]\n"),
            ("Personas/eve.yaml", "persona: 'Eve \"<script>alert(1)</script>\" O''Neil'\nage: 50\nwork: gardener\n"),
        ] {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var file: String { folder.appending(path: "Worlds/house.yaml").path }

    func environment(database: String = "p.sqlite") -> StudyEnvironment {
        StudyEnvironment(database: folder.appending(path: database).path, model: "scripted")
    }

    /// Runs the world to its end with nobody looking on.
    func record(database: String = "p.sqlite") async throws {
        _ = try await RunStudy(environment: environment(database: database)).run(.file(file))
    }
}

/// Serves a run while something is done with its address.
///
/// - Parameters:
///   - token: What the address has in it.
///   - port: 0 for any.
func serving<Value: Sendable>(
    _ watched: WatchedRun, token: AccessToken = AccessToken(), port: Int = 0,
    _ body: @escaping @Sendable (String) async throws -> Value
) async throws -> Value {
    let (addresses, found) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            let server = LiveServer(watched, token: token, heartbeat: .milliseconds(200))
            try await server.run(port: port) { found.yield($0) }
            return nil
        }
        group.addTask {
            for await address in addresses { return try await body(address) }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
