import Foundation
import ScriptedServers
import Synchronization
import Testing

@testable import LanguageModels

private let ok = #"{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}"#
private let patient = RetryPolicy(
    first: .milliseconds(10), longest: .milliseconds(80), maximumAttempts: 12, attemptTimeout: .seconds(5),
    deadline: .seconds(30))

private func text(_ question: String, persona: String = "Rosa") -> Request {
    .text(TextRequest(
        prompt: Prompt(form: .chat, segments: [.init(.system, "You are \(persona)."), .init(.user, question)]), purpose: "speak",
        maximumTokens: 5, seed: 1))
}

private func model(_ servers: ScriptedServer..., atOnce: Int, policy: RetryPolicy = patient) throws -> ServerModel {
    try ServerModel(
        name: "m", endpoints: servers.map { ServerEndpoint(try ServerAddress($0.address + "/v1")) },
        maximumConcurrentRequests: atOnce, policy: policy)
}

/// Asks so many questions at once; all must be answered.
private func ask(_ model: ServerModel, _ count: Int) async throws {
    try await withThrowingTaskGroup(of: Response.self) { group in
        for number in 0..<count { group.addTask { try await model.respond(to: text("\(number)?")).response } }
        for try await response in group { #expect(response == .text("Hello", complete: true)) }
    }
}

@Suite(.serialized) struct `Servers under load` {
    @Test func `that refuse more than eight at once are soon given no more, and everybody is answered`() async throws {
        let refused = Mutex(0)
        let server = try ScriptedServer { _, _, atOnce in
            if atOnce > 8 {
                refused.withLock { $0 += 1 }
                return .answer(429, body: "")
            }
            return .late(0.02, body: ok)
        }
        defer { server.stop() }
        let model = try model(server, atOnce: 64)
        try await ask(model, 300)
        #expect(server.received.count == 300 + refused.withLock { $0 })
        // Without a limit that adapts, 64 at once are refused eight times over: more than 1,500 refusals.
        #expect(refused.withLock { $0 } < 300)
        #expect(model.limits[0] < 32)
    }

    @Test func `that name a time are left alone by everybody until then`() async throws {
        let times = Mutex<[ContinuousClock.Instant]>([])
        let server = try ScriptedServer { _, before, _ in
            times.withLock { $0.append(.now) }
            return before < 4 ? .answer(429, headers: ["Retry-After: 1"], body: "") : .answer(200, body: ok)
        }
        defer { server.stop() }
        try await ask(try model(server, atOnce: 4), 20)
        let seen = times.withLock { $0 }
        let refusals = seen[3], next = seen[4]
        #expect(seen.count == 24)
        #expect(next - refusals > .seconds(0.8), "nobody else went on asking meanwhile")
    }

    @Test func `whose answers come late for a while are given fewer`() async throws {
        let server = try ScriptedServer { _, before, _ in .late((200..<310).contains(before) ? 0.4 : 0.04, body: ok) }
        defer { server.stop() }
        let model = try model(server, atOnce: 16)
        try await ask(model, 200)
        let before = model.limits[0]
        #expect(before > 12)
        try await ask(model, 110)
        let late = model.limits[0]
        #expect(late < before)
        try await ask(model, 300)
        #expect(model.limits[0] > late)
    }

    @Test func `that drop the connection in the middle of the body are asked again`() async throws {
        let server = try ScriptedServer { _, before, _ in
            before % 3 == 0 ? .answer(200, headers: ["Content-Length: 400"], body: String(ok.prefix(40))) : .answer(200, body: ok)
        }
        defer { server.stop() }
        try await ask(try model(server, atOnce: 8), 60)
        #expect(server.received.count > 60)
    }

    @Test func `that never send the whole body are named with what is wrong`() async throws {
        let server = try ScriptedServer(.answer(200, headers: ["Content-Length: 400"], body: String(ok.prefix(40))))
        defer { server.stop() }
        var policy = patient
        policy.maximumAttempts = 2
        let model = try model(server, atOnce: 1, policy: policy)
        let error = await #expect(throws: ServerError.self) { try await model.respond(to: text("?")) }
        #expect(
            "\(String(describing: error))".contains("the connection was closed in the middle of the answer"), "\(String(describing: error))")
    }

    @Test func `one of which is dead cost nothing but the attempts that find out`() async throws {
        let (well, dead) = (try ScriptedServer(.answer(200, body: ok)), try ScriptedServer(.reset))
        dead.stop()
        defer { well.stop() }
        let start = ContinuousClock.now
        try await ask(try model(dead, well, atOnce: 8, policy: RetryPolicy()), 100)
        #expect(well.received.count == 100)
        #expect(ContinuousClock.now - start < .seconds(2), "nobody waits for the dead one")
    }

    @Test func `that come back are asked again`() async throws {
        let isWell = Mutex(false)
        let one = try ScriptedServer(.answer(200, body: ok))
        let other = try ScriptedServer { _, _, _ in isWell.withLock { $0 } ? .answer(200, body: ok) : .answer(500, body: "") }
        defer {
            one.stop()
            other.stop()
        }
        let model = try model(one, other, atOnce: 4)
        try await ask(model, 20)
        let failed = other.received.count
        #expect((1..<20).contains(failed), "after a failure it is left out for a while")
        isWell.withLock { $0 = true }
        // However long the pause has grown on a slow machine.
        let patience = ContinuousClock.now + .seconds(30)
        while other.received.count <= failed + 10, .now < patience {
            try await Task.sleep(for: .milliseconds(50))
            try await ask(model, 4)
        }
        #expect(other.received.count > failed + 10)
    }

    @Test func `all of which are dead end the wait of everybody at once`() async throws {
        let dead = try ScriptedServer(.reset)
        dead.stop()
        let model = try model(dead, atOnce: 2, policy: RetryPolicy(first: .milliseconds(20), maximumAttempts: 3))
        let start = ContinuousClock.now
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask { (try? await model.respond(to: text("\(number)?"))) == nil }
            }
            var failures = 0
            for await failed in group where failed { failures += 1 }
            return failures
        }
        #expect(failures == 400)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `are asked about one person after the other`() async throws {
        let server = try ScriptedServer(.late(0.005, body: ok))
        defer { server.stop() }
        let model = try model(server, atOnce: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask { _ = try await model.respond(to: text("\(number)?", persona: "person \(number % 5)")) }
            }
            try await group.waitForAll()
        }
        let people = server.received.map { request in
            String(String(decoding: request.body, as: UTF8.self).split(separator: "person ")[1].prefix(1))
        }
        let changes = zip(people, people.dropFirst()).count { $0 != $1 }
        // 99 in the order in which they were asked for; 4 at best, and a few more at the beginning and where two cross.
        #expect(changes <= 16, "\(people.joined())")
    }
}

@Suite struct `Plain connections` {
    private func exchange(_ server: KeptServer, _ body: String = "", within limit: Duration = .seconds(5)) async throws -> HTTPReply {
        let request = "POST / HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        return try await PlainTransport.shared.exchange(
            Array(request.utf8), with: try ServerAddress("http://localhost:\(server.port)"), maximumBody: 1 << 24, within: limit)
    }

    @Test func `are used again and again, long bodies both ways`() async throws {
        let server = try KeptServer(perConnection: .max)
        defer { server.stop() }
        for size in [1, 100_000, 3_000_000, 10] {
            let body = String(repeating: "x", count: size)
            #expect(try await exchange(server, body) == HTTPReply(status: 200, body: Array(body.utf8)))
        }
        #expect(server.connections == 1)
    }

    @Test func `that the server closes after an answer are replaced without a failure`() async throws {
        let server = try KeptServer(perConnection: 2)
        defer { server.stop() }
        for _ in 0..<10 { #expect(try await exchange(server, "a").status == 200) }
        #expect(server.connections == 5)
    }

    @Test func `end at the deadline`() async throws {
        let silent = try ScriptedServer(.silence(3))
        defer { silent.stop() }
        let address = try ServerAddress(silent.address)
        let start = ContinuousClock.now
        await #expect(throws: TimedOut.self) {
            try await PlainTransport.shared.exchange(
                Array("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n".utf8), with: address, maximumBody: 10, within: .milliseconds(100))
        }
        #expect(ContinuousClock.now - start < .seconds(2))
    }
}

/// A server that answers requests with their own bodies, so many on a connection, then closes it without a word.
private final class KeptServer: Sendable {
    let port: Int
    private let listener: Int32
    private let accepted = Mutex(0)

    var connections: Int { accepted.withLock { $0 } }

    init(perConnection: Int) throws {
        #if os(Linux)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        self.listener = listener
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: name.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                accepted.withLock { $0 += 1 }
                Thread.detachNewThread { Self.serve(connection, perConnection) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func serve(_ connection: Int32, _ count: Int) {
        defer { close(connection) }
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var answered = 0
        while answered < count {
            guard let end = data.range(of: Data("\r\n\r\n".utf8)),
                let length = String(decoding: data[..<end.lowerBound], as: UTF8.self).split(separator: " ").last.flatMap({ Int($0) }),
                data.count - end.upperBound >= length
            else {
                let got = read(connection, &buffer, buffer.count)
                if got <= 0 { return }
                data.append(contentsOf: buffer[..<got])
                continue
            }
            let body = data[end.upperBound..<end.upperBound + length]
            let reply = Array("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n".utf8) + body
            data = Data(data[(end.upperBound + length)...])
            var sent = 0
            while sent < reply.count {
                let now = reply.withUnsafeBytes { write(connection, $0.baseAddress! + sent, reply.count - sent) }
                if now <= 0 { return }
                sent += now
            }
            answered += 1
        }
    }
}
