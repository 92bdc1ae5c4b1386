// The survey of `prefix` by letters, put to a server over our own HTTP client, to set beside the embedded model.
//
//     served --server URL [--personas P] [--questions Q] [--at-once N] [--model NAME]
//
// Prints one line of JSON: prompts, seconds, what tokens the server says it was asked and evaluated, and the probability
// of each letter by prompt. The prompts are those of the embedded model, handed over persona by persona.
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
    var probabilities: [[Double]] = []
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
var figures = Figures(prompts: requests.count, probabilities: Array(repeating: [], count: requests.count))
let start = ContinuousClock.now
try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
    var waiting = Array(requests.enumerated())[...]
    func ask() {
        guard let (place, request) = waiting.popFirst() else { return }
        group.addTask { (place, try await model.respond(to: request)) }
    }
    for _ in 0..<atOnce { ask() }
    while let (place, answer) = try await group.next() {
        figures.asked += answer.usage.input
        figures.evaluated += answer.usage.input - answer.usage.cached
        if case .scores(let scores) = answer.response {
            figures.probabilities[place] = scores.map { $0.logLikelihood.map { exp($0) } ?? 0 }
        }
        ask()
    }
}
figures.seconds = (ContinuousClock.now - start) / .seconds(1)
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
print(String(decoding: try encoder.encode(figures), as: UTF8.self))
