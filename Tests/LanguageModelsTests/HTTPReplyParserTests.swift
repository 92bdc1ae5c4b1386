import Testing

@testable import LanguageModels

private func reply(_ text: String, maximumBody: Int = 1_000, ends: Bool = false) throws -> HTTPReply? {
    var parser = ReplyParser(maximumBody: maximumBody)
    if let reply = try parser.take(Array(text.utf8)) { return reply }
    return ends ? try parser.end() : nil
}

private let counted = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nRetry-After:  7 \r\n\r\nhello"
private let chunked = "HTTP/1.1 429 \r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n"
private let interim = "HTTP/1.1 100 Continue\r\n\r\n" + counted

@Suite struct `An answer over plain HTTP` {
    @Test(arguments: [(counted, 200, "7"), (chunked, 429, nil), (interim, 200, "7")])
    func `is the same however its bytes are cut`(text: String, status: Int, wait: String?) throws {
        let expected = HTTPReply(status: status, retryAfter: wait, body: Array("hello".utf8))
        #expect(try reply(text) == expected)
        let bytes = Array(text.utf8)
        for cut in 1..<bytes.count {
            var parser = ReplyParser(maximumBody: 5)
            #expect(try parser.take(bytes[..<cut]) == nil, "cut at \(cut)")
            #expect(try parser.take(bytes[cut...]) == expected, "cut at \(cut)")
            #expect(parser.keepsOpen)
        }
        var parser = ReplyParser(maximumBody: 5)
        for byte in bytes.dropLast() { #expect(try parser.take([byte]) == nil) }
        #expect(try parser.take([bytes[bytes.count - 1]]) == expected)
    }

    @Test func `that has no length ends with the connection`() throws {
        let text = "HTTP/1.1 200 OK\r\n\r\nhel"
        #expect(try reply(text) == nil)
        #expect(try reply(text, ends: true)?.body == Array("hel".utf8))
    }

    @Test(arguments: [counted, chunked]) func `that is cut off is broken, wherever`(text: String) {
        let bytes = Array(text.utf8)
        for cut in 0..<bytes.count {
            var parser = ReplyParser(maximumBody: 10)
            #expect(throws: BrokenReply.self) {
                _ = try parser.take(bytes[..<cut])
                _ = try parser.end()
            }
            #expect(parser.isUntouched == (cut == 0))
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true), ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore", false), ("HTTP/1.1 204 No\r\n\r\n", true),
    ]) func `says whether the connection carries another`(text: String, keepsOpen: Bool) throws {
        var parser = ReplyParser(maximumBody: 10)
        #expect(try parser.take(Array(text.utf8)) != nil)
        #expect(parser.keepsOpen == keepsOpen)
    }

    @Test(arguments: [
        "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 099 No\r\n\r\n", "HTTP/1.1 999 No\r\n\r\n", "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc", "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\n",
    ]) func `that might be read two ways is refused`(text: String) {
        #expect(throws: BrokenReply.self) { try reply(text) }
    }

    @Test func `is bounded in head and body`() throws {
        #expect(throws: ReplyTooLarge.self) { try reply(counted, maximumBody: 4) }
        #expect(throws: ReplyTooLarge.self) { try reply(chunked, maximumBody: 4) }
        #expect(throws: ReplyTooLarge.self) { try reply("HTTP/1.1 200 OK\r\n\r\nhello", maximumBody: 4) }
        let long = String(repeating: "a: b\r\n", count: 20_000)
        #expect(throws: BrokenReply.self) { try reply("HTTP/1.1 200 OK\r\n" + long) }
        #expect(throws: BrokenReply.self) { try reply("HTTP/1.1 200 OK\r\na: " + String(repeating: "b", count: 70_000)) }
    }

    @Test func `of random bytes never makes a whole one out of a broken one`() {
        var state: UInt64 = 11
        func draw(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        for _ in 0..<20_000 {
            var bytes = Array((draw(2) == 0 ? counted : chunked).utf8)
            for _ in 0..<(1 + draw(3)) { bytes[draw(bytes.count)] = UInt8(draw(256)) }
            var parser = ReplyParser(maximumBody: 100)
            if let reply = try? parser.take(bytes) { #expect(reply.body.count <= 100 && (200...599).contains(reply.status)) }
        }
    }
}
