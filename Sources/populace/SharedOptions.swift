import ArgumentParser
import Foundation
import LanguageModels
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

    @Option(
        help: ArgumentHelp("A LoRA adapter for the embedded --model, a GGUF file, with its scale if not 1.", valueName: "file:scale"),
        transform: loraAdapter)
    var adapter: Adapter?

    @Option(
        help: ArgumentHelp(
            "An OpenAI-compatible server for --model, http://127.0.0.1:8000/v1; repeat it for several with the same weights.",
            valueName: "url"))
    var server: [String] = []

    @Flag(help: "Answer from recorded completions only; a missing one is an error, never a call.")
    var offline = false

    @Flag(name: .customLong("dry-run"), help: "Say what it would take (calls, tokens, time) and stop.")
    var dryRun = false

    @Option(help: ArgumentHelp("Residents or personas asked at once; never changes a result.", valueName: "n"))
    var jobs = 4

    @Option(help: ArgumentHelp("Stop, to be resumed, before this command spends more tokens on model calls.", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Stop, to be resumed, before this command's model calls cost more.", valueName: "sum"))
    var maxCost: Double?

    @Option(
        help: ArgumentHelp(
            "What a million input and output tokens cost, and a million cached input tokens: 0.15,0.60,0.075; replaces the file's.",
            valueName: "in,out"), transform: tokenPrices)
    var prices: TokenPrices?

    func validate() throws {
        guard maxTokens.map({ $0 >= 1 }) != false else { throw ValidationError("--max-tokens is at least 1") }
        guard maxCost.map({ $0 >= 0 && $0.isFinite }) != false else { throw ValidationError("--max-cost is 0 or more") }
        guard jobs >= 1 else { throw ValidationError("--jobs is at least 1") }
        guard adapter == nil || model != nil else { throw ValidationError("--adapter needs --model NAME, the model it adapts") }
        guard adapter == nil || server.isEmpty else {
            throw ValidationError("--adapter is for embedded models: let the server load it, and name the model as the server does")
        }
        guard server.isEmpty || model != nil else { throw ValidationError("--server needs --model NAME, the name the server knows") }
    }
}

extension SharedOptions {
    func environment(_ models: ModelOptions? = nil) -> StudyEnvironment {
        StudyEnvironment(
            database: database, seed: models?.seed, model: models?.model, adapter: models?.adapter,
            servers: models?.server ?? [], prices: models?.prices,
            budget: SpendingLimit(tokens: models?.maxTokens, cost: models?.maxCost),
            offline: models?.offline ?? false, jobs: models?.jobs ?? 1, permissions: permissions,
            commandLine: (["populace"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
            progress: quiet ? .silent : Terminal.progress)
    }
}

/// `0.15,0.60`, or with the price of cached input `0.15,0.60,0.075`.
private func tokenPrices(_ text: String) throws -> TokenPrices {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
    guard [2, 3].contains(numbers.count), numbers.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw ValidationError("--prices are two or three numbers, such as 0.15,0.60")
    }
    return TokenPrices(input: numbers[0], cached: numbers.count == 3 ? numbers[2] : nil, output: numbers[1])
}

/// `adapters/courier.gguf`, or with a scale `adapters/courier.gguf:0.5`.
private func loraAdapter(_ text: String) throws -> Adapter {
    guard let adapter = Adapter(text) else {
        throw ValidationError("--adapter is a file, with a scale from -10 to 10 if not 1: adapters/courier.gguf:0.5")
    }
    return adapter
}
