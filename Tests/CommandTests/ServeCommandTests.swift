import Foundation
import Testing

struct ServeCommandTests {
    /// A command that serves a page, and what it says on standard error until it does.
    private func serving(
        _ command: Command, _ arguments: [String]
    ) throws -> (process: Process, errors: URL, said: String) {
        let process = command.process(arguments)
        let errors = command.folder.appending(path: "err-\(UUID().uuidString)")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = ""
        let start = ContinuousClock.now
        while process.isRunning, ContinuousClock.now - start < .seconds(60) {
            said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            if said.contains("Watch at ") && said.hasSuffix("\n") { break }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return (process, errors, said)
    }

    /// Whether that is all, and the address has an unguessable word in it.
    private func isAddress(_ said: String) -> Bool {
        said.wholeMatch(of: /Watch at http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\/  \(Ctrl-C ends it\)\n/) != nil
    }

    @Test(.timeLimit(.minutes(2))) func `Ctrl-C ends a run that is watched, and it can be gone on with`() throws {
        let command = try Command()
        // Two days of 25 people take many seconds: the run is under way when it is stopped.
        let world = ["Worlds/valentine.yaml", "--model", "scripted", "--db", command.database]
        let (process, errors, said) = try serving(command, ["run"] + world + ["--serve", "--quiet"])
        #expect(isAddress(said), "\(said)")
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 1)
        let end = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        #expect(end.contains("Ctrl-C again ends at once"), "\(end)")
        #expect(end.contains("error: stopped by hand at day 1"), "\(end)")
        #expect(end.contains("go on with: populace run --resume run-1 --db \(command.database)"), "\(end)")
        let resumed = try command.run(
            "run", "--resume", "run-1", "--until", "day 1 06:10", "--db", command.database, "--json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains("\"until\": \"day 1 06:"), "\(resumed.output)")

        let (again, _, address) = try serving(command, ["serve", "latest", "--db", command.database])
        #expect(isAddress(address), "\(address)")
        let port = try #require(address.firstMatch(of: /:(\d+)\//))
        let taken = try command.run("serve", "latest", "--db", command.database, "--port", String(port.1))
        #expect(taken.status == 64)
        #expect(taken.errors.contains("port \(port.1) of this machine cannot be had"), "\(taken.errors)")
        kill(again.processIdentifier, SIGTERM)
        again.waitUntilExit()
        #expect(again.terminationReason == .exit)
        #expect(again.terminationStatus == 0)
    }

    @Test func `mistakes are said before a page is`() throws {
        let command = try Command()
        for (arguments, mistake) in [
            (["run", "Worlds/none.yaml", "--serve"], "none.yaml"),
            (["run", "Worlds/alder-creek.yaml", "--port", "80"], "--port is the page's: add --serve"),
            (["run", "Worlds/alder-creek.yaml", "--serve", "--port", "70000"], "--port is 1 to 65535"),
            (["serve", "run-1"], "The database holds no run run-1"),
            (["serve", "run-1", "--json"], "serve shows a page"),
        ] {
            let outcome = try command.run(arguments + ["--db", command.database])
            #expect(outcome.status == 64, "\(arguments)")
            #expect(outcome.errors.contains(mistake), "\(outcome.errors)")
            #expect(!outcome.errors.contains("Watch at"))
        }
    }
}
