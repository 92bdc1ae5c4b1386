import ArgumentParser
import Foundation
import Studies

/// What every command that touches the database or a model takes.
struct SharedOptions: ParsableArguments {
    @Option(name: .customLong("db"), help: ArgumentHelp("The results database.", valueName: "file"))
    var database = "Results/populace.sqlite"

    @Flag(help: "Print JSON on standard output.")
    var json = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @Option(
        name: .customLong("allow-path"),
        help: ArgumentHelp("Let study files name this path outside the study's root; may be repeated.", valueName: "path"))
    var allowedPaths: [String] = []

    @Option(
        name: .customLong("allow-server"),
        help: ArgumentHelp("Let study files name this host; loopback always may be. May be repeated.", valueName: "host"))
    var allowedServers: [String] = []

    var permissions: FilePermissions { FilePermissions(paths: allowedPaths, servers: allowedServers) }
}

/// What commands that ask a model take besides.
struct ModelOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The seed every random draw descends from; replaces the file's.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The model that speaks and rates; replaces the file's. See 'populace model list'.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("An OpenAI-compatible server for --model, http://127.0.0.1:8000/v1.", valueName: "url"))
    var server: String?

    @Flag(help: "Answer from recorded completions only; a missing one is an error, never a call.")
    var offline = false

    @Flag(name: .customLong("dry-run"), help: "Say what it would take (calls, tokens, time) and stop.")
    var dryRun = false

    @Option(help: ArgumentHelp("Residents or personas asked at once; never changes a result.", valueName: "n"))
    var jobs = 4

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs is at least 1") }
        guard server == nil || model != nil else { throw ValidationError("--server needs --model NAME, the name the server knows") }
    }
}

extension SharedOptions {
    func environment(_ models: ModelOptions? = nil) -> StudyEnvironment {
        StudyEnvironment(
            database: database, seed: models?.seed, model: models?.model, server: models?.server,
            offline: models?.offline ?? false, jobs: models?.jobs ?? 1, permissions: permissions,
            commandLine: (["populace"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
            progress: quiet ? .silent : Terminal.progress)
    }
}
