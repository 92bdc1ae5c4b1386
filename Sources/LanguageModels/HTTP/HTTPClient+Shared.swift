import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sent as `User-Agent`.
let userAgent = "populace"

extension HTTPClient {
    /// For encrypted model servers: as long as an answer may take is the caller's business.
    ///
    /// Lives as long as the process: a client must be shut down before it is released, and these never are.
    static let servers = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .plain(read: nil))

    /// For files: a minute without a byte ends the attempt.
    static let downloads = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .plain(read: .seconds(60)))
}

extension HTTPClient.Configuration {
    /// Follows no redirect, decompresses nothing, and leaves retries to ``RetryPolicy``.
    fileprivate static func plain(read: TimeAmount?) -> Self {
        var configuration = Self(
            redirectConfiguration: .disallow, timeout: Timeout(connect: .seconds(10), read: read),
            decompression: .disabled)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        configuration.httpVersion = .http1Only
        return configuration
    }
}

extension HTTPClientResponse {
    /// Seconds since 1970 are the caller's, so that this stays a function.
    func retryAfter(now: Int) -> Duration? {
        headers.first(name: "Retry-After").flatMap { LanguageModels.retryAfter($0, now: now) }
    }
}

extension HTTPClient {
    /// Posts JSON and waits for the whole answer.
    ///
    /// - Throws: ``TimedOut``, ``ReplyTooLarge``, `CancellationError`, or what the client throws.
    func post(
        _ body: [UInt8], to url: String, authorization: String?, maximumBody: Int, within limit: Duration
    ) async throws -> HTTPReply {
        try await LanguageModels.within(limit) {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers = [
                "Content-Type": "application/json", "Accept": "application/json", "User-Agent": userAgent,
            ]
            if let authorization { request.headers.add(name: "Authorization", value: authorization) }
            request.body = .bytes(ByteBuffer(bytes: body))
            let response = try await self.execute(request, deadline: .distantFuture)
            do {
                let collected = try await response.body.collect(upTo: maximumBody)
                return HTTPReply(
                    status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"),
                    location: response.headers.first(name: "Location"), body: Array(collected.readableBytesView))
            } catch is NIOTooManyBytesError { throw ReplyTooLarge() }
        }
    }
}

extension HTTPReply {
    /// The host a redirect leads to, as far as it can be told.
    var redirectHost: String {
        guard let location else { return "nowhere" }
        return (try? ServerAddress(location.prefixBefore(["?", "#"])))?.description ?? "another path"
    }
}

extension String {
    func prefixBefore(_ ends: Set<Character>) -> String { String(prefix { !ends.contains($0) }) }
}

/// A transport error in a few words without addresses.
func reason(_ error: any Error) -> String {
    switch error {
    case let error as BrokenReply: error.reason
    case let error as TransportFailure: reason(errno: error.errno)
    case let error as HTTPClientError: error.shortDescription.lowercased()
    case is ChannelError: "the connection failed"
    case let error as IOError: "the connection failed (errno \(error.errnoCode))"
    default: "the connection broke (\(type(of: error)))"
    }
}

private func reason(errno: Int32) -> String {
    switch errno {
    case ENOENT: "its host is not known"
    case ECONNREFUSED: "nobody listens there"
    case ECONNRESET, EPIPE: "the connection was reset"
    default: "the connection failed (\(String(cString: strerror(errno))))"
    }
}
