import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1

/// How far a download is.
public struct DownloadProgress: Hashable, Sendable {
    public var received: Int
    /// `nil` where the server does not say.
    public var total: Int?
}

/// Fetches a file whose SHA-256 is known, going on where an earlier attempt stopped.
///
/// Bytes gather in `NAME.part` beside the destination. The file appears under its name only when it is whole and its
/// digest is right; a file with another digest is thrown away. `https` only, or `http` from this machine.
///
/// - Parameters:
///   - sha256: 64 hexadecimal digits.
///   - destination: Replaced if it exists with another digest; left alone if it has the right one.
///   - maximumBytes: A longer file is refused.
///   - hosts: Other hosts that redirects may lead to. None but the address's own by default.
///   - progress: Called after each piece, in order.
/// - Throws: ``ServerError``, or `CancellationError`; what has come so far is kept for the next time.
public func download(
    _ address: URL, sha256: String, to destination: URL, maximumBytes: Int = 256 << 30,
    redirectingTo hosts: Set<String> = [], policy: RetryPolicy = RetryPolicy(deadline: .seconds(24 * 3_600)),
    progress: @Sendable (DownloadProgress) -> Void = { _ in }
) async throws {
    let digest = sha256.lowercased()
    guard digest.utf8.count == 64, digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw ServerError.noDigest }
    let server = try downloadAddress(address.absoluteString)
    if (try? fileDigest(destination)) == digest { return }

    let part = try PartialFile(beside: destination)
    defer { part.close() }
    let start = ContinuousClock.now
    var generator = SystemRandomNumberGenerator()
    var attempt = 1
    while true {
        try Task.checkCancellation()
        let before = try part.size()
        var wanted: Duration?
        let failure: ServerError
        do {
            try await fetch(address, server, hosts, into: part, maximumBytes: maximumBytes, progress: progress)
            break
        } catch let error as Refused {
            wanted = error.retryAfter
            failure = .unavailable(server: server.description, status: error.status, attempts: attempt)
        } catch let error as ServerError {
            throw error
        } catch {
            try Task.checkCancellation()
            failure = .unreachable(server: server.description, attempts: attempt, reason: reason(error))
        }
        if try part.size() > before { attempt = 1 }   // Progress was made: patience starts anew.
        guard let wait = policy.wait(
            beforeRetry: attempt, retryAfter: wanted, elapsed: ContinuousClock.now - start, using: &generator)
        else { throw failure }
        try await Task.sleep(for: wait)
        attempt += 1
    }
    try part.finish(as: destination, digest: digest)
}

/// A status worth another attempt.
private struct Refused: Error {
    var status: Int
    var retryAfter: Duration?
}

/// One attempt: follows redirects within bounds, then appends to the part what is missing.
private func fetch(
    _ address: URL, _ server: ServerAddress, _ hosts: Set<String>, into part: PartialFile, maximumBytes: Int,
    progress: @Sendable (DownloadProgress) -> Void
) async throws {
    var url = address
    for _ in 0..<6 {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "User-Agent", value: userAgent)
        let have = try part.size()
        if have > 0 { request.headers.add(name: "Range", value: "bytes=\(have)-") }
        let response = try await HTTPClient.downloads.execute(request, deadline: .distantFuture)
        switch response.status.code {
        case 200, 206:
            try await receive(response, server, into: part, from: have, maximumBytes: maximumBytes, progress: progress)
            return
        case 416: return   // Nothing is missing; the digest will tell.
        case 301, 302, 303, 307, 308:
            guard let location = response.headers.first(name: "Location"),
                let next = URL(string: location, relativeTo: url)?.absoluteURL
            else { throw ServerError.redirected(server: server.description, to: "nowhere") }
            let target = try downloadAddress(next.absoluteString)
            guard target.description == server.description || hosts.contains(target.host) else {
                throw ServerError.redirected(server: server.description, to: target.description)
            }
            url = next
        case 408, 429, 500...599:
            throw Refused(
                status: Int(response.status.code),
                retryAfter: response.retryAfter(now: Int(Date().timeIntervalSince1970)))
        case let status:
            throw ServerError.rejected(server: server.description, status: Int(status), message: nil)
        }
    }
    throw ServerError.redirected(server: server.description, to: "one address after another")
}

private func receive(
    _ response: HTTPClientResponse, _ server: ServerAddress, into part: PartialFile, from have: Int, maximumBytes: Int,
    progress: @Sendable (DownloadProgress) -> Void
) async throws {
    var have = have
    if response.status == .partialContent {
        let range = response.headers.first(name: "Content-Range") ?? ""
        guard range.hasPrefix("bytes \(have)-") else {
            throw ServerError.malformed(
                server: server.description, attempts: 1, reason: "it sent another part of the file than asked for")
        }
    } else {
        try part.empty()
        have = 0
    }
    let total = response.headers.first(name: "Content-Length").flatMap { Int($0) }.map { $0 + have }
    guard have <= maximumBytes, (total ?? 0) <= maximumBytes else {
        throw ServerError.tooLarge(server: server.description, limit: maximumBytes)
    }
    progress(DownloadProgress(received: have, total: total))
    for try await piece in response.body {
        have += piece.readableBytes
        guard have <= maximumBytes else {
            throw ServerError.tooLarge(server: server.description, limit: maximumBytes)
        }
        try part.append(Data(piece.readableBytesView))
        progress(DownloadProgress(received: have, total: total))
    }
}

/// An address that files may come from: no user or password, `https` or this machine. A query is allowed.
private func downloadAddress(_ text: String) throws(ServerError) -> ServerAddress {
    let address = try ServerAddress(text.prefixBefore(["?", "#"]))
    guard !address.isPlain || address.isLoopback else {
        throw .badAddress("Files are fetched over https, or from this machine; \(address) is neither.")
    }
    return address
}
