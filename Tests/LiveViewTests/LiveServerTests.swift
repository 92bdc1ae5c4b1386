import Foundation
import Reports
import Studies
import Testing

@testable import LiveView

@Suite(.timeLimit(.minutes(2))) struct LiveServerTests {
    @Test func `whoever lacks the token or calls this machine by another name gets no answer`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let watched = try await WatchedRun.recorded("latest", environment: house.environment())
        try await serving(watched) { address in
            #expect(try await RawRequest(address).answer().status == 200)
            var stranger = RawRequest(address)
            stranger.path = "/"
            let refusals = [
                stranger, RawRequest(address, headers: ["Host": "evil.example"]),
                RawRequest(address, headers: ["Origin": "http://evil.example"]), RawRequest(address, "nothing"),
                RawRequest(address.replacing(/[0-9a-f]{64}/, with: AccessToken().text), "world"),
                RawRequest(address, "control", method: "POST", headers: ["Origin": "null"], body: #"{"act":"pause"}"#),
            ]
            for refusal in refusals {
                let answer = try await refusal.answer()
                #expect(answer.status == 404)
                #expect(answer.body.isEmpty)
                #expect(!answer.head.contains("Access-Control"))
            }
        }
        #expect(await !watched.pace.paused)
    }

    @Test func `the page comes with its policy, and is neither kept nor shown elsewhere`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let watched = try await WatchedRun.recorded("latest", environment: house.environment())
        let head = try await serving(watched) { try await RawRequest($0).answer().head.lowercased() }
        for header in [
            "content-security-policy: default-src 'none'; script-src 'sha256-", "cache-control: no-store",
            "x-content-type-options: nosniff", "referrer-policy: no-referrer", "frame-ancestors 'none'",
        ] {
            #expect(head.contains(header), "\(header)")
        }
    }

    /// Of the messages of an event stream.
    private func numbers(_ text: String) -> [Int] {
        text.replacing("\r\n", with: "\n").matches(of: /(?m)^id: (\d+)$/).compactMap { Int($0.output.1) }
    }

    @Test func `a browser that comes back is told only what it has missed`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let watched = try await WatchedRun.recorded("latest", environment: house.environment())
        let count = await watched.moments.count
        #expect(count > 5)
        let (all, rest) = try await serving(watched) { address in
            @Sendable func stream(_ headers: [String: String]) async throws -> String {
                try await RawRequest(address, "events", headers: headers).answer(until: "event: pace").body
            }
            async let other = stream([:])
            let whole = try await stream([:])
            // Several may look on at once.
            #expect(try await numbers(other) == numbers(whole))
            return (whole, try await stream(["Last-Event-ID": "\(count - 2)"]))
        }
        #expect(numbers(all) == Array(1...count))
        #expect(numbers(rest) == [count - 1, count])
    }

    @Test func `a port that is taken is named`() async throws {
        let watched = WatchedRun()
        try await serving(watched) { address in
            let port = RawRequest(address).port
            await #expect(throws: LiveViewError.portTaken(port)) {
                try await LiveServer(watched).run(port: port) { _ in }
            }
        }
    }

    @Test func `texts come without anything that a browser would obey`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let watched = try await WatchedRun.recorded("latest", environment: house.environment())
        let outline = WorldOutline(try #require(await watched.opening))
        let texts = outline.json.written() + (await watched.moments.map { outline.json($0).written() }).joined()
        #expect(texts.contains(#"\\u{202E}desrever"#))
        #expect(texts.contains(#"\\u{2067} falls off"#))
        #expect(!texts.unicodeScalars.contains("\u{202E}") && !texts.contains(#"\u202e"#))
    }
}
