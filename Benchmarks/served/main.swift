// The survey of `prefix` by letters, put to a server over our own HTTP client, to set beside the embedded model.
//
//     served --server URL [--personas P] [--questions Q] [--at-once N] [--model NAME]
//
// Prints one line of JSON: prompts, seconds, and what tokens the server says it was asked and evaluated. The prompts
// are those of the embedded model, handed over persona by persona.
import Foundation
import LanguageModels

func option(_ name: String) -> String? {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

struct Figures: Encodable {
    var prompts = 0
    var seconds = 0.0
    var asked = 0
    var evaluated = 0
}

guard let server = option("--server") else {
    FileHandle.standardError.write(Data("served: --server URL is needed\n".utf8))
    exit(64)
}
let atOnce = option("--at-once").flatMap { Int($0) } ?? 1
let model = try ServerModel(
    name: option("--model") ?? "served", endpoints: [ServerEndpoint(try ServerAddress(server + "/v1"))],
    maximumConcurrentRequests: atOnce)
let requests = SurveyPrompts.requests(
    .letters, personas: option("--personas").flatMap { Int($0) } ?? 20, questions: option("--questions").flatMap { Int($0) } ?? 20)
var figures = Figures(prompts: requests.count)
let start = ContinuousClock.now
try await withThrowingTaskGroup(of: TokenUsage.self) { group in
    var waiting = requests[...]
    for _ in 0..<atOnce {
        if let request = waiting.popFirst() { group.addTask { try await model.respond(to: request).usage } }
    }
    while let usage = try await group.next() {
        figures.asked += usage.input
        figures.evaluated += usage.input - usage.cached
        if let request = waiting.popFirst() { group.addTask { try await model.respond(to: request).usage } }
    }
}
figures.seconds = (ContinuousClock.now - start) / .seconds(1)
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
print(String(decoding: try encoder.encode(figures), as: UTF8.self))
