import Testing

@testable import LanguageModels

@Suite struct `Waiting for a server` {
    @Test func `waits are in the upper half of a doubling backoff up to the longest`() {
        let policy = RetryPolicy(maximumAttempts: 20)
        let tops = [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
        var generator = SystemRandomNumberGenerator()
        for (index, top) in tops.enumerated() {
            for _ in 0..<50 {
                let wait = policy.wait(beforeRetry: index + 1, retryAfter: nil, elapsed: .zero, using: &generator)
                #expect(wait! >= .seconds(top / 2) && wait! <= .seconds(top))
            }
        }
    }

    @Test func `Retry-After is waited out when it is longer than the backoff`() {
        var generator = SystemRandomNumberGenerator()
        let wait = { RetryPolicy().wait(beforeRetry: 1, retryAfter: $0, elapsed: .zero, using: &generator)! }
        #expect(wait(.seconds(90)) == .seconds(90))
        #expect(wait(.zero) >= .milliseconds(250))
    }

    @Test func `retries end with the attempts or the deadline`() {
        let policy = RetryPolicy(maximumAttempts: 3, deadline: .seconds(60))
        var generator = SystemRandomNumberGenerator()
        #expect(policy.wait(beforeRetry: 2, retryAfter: nil, elapsed: .zero, using: &generator) != nil)
        #expect(policy.wait(beforeRetry: 3, retryAfter: nil, elapsed: .zero, using: &generator) == nil)
        #expect(policy.wait(beforeRetry: 1, retryAfter: nil, elapsed: .seconds(60), using: &generator) == nil)
        #expect(policy.wait(beforeRetry: 1, retryAfter: .seconds(61), elapsed: .zero, using: &generator) == nil)
    }

    @Test(arguments: [
        ("120", Duration.seconds(120)), (" 0 ", .zero), ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(7)),
        ("Sun, 06 Nov 1994 08:49:00 GMT", .zero), ("Thu, 29 Feb 1996 00:00:00 GMT", .seconds(41_440_230)),
    ]) func `Retry-After is read as seconds or a date`(text: String, expected: Duration) {
        #expect(retryAfter(text, now: 784_111_770) == expected)
    }

    @Test(arguments: ["", "-1", "1e9", "soon", "9999999999", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"])
    func `anything else in Retry-After is ignored`(text: String) {
        #expect(retryAfter(text, now: 0) == nil)
    }
}

@Suite struct `Keys and addresses` {
    @Test func `a key prints as stars however it is printed`() {
        let key = Secret("sk-verysecret")!
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\([key])", "\(Optional(key) as Any)", dumped] {
            #expect(!text.contains("verysecret"))
        }
    }

    @Test func `a key belongs to one host`() throws {
        let openAI = try ServerAddress("https://api.openai.com/v1"), lab = try ServerAddress("https://my-lab.example.org")
        let impostor = try ServerAddress("https://api.openai.com.example.org/v1")
        let environment = ["OPENAI_API_KEY": "sk-1", "POPULACE_KEY_MY__LAB_EXAMPLE_ORG": "sk-2"]
        #expect(Secret.key(for: openAI, in: environment) == Secret("sk-1"))
        #expect(Secret.key(for: lab, in: environment) == Secret("sk-2"))
        #expect(Secret.key(for: impostor, in: environment) == nil)
        #expect(Secret.variable(for: "a-b.c") != Secret.variable(for: "a.b.c"))
    }

    @Test func `a key is not sent in the clear to another machine`() throws {
        let address = try ServerAddress("http://example.org/v1")
        #expect(throws: ServerError.keyWouldBeReadable(server: "example.org")) {
            try ServerModel(name: "m", endpoints: [ServerEndpoint(address, key: Secret("sk-1"))])
        }
    }

    @Test(arguments: [
        "", "127.0.0.1:80", "file:///etc/passwd", "http://user:word@127.0.0.1/", "http://127.0.0.1/?a", "http://h/#f",
        "http:///v1", "http://a b/", "http://127.0.0.1\u{0}.example.org/", "http://exämple.org/",
    ]) func `an address that is no plain URL of a server is refused`(text: String) {
        #expect(throws: ServerError.self) { try ServerAddress(text) }
    }

    @Test func `loopback is what is written as this machine and nothing that resembles it`() throws {
        for host in ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"] {
            #expect(try ServerAddress("http://\(host):80/v1").isLoopback)
        }
        for host in ["127.0.0.1.example.org", "localhost.example.org", "example.org", "10.0.0.1"] {
            #expect(try !ServerAddress("http://\(host)/v1").isLoopback)
        }
    }
}
