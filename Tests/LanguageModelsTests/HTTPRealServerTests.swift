import Foundation
import LanguageModels
import Testing

/// A server as `Scripts/test-server` starts it, with the default model.
private final class RealServer {
    let address: String
    private let process = Process()
    private let input = Pipe()

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let output = Pipe()
        process.executableURL = root.appendingPathComponent("Scripts/test-server")
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(0x0a) {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if address.isEmpty { stop() }
        try #require(!address.isEmpty, "Scripts/test-server did not start")
    }

    /// The server ends when its standard input does.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func model() throws -> ServerModel {
        try ServerModel(
            name: "smollm2-135m", endpoints: [ServerEndpoint(ServerAddress(address + "/v1"))], revision: "Q4_1")
    }
}

private let testAll = ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"

private func chat(_ text: String) -> Prompt { Prompt(form: .chat, segments: [.init(.user, text)]) }

private let choice = ScoreRequest(
    prompt: chat("Which letter comes first in the alphabet?\nA. A\nB. B\nAnswer with one letter, A or B."),
    purpose: "poll", continuations: ["A", "B", " A", " B"])

@Suite(.serialized) struct `A real server on loopback` {
    @Test func `speaks, tells the likelihood of letters, and embeds`() async throws {
        let server = try RealServer()
        defer { server.stop() }
        let model = try server.model()
        let spoken = try await model.respond(to: .text(TextRequest(
            prompt: chat("Say hello."), purpose: "speak", maximumTokens: 8, temperature: 0, seed: 1)))
        guard case .text(let words, _) = spoken.response else { return #expect(Bool(false)) }
        #expect(!words.isEmpty && spoken.usage.input > 0 && (1...8).contains(spoken.usage.output))

        let scored = try await model.respond(to: .score(choice))
        guard case .scores(let scores) = scored.response else { return #expect(Bool(false)) }
        #expect(scores.count == 4 && scores.contains { $0.logLikelihood.map { $0 <= 0 && $0 > -20 } == true })
        #expect(scored.usage.output == 1)

        let embedded = try await model.respond(to: .embed(EmbedRequest(text: "The cat sat on the mat.")))
        guard case .embedding(let vector) = embedded.response else { return #expect(Bool(false)) }
        #expect(vector.count == 576)
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
    }

    @Test(.enabled(if: testAll, "set POPULACE_TEST_ALL=1"))
    func `keeps a schema, is asked by many at once, and says what it refuses`() async throws {
        let server = try RealServer()
        defer { server.stop() }
        let model = try server.model()
        let grammar = Grammar(
            gbnf: "", jsonSchema: #"{"type":"object","properties":{"z":{"enum":["yes","no"]},"a":{"enum":["1"]}},"required":["z","a"]}"#)
        let shaped = try await model.respond(to: .text(TextRequest(
            prompt: chat("Is the sky blue?"), purpose: "plan", maximumTokens: 64, temperature: 0, seed: 1, grammar: grammar)))
        guard case .text(let json, true) = shaped.response else { return #expect(Bool(false), "\(shaped)") }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String])
        #expect(["yes", "no"].contains(object["z"]) && object["a"] == "1")

        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<12 { group.addTask { try await model.respond(to: .score(choice)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // How much of a prompt the server had cached differs; what it read does not.
        let counted = answers.map { [$0.usage.input, $0.usage.output] }
        #expect(counted.count == 12 && counted.allSatisfy { $0 == counted[0] })

        let long = String(repeating: "word ", count: 10_000)
        await #expect(throws: ServerError.self) {
            try await model.respond(to: .text(TextRequest(prompt: chat(long), purpose: "speak", maximumTokens: 8, seed: 1)))
        }
    }
}
