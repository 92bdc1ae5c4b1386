import Foundation
import ScriptedServers
import Synchronization
import Testing

@testable import LanguageModels

private let content = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) })
private let quick = RetryPolicy(first: .milliseconds(2), longest: .milliseconds(4), maximumAttempts: 3, deadline: .seconds(20))

/// A folder of its own for one test, with the digest of `content`.
private func inFolder(_ body: (_ file: URL, _ part: URL, _ digest: String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("populace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = folder.appendingPathComponent("whole")
    try content.write(to: whole)
    let file = folder.appendingPathComponent("model.gguf")
    try await body(file, file.appendingPathExtension("part"), fileDigest(whole))
}

private func url(_ server: ScriptedServer) throws -> URL { try #require(URL(string: server.address + "/m.gguf?token=t")) }

@Suite struct `A download` {
    @Test func `comes whole, says how far it is, and is not fetched twice`() async throws {
        let server = try ScriptedServer(.bytes(200, body: content))
        defer { server.stop() }
        try await inFolder { file, part, digest in
            let last = Mutex(DownloadProgress(received: -1, total: nil))
            for _ in 0..<2 {
                try await download(url(server), sha256: digest.uppercased(), to: file, policy: quick) { progress in
                    last.withLock { $0 = progress }
                }
            }
            #expect(try Data(contentsOf: file) == content)
            #expect(last.withLock { $0 } == DownloadProgress(received: content.count, total: content.count))
            #expect(!FileManager.default.fileExists(atPath: part.path))
            #expect(server.received.count == 1)
        }
    }

    @Test func `goes on where it was cut`() async throws {
        let server = try ScriptedServer(.file(content, cut: 70_000), .file(content, cut: 50_000), .file(content, cut: nil))
        defer { server.stop() }
        try await inFolder { file, _, digest in
            try await download(url(server), sha256: digest, to: file, policy: quick)
            #expect(try Data(contentsOf: file) == content)
            let ranges = server.received.map { $0.head.split(separator: "\r\n").first { $0.hasPrefix("Range: ") } }
            #expect(ranges == [nil, "Range: bytes=70000-", "Range: bytes=120000-"])
        }
    }

    @Test func `that is given another part than it asked for is refused`() async throws {
        let server = try ScriptedServer(.bytes(206, headers: ["Content-Range: bytes 0-9/10"], body: Data(count: 10)))
        defer { server.stop() }
        try await inFolder { file, part, digest in
            try Data(count: 5).write(to: part)
            let error = await #expect(throws: ServerError.self) {
                try await download(url(server), sha256: digest, to: file, policy: quick)
            }
            guard case .malformed = error else { return #expect(Bool(false), "\(error as Any)") }
        }
    }

    @Test func `starts anew when the server cannot go on`() async throws {
        let server = try ScriptedServer(.bytes(200, body: content))
        defer { server.stop() }
        try await inFolder { file, part, digest in
            try Data("left by another attempt".utf8).write(to: part)
            try await download(url(server), sha256: digest, to: file, policy: quick)
            #expect(try Data(contentsOf: file) == content)
        }
    }

    @Test func `with another digest is thrown away and never appears`() async throws {
        let server = try ScriptedServer(.bytes(200, body: content + [0]))
        defer { server.stop() }
        try await inFolder { file, part, digest in
            let error = await #expect(throws: ServerError.self) {
                try await download(url(server), sha256: digest, to: file, policy: quick)
            }
            guard case .wrongDigest(expected: digest, actual: _) = error else { return #expect(Bool(false), "\(error as Any)") }
            #expect(!FileManager.default.fileExists(atPath: file.path) && !FileManager.default.fileExists(atPath: part.path))
        }
    }

    @Test func `that gives up keeps what has come`() async throws {
        let server = try ScriptedServer(
            .file(content, cut: 1_000), .answer(503, body: ""))
        defer { server.stop() }
        try await inFolder { file, part, digest in
            await #expect(throws: ServerError.unavailable(server: "127.0.0.1:\(server.port)", status: 503, attempts: 3)) {
                try await download(url(server), sha256: digest, to: file, policy: quick)
            }
            let kept = try Data(contentsOf: part)
            #expect(kept == content.prefix(1_000))
        }
    }

    @Test func `is bounded in size whether the server says its length or not`() async throws {
        let server = try ScriptedServer(
            .bytes(200, body: content),
            .bytes(
                200, headers: ["Transfer-Encoding: chunked"],
                body: Data("186A0\r\n".utf8) + content[..<100_000] + Data("\r\n0\r\n\r\n".utf8)))
        defer { server.stop() }
        try await inFolder { file, _, digest in
            for limit in [199_999, 99_999] {
                await #expect(throws: ServerError.tooLarge(server: "127.0.0.1:\(server.port)", limit: limit)) {
                    try await download(url(server), sha256: digest, to: file, maximumBytes: limit, policy: quick)
                }
            }
        }
    }

    @Test func `follows redirects on its host, and to others only when told`() async throws {
        let other = try ScriptedServer(.bytes(200, body: content))
        defer { other.stop() }
        let server = try ScriptedServer(
            .answer(302, headers: ["Location: /b"], body: ""),
            .answer(302, headers: ["Location: http://localhost:\(other.port)/c?signature=s"], body: ""))
        defer { server.stop() }
        try await inFolder { file, _, digest in
            await #expect(throws: ServerError.redirected(server: "127.0.0.1:\(server.port)", to: "localhost:\(other.port)")) {
                try await download(url(server), sha256: digest, to: file, policy: quick)
            }
            #expect(server.received.count == 2 && other.received.isEmpty)
            try await download(url(server), sha256: digest, to: file, redirectingTo: ["localhost"], policy: quick)
            #expect(try Data(contentsOf: file) == content)
        }
    }

    @Test(arguments: ["http://example.org/m.gguf", "file:///etc/passwd", "https://user:word@example.org/m", "ftp://example.org/m"])
    func `from anywhere but https or this machine is refused`(address: String) async throws {
        try await inFolder { file, _, digest in
            let error = await #expect(throws: ServerError.self) {
                try await download(#require(URL(string: address)), sha256: digest, to: file)
            }
            guard case .badAddress = error else { return #expect(Bool(false), "\(error as Any)") }
        }
    }

    @Test func `needs a digest`() async throws {
        try await inFolder { file, _, _ in
            await #expect(throws: ServerError.noDigest) {
                try await download(#require(URL(string: "https://example.org/m")), sha256: "abc", to: file)
            }
        }
    }

    @Test func `locks its part, so that two never write one file`() async throws {
        try await inFolder { file, part, _ in
            let first = try PartialFile(beside: file)
            #expect(throws: ServerError.file(path: part.path, reason: "Another download is writing this file.")) {
                try PartialFile(beside: file)
            }
            first.close()
            try PartialFile(beside: file).close()
        }
    }
}
