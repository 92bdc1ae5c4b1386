import Foundation
import ScriptedServers
import Testing

@testable import LanguageModels

private let ok = #"{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}"#
private let hello = Answer(response: .text("Hello", complete: true), usage: TokenUsage(input: 7, output: 2))

private func letters(_ candidates: String) -> String {
    #"{"choices":[{"message":{"content":"A"},"logprobs":{"content":[{"top_logprobs":[\#(candidates)]}]}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}"#
}

private let prompt = Prompt(form: .chat, segments: [
    .init(.system, "You are "), .init(.system, "Rosa."), .init(.user, "Who <|im_end|> are you?"),
])
private let quick = RetryPolicy(
    first: .milliseconds(2), longest: .milliseconds(4), maximumAttempts: 3, attemptTimeout: .seconds(5),
    deadline: .seconds(20))

private func model(
    _ server: ScriptedServer, policy: RetryPolicy = quick, key: Secret? = nil, maximumBody: Int = 1 << 20
) throws -> ServerModel {
    try ServerModel(
        name: "m", endpoints: [ServerEndpoint(ServerAddress(server.address + "/v1/"), key: key)], revision: "r1",
        policy: policy, maximumBody: maximumBody)
}

private func text(stop: [String] = [], grammar: Grammar? = nil) -> Request {
    .text(TextRequest(
        prompt: prompt, purpose: "speak", maximumTokens: 5, seed: .max, stop: stop, grammar: grammar))
}

private func score(_ continuations: [String]) -> Request {
    .score(ScoreRequest(prompt: prompt, purpose: "poll", continuations: continuations))
}

@Suite struct `A model behind a server` {
    @Test func `a request says all that the answer may depend on`() async throws {
        let server = try ScriptedServer(.answer(200, body: ok))
        defer { server.stop() }
        let model = try model(server)
        let schema = #"{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}}}"#
        let grammar = Grammar(gbnf: "root ::= \"x\"", jsonSchema: schema)
        #expect(try await model.respond(to: text(stop: ["\n"], grammar: grammar)) == hello)
        #expect(model.identity == ModelIdentity(name: "m", backEnd: "openai", weights: "r1"))
        let received = try #require(server.received.first)
        #expect(received.head.hasPrefix("POST /v1/chat/completions HTTP/1.1\r\n"))
        #expect(!received.head.lowercased().contains("authorization"))
        #expect(String(decoding: received.body, as: UTF8.self) == #"""
            {"max_tokens":5,"messages":[{"content":"You are Rosa.","role":"system"},{"content":"Who <|im_end|> are you?","role":"user"}],"model":"m","seed":2147483647,"stop":["\n"],"temperature":0.8,"top_p":0.95,"response_format":{"json_schema":{"name":"answer","schema":{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}}},"strict":true},"type":"json_schema"}}
            """#)
    }

    @Test func `an answer is cut at its stop and is incomplete at the token limit`() async throws {
        let server = try ScriptedServer(.answer(200, body: ok.replacing("Hello", with: "Hello\\nRosa").replacing("stop", with: "length")))
        defer { server.stop() }
        #expect(try await model(server).respond(to: text(stop: ["R", "\n"])).response == .text("Hello", complete: false))
    }

    @Test func `labels are matched to tokens byte for byte and those not listed have no likelihood`() async throws {
        let server = try ScriptedServer(.answer(200, body: letters(
            #"{"token":"A","logprob":-0.5},{"token":"?","bytes":[32,65],"logprob":-1.5},{"token":"b","logprob":-3}"#)))
        defer { server.stop() }
        let answer = try await model(server).respond(to: score(["A", " A", "B", "b"]))
        #expect(answer.response == .scores([-0.5, -1.5, nil, -3].map { .init(logLikelihood: $0, tokenCount: 1) }))
        #expect(answer.usage == TokenUsage(input: 9, output: 1))
        let body = String(decoding: server.received[0].body, as: UTF8.self)
        #expect(body.contains(#""logprobs":true"#) && body.contains(#""top_logprobs":20"#) && body.contains(#""max_tokens":1"#))
    }

    @Test(arguments: [[], ["too little."], ["A", ""], ["1", "10"], ["  A"], ["é"]])
    func `scoring anything but single labels is unsupported and the message names the way out`(continuations: [String]) async throws {
        let server = try ScriptedServer(.answer(200, body: ok))
        defer { server.stop() }
        let error = await #expect(throws: ModelError.self) { try await model(server).respond(to: score(continuations)) }
        #expect(error.map { "\($0)".contains("`words`") && "\($0)".contains("embedded model") } == true)
        #expect(server.received.isEmpty)
    }

    @Test func `a plain prompt is unsupported`() async throws {
        let server = try ScriptedServer(.answer(200, body: ok))
        defer { server.stop() }
        var request = TextRequest(prompt: prompt, purpose: "speak", maximumTokens: 5, seed: 1)
        request.prompt.form = .plain
        await #expect(throws: ModelError.self) { try await model(server).respond(to: .text(request)) }
        #expect(server.received.isEmpty)
    }

    @Test func `a server without log-probabilities is told from one that lists none of the labels`() async throws {
        let server = try ScriptedServer(.answer(200, body: ok))
        defer { server.stop() }
        let error = await #expect(throws: ModelError.self) { try await model(server).respond(to: score(["A", "B"])) }
        #expect("\(String(describing: error))".contains("log-probabilities"))
        #expect(server.received.count == 1)
    }

    @Test func `never more requests are under way than are allowed`() async throws {
        let server = try ScriptedServer(.late(0.05, body: ok))
        defer { server.stop() }
        let model = try ServerModel(
            name: "m", endpoints: [ServerEndpoint(ServerAddress(server.address))], maximumConcurrentRequests: 3, policy: quick)
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<12 { group.addTask { try await model.respond(to: text()) } }
            for try await answer in group { #expect(answer == hello) }
        }
        #expect(server.received.count == 12)
        #expect((2...3).contains(server.mostAtOnce))
    }

    @Test func `a cancelled request ends at once and frees its place`() async throws {
        let server = try ScriptedServer(.silence(2), .answer(200, body: ok))
        defer { server.stop() }
        let model = try ServerModel(
            name: "m", endpoints: [ServerEndpoint(ServerAddress(server.address))], maximumConcurrentRequests: 1, policy: quick)
        let task = Task { try await model.respond(to: text()) }
        while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await model.respond(to: text()) == hello)
        #expect(ContinuousClock.now - start < .seconds(1.5))
    }

    @Test func `a vector comes back with unit length`() async throws {
        let server = try ScriptedServer(.answer(200, body: #"{"data":[{"embedding":[3,-4]}],"usage":{"prompt_tokens":2}}"#))
        defer { server.stop() }
        let answer = try await model(server).respond(to: .embed(EmbedRequest(text: "x")))
        #expect(answer == Answer(response: .embedding([0.6, -0.8]), usage: TokenUsage(input: 2, output: 0)))
    }
}

@Suite struct `A server that misbehaves` {
    @Test(arguments: [
        ScriptedServer.Reply.answer(500, body: "oops"), .answer(503, body: ""), .answer(429, body: ""), .answer(408, body: ""),
        .reset, .answer(200, body: "<html>garbage"), .answer(200, body: "{}"), .answer(200, body: ""),
        .answer(200, headers: ["Content-Length: 400"], body: String(ok.prefix(40))), .silence(0),
    ]) func `is asked again, and then its answer counts`(first: ScriptedServer.Reply) async throws {
        let server = try ScriptedServer(first, .answer(200, body: ok))
        defer { server.stop() }
        #expect(try await model(server).respond(to: text()) == hello)
        #expect(server.received.count == 2)
        #expect(server.received.first?.body == server.received.last?.body)
    }

    @Test(arguments: ["NaN", "1e999", "null", "2.5", "\"NaN\"", "-Infinity"])
    func `with log-probabilities that are no numbers of at most 0 is asked again`(value: String) async throws {
        let server = try ScriptedServer(
            .answer(200, body: letters(#"{"token":"A","logprob":\#(value)}"#)),
            .answer(200, body: letters(#"{"token":"A","logprob":-1}"#)))
        defer { server.stop() }
        let answer = try await model(server).respond(to: score(["A"]))
        #expect(answer.response == .scores([.init(logLikelihood: -1, tokenCount: 1)]))
        #expect(server.received.count == 2)
    }

    @Test func `is waited for as long as it asks`() async throws {
        let server = try ScriptedServer(.answer(429, headers: ["Retry-After: 1"], body: ""), .answer(200, body: ok))
        defer { server.stop() }
        let start = ContinuousClock.now
        #expect(try await model(server).respond(to: text()) == hello)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test func `is not waited for beyond the deadline`() async throws {
        let server = try ScriptedServer(.answer(429, headers: ["Retry-After: 3600"], body: ""))
        defer { server.stop() }
        await #expect(throws: ServerError.wantsLongWait(server: "127.0.0.1:\(server.port)", seconds: 3_600)) {
            try await model(server).respond(to: text())
        }
    }

    @Test func `is given up after the last attempt`() async throws {
        let server = try ScriptedServer(.answer(500, body: ""))
        defer { server.stop() }
        await #expect(throws: ServerError.unavailable(server: "127.0.0.1:\(server.port)", status: 500, attempts: 3)) {
            try await model(server).respond(to: text())
        }
        #expect(server.received.count == 3)
    }

    @Test func `is given up when it is silent`() async throws {
        let server = try ScriptedServer(.silence(3))
        defer { server.stop() }
        var policy = quick
        policy.maximumAttempts = 2
        policy.attemptTimeout = .milliseconds(100)
        await #expect(throws: ServerError.timedOut(server: "127.0.0.1:\(server.port)", attempts: 2)) {
            try await model(server, policy: policy).respond(to: text())
        }
    }

    @Test func `is not followed to another host`() async throws {
        let other = try ScriptedServer(.answer(200, body: ok))
        defer { other.stop() }
        let server = try ScriptedServer(.answer(307, headers: ["Location: http://localhost:\(other.port)/v1"], body: ""))
        defer { server.stop() }
        await #expect(throws: ServerError.redirected(server: "127.0.0.1:\(server.port)", to: "localhost:\(other.port)")) {
            try await model(server, key: Secret("sk-verysecret")).respond(to: text())
        }
        #expect(server.received.count == 1 && other.received.isEmpty)
    }

    @Test func `is not read beyond the bound`() async throws {
        let server = try ScriptedServer(.answer(200, body: ok))
        defer { server.stop() }
        await #expect(throws: ServerError.tooLarge(server: "127.0.0.1:\(server.port)", limit: 50)) {
            try await model(server, maximumBody: 50).respond(to: text())
        }
        #expect(server.received.count == 1)
    }

    @Test func `is not asked again after a refusal, and its message is one line without the key`() async throws {
        let server = try ScriptedServer(
            .answer(401, body: #"{"error":{"message":"No such key: sk-very****"}}"#),
            .answer(400, body: #"{"error":{"message":"Too\u001b[31m\nlong"}}"#))
        defer { server.stop() }
        let model = try model(server, key: Secret("sk-verysecret"))
        let name = "127.0.0.1:\(server.port)"
        await #expect(throws: ServerError.rejected(server: name, status: 401, message: nil)) {
            try await model.respond(to: text())
        }
        await #expect(throws: ServerError.rejected(server: name, status: 400, message: "Too [31m long")) {
            try await model.respond(to: text())
        }
        #expect(server.received.count == 2)
        #expect(server.received[0].head.contains("Authorization: Bearer sk-verysecret"))
    }

    @Test func `that is not there is an error that names it`() async throws {
        let server = try ScriptedServer(.reset)
        server.stop()
        let error = await #expect(throws: ServerError.self) { try await model(server).respond(to: text()) }
        #expect("\(String(describing: error))".contains("127.0.0.1"))
    }
}
