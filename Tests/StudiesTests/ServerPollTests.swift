import Agents
import Foundation
import LanguageModels
import Reports
import Results
import ScriptedServers
import Synchronization
import Testing

@testable import Studies

/// A server that counts a token for each `bytes` of what it is told, answers letters and words, and after a delay.
private func server(bytes: Double = 4, delay: Double = 0) throws -> ScriptedServer {
    try ScriptedServer { request, _, _ in
        struct Body: Decodable {
            struct Message: Decodable { var content: String }
            var messages: [Message]
            var logprobs: Bool?
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: request.body) else { return .answer(400, body: "") }
        let length = body.messages.reduce(0) { $0 + $1.content.utf8.count }
        let input = Int(Double(length) / bytes) + 9
        let output = body.logprobs == true ? 1 : 9
        let letters = (0..<4).map { #"{"token":"\#(["A", "B", "C", "D"][$0])","logprob":-\#(($0 + length) % 4 + 1)}"# }
        let logprobs = #","logprobs":{"content":[{"top_logprobs":[\#(letters.joined(separator: ","))]}]}"#
        return .late(
            delay,
            body: #"{"choices":[{"message":{"content":"About right."}\#(output == 1 ? logprobs : "")}],"usage":{"prompt_tokens":\#(input),"completion_tokens":\#(output),"prompt_tokens_details":{"cached_tokens":\#(input / 2)}}}"#)
    }
}

/// Polls of the shipped panel on a database of their own.
private struct Polls {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-polls-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    var database: String { folder.appending(path: "db.sqlite").path }

    func study(
        _ servers: [String], model: String = "m", budget: SpendingLimit = SpendingLimit(), prices: TokenPrices? = nil, jobs: Int = 8
    ) -> PollStudy {
        PollStudy(environment: StudyEnvironment(
            database: database, model: model, servers: servers, prices: prices, budget: budget, jobs: jobs))
    }

    func request(_ questions: [String], _ method: String) -> PollStudy.Request {
        PollStudy.Request(
            whom: Self.root.appending(path: "Personas/gss-adults.panel.yaml").path, questions: questions, method: method)
    }

    /// What a poll recorded of answers, but for its own name.
    func answers(_ run: String) async throws -> [String] {
        try await ResultsDatabase(path: database, mustExist: true).answers(run: run).map { "\($0.answer)" }
    }
}

private func figure(_ outcome: StudyOutcome, _ name: String) throws -> Double {
    guard case .object(let members) = outcome.json else { throw CancellationError() }
    switch members.first(where: { $0.name == name })?.value {
    case .integer(let value)?: return Double(value)
    case .number(let value)?: return value
    case let other: throw Missing(name: name, value: "\(String(describing: other))")
    }
}

private struct Missing: Error {
    var name: String
    var value: String
}

private let prices = TokenPrices(input: 2, output: 8)

@Suite(.serialized) struct `Polls on servers` {
    @Test(arguments: [("letters", "m"), ("sample", "m"), ("letters", "scripted"), ("sample", "scripted"), ("words", "scripted")])
    func `a dry run foretells calls, tokens and cost within a tenth`(method: String, name: String) async throws {
        let polls = try Polls()
        defer { try? FileManager.default.removeItem(at: polls.folder) }
        let server = try server()
        defer { server.stop() }
        let servers = name == "m" ? [server.address + "/v1"] : []
        let study = polls.study(servers, model: name, prices: prices)
        let request = polls.request(["natpark", "abany"], method)
        let foretold = try await study.estimate(request)
        let told = try await study.poll(request)
        #expect(try figure(foretold, "new") == figure(told, "calls"))
        let spent = study.environment.budget.spent
        #expect(try abs(figure(foretold, "tokens") / Double(spent.usage.total) - 1) < 0.1)
        if name == "m" {
            // The server charges cached input in full where no price says otherwise.
            #expect(try abs(figure(foretold, "cost") / spent.cost - 1) < 0.1)
            #expect(try figure(told, "cost") == spent.cost && spent.usage.cached > 0)
        }
    }

    @Test(arguments: ["m", "scripted"]) func `a dry run foretells interviews too, once one has been held`(name: String) async throws {
        let polls = try Polls()
        defer { try? FileManager.default.removeItem(at: polls.folder) }
        let server = try server()
        defer { server.stop() }
        let study = polls.study(name == "m" ? [server.address] : [], model: name)
        func request(_ questions: [String]) -> PollStudy.Request {
            PollStudy.Request(
                whom: Polls.root.appending(path: "Personas/rosa-delgado.yaml").path,
                survey: Polls.root.appending(path: "Worlds/believability.survey.yaml").path, questions: questions)
        }
        _ = try await study.poll(request(["self1"]))
        let before = study.environment.budget.spent
        let foretold = try await study.estimate(request(["self1", "self2", "memory1", "memory2", "plan1"]))
        #expect(try figure(foretold, "recorded") == 1 && figure(foretold, "new") == 4)
        _ = try await study.poll(request(["self1", "self2", "memory1", "memory2", "plan1"]))
        let spent = study.environment.budget.spent
        #expect(spent.calls - before.calls == 4)
        #expect(try abs(figure(foretold, "tokens") / Double(spent.usage.total - before.usage.total) - 1) < 0.1)
    }

    @Test(arguments: [2.7, 6]) func `a dry run learns from recorded calls how a server counts, and how long it takes`(
        bytes: Double
    ) async throws {
        let polls = try Polls()
        defer { try? FileManager.default.removeItem(at: polls.folder) }
        let server = try server(bytes: bytes, delay: 0.05)
        defer { server.stop() }
        let first = polls.study([server.address])
        _ = try await first.poll(polls.request(["abany"], "letters"))
        let study = polls.study([server.address], prices: prices)
        let request = polls.request(["natpark"], "letters")
        let foretold = try await study.estimate(request)
        let start = ContinuousClock.now
        _ = try await study.poll(request)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        #expect(try abs(figure(foretold, "tokens") / Double(study.environment.budget.spent.usage.total) - 1) < 0.05)
        // Drawing and recording, and whatever else the machine does, come on top of the calls.
        #expect(try (0.3...1.1).contains(figure(foretold, "seconds") / seconds), "\(foretold.text), \(seconds) s")
    }

    @Test func `a budget stops a poll, and asking again goes on to the same answers as one go`() async throws {
        let (whole, parts) = (try Polls(), try Polls())
        defer { for polls in [whole, parts] { try? FileManager.default.removeItem(at: polls.folder) } }
        let server = try server()
        defer { server.stop() }
        let request = whole.request(["natpark"], "letters")
        _ = try await whole.study([server.address]).poll(request)
        let once = server.received.count
        var stops = 0
        var calls = 0
        while true {
            let study = parts.study([server.address], budget: SpendingLimit(tokens: 30_000), jobs: 4 + stops)
            do {
                _ = try await study.poll(request)
                break
            } catch let error as StudyError {
                stops += 1
                #expect(!isUsersMistake(error) && "\(error)".contains("budget is spent") && "\(error)".contains("go on with"))
                // Estimates of calls let through may fall short by a few tokens each.
                #expect(study.environment.budget.spent.usage.total <= 30_100)
                #expect(study.environment.budget.spent.usage.total > 29_000)
                calls += study.environment.budget.spent.calls
                #expect(server.received.count - once == calls, "what was paid for was counted")
            }
        }
        #expect(stops >= 2)
        #expect(server.received.count == 2 * once, "nothing was asked twice")
        #expect(try await parts.answers("poll-\(stops + 1)") == whole.answers("poll-1"))
    }

    @Test func `a cost is a budget too, and needs prices`() async throws {
        let polls = try Polls()
        defer { try? FileManager.default.removeItem(at: polls.folder) }
        let server = try server()
        defer { server.stop() }
        let request = polls.request(["natpark"], "letters")
        await #expect(throws: StudyError.self) {
            try await polls.study([server.address], budget: SpendingLimit(cost: 0.01)).poll(request)
        }
        #expect(server.received.isEmpty)
        let study = polls.study([server.address], budget: SpendingLimit(cost: 0.01), prices: prices)
        await #expect(throws: StudyError.self) { try await study.poll(request) }
        #expect(study.environment.budget.spent.cost <= 0.01 && study.environment.budget.spent.cost > 0.009)
    }

    @Test func `two servers, one of which dies, give the answers of one`() async throws {
        let (one, two) = (try Polls(), try Polls())
        defer { for polls in [one, two] { try? FileManager.default.removeItem(at: polls.folder) } }
        let well = try server()
        let dying = try ScriptedServer { _, before, _ in before < 20 ? .answer(500, body: "") : .reset }
        defer {
            well.stop()
            dying.stop()
        }
        let request = one.request(["natpark"], "letters")
        _ = try await one.study([well.address]).poll(request)
        _ = try await two.study([dying.address, well.address], jobs: 16).poll(request)
        #expect(try await two.answers("poll-1") == one.answers("poll-1"))
        #expect(!dying.received.isEmpty && dying.received.count < 60)
        // The address is no part of what a call is recorded under: the other server's answers serve.
        let asked = well.received.count
        _ = try await one.study([dying.address]).poll(request)
        #expect(well.received.count == asked)
    }
}
