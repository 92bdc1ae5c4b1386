import Testing

@testable import LiveView

struct LoopbackHostTests {
    @Test(arguments: ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
    func `this machine is let in by its own names`(_ host: String) {
        #expect(LoopbackHost(port: 8000).admits(host: host, origin: nil))
        #expect(LoopbackHost(port: 8000).admits(host: host, origin: "http://\(host)"))
    }

    @Test(arguments: [
        nil, "", "127.0.0.1", "127.0.0.1:80", "evil.example:8000", "127.0.0.1.evil.example:8000",
        "localhost:8000@evil.example", "localhost.:8000", "0.0.0.0:8000",
    ])
    func `no other host is let in`(_ host: String?) {
        #expect(!LoopbackHost(port: 8000).admits(host: host, origin: nil))
    }

    @Test(arguments: ["http://evil.example", "null", "https://localhost:8000", "http://localhost:8001"])
    func `a page from elsewhere is not let in`(_ origin: String) {
        #expect(!LoopbackHost(port: 8000).admits(host: "localhost:8000", origin: origin))
    }
}
