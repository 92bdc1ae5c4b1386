import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Posts JSON to a server until it answers with something that can be used.
struct ServerConnection: Sendable {
    let address: ServerAddress
    let key: Secret?
    let policy: RetryPolicy
    /// Of an answer's body, in bytes.
    let maximumBody: Int
    private let slots: Slots

    /// - Throws: ``ServerError/keyWouldBeReadable(server:)``.
    init(
        address: ServerAddress, key: Secret?, policy: RetryPolicy, maximumBody: Int, maximumConcurrentRequests: Int
    ) throws(ServerError) {
        if key != nil, address.isPlain, !address.isLoopback {
            throw .keyWouldBeReadable(server: address.description)
        }
        self.address = address
        self.key = key
        self.policy = policy
        self.maximumBody = maximumBody
        slots = Slots(maximumConcurrentRequests)
    }

    /// Retried: timeouts, broken connections, 408, 429, 5xx, and bodies that `read` rejects.
    ///
    /// - Parameter read: Throws ``Malformed`` for what another attempt may mend, ``ModelError`` for what none will.
    /// - Throws: ``ServerError``, ``ModelError``, or `CancellationError`.
    func post<T: Sendable>(
        _ path: String, _ body: Data, read: @escaping @Sendable (Data) throws -> T
    ) async throws -> T {
        await slots.take()
        do {
            let value = try await attempts(path, body, read)
            await slots.give()
            return value
        } catch {
            await slots.give()
            throw error
        }
    }

    private func attempts<T: Sendable>(
        _ path: String, _ body: Data, _ read: @escaping @Sendable (Data) throws -> T
    ) async throws -> T {
        let start = ContinuousClock.now
        // Jitter keeps processes apart, so it must differ between them; no result depends on it.
        var generator = SystemRandomNumberGenerator()
        var attempt = 1
        while true {
            try Task.checkCancellation()
            let failure: Failure
            do {
                let left = policy.deadline - (ContinuousClock.now - start)
                let reply = try await within(min(policy.attemptTimeout, left)) { try await exchange(path, body) }
                switch reply.status {
                case 200...299: return try read(reply.body)
                case 300...399: throw ServerError.redirected(server: address.description, to: reply.redirect)
                case 408, 429, 500...599: failure = .status(reply.status, reply.retryAfter)
                default:
                    throw ServerError.rejected(
                        server: address.description, status: reply.status, message: message(in: reply.body))
                }
            } catch let error as ServerError {
                throw error
            } catch let error as ModelError {
                throw error
            } catch let error as Malformed {
                failure = .malformed(error.reason)
            } catch is TimedOut {
                failure = .timedOut
            } catch is NIOTooManyBytesError {
                throw ServerError.tooLarge(server: address.description, limit: maximumBody)
            } catch {
                try Task.checkCancellation()
                failure = .transport(reason(error))
            }
            let elapsed = ContinuousClock.now - start
            guard let wait = policy.wait(
                beforeRetry: attempt, retryAfter: failure.retryAfter, elapsed: elapsed, using: &generator)
            else { throw failure.error(address.description, attempt, policy) }
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    private struct Reply: Sendable {
        var status: Int
        var retryAfter: Duration?
        var redirect: String
        var body: Data
    }

    private func exchange(_ path: String, _ body: Data) async throws -> Reply {
        var request = HTTPClientRequest(url: address.base + path)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "Accept": "application/json", "User-Agent": userAgent]
        if let key { request.headers.add(name: "Authorization", value: key.authorization) }
        request.body = .bytes(ByteBuffer(data: body))
        let response = try await HTTPClient.servers.execute(request, deadline: .distantFuture)
        let collected = try await response.body.collect(upTo: maximumBody)
        return Reply(
            status: Int(response.status.code),
            retryAfter: response.retryAfter(now: Int(Date().timeIntervalSince1970)),
            redirect: response.redirectHost, body: Data(buffer: collected))
    }

    /// What the server says is wrong, on one line, unless part of the key is in it.
    private func message(in body: Data) -> String? {
        struct Reason: Decodable {
            struct Error: Decodable { var message: String }
            var error: Error
        }
        guard let text = try? JSONDecoder().decode(Reason.self, from: body).error.message,
            key?.leaks(into: text) != true
        else { return nil }
        let printable = String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }))
        return String(printable.prefix(200))
    }
}

/// An answer that cannot be used, though another attempt may bring one that can.
struct Malformed: Error {
    /// Part of a sentence.
    var reason: String
}

/// Why one attempt failed.
private enum Failure {
    case status(Int, Duration?)
    case malformed(String)
    case timedOut
    case transport(String)

    var retryAfter: Duration? {
        if case .status(_, let wait) = self { wait } else { nil }
    }

    func error(_ server: String, _ attempts: Int, _ policy: RetryPolicy) -> ServerError {
        switch self {
        case .status(_, let wait?) where attempts < policy.maximumAttempts:
            .wantsLongWait(server: server, seconds: Int(wait.components.seconds))
        case .status(let status, _): .unavailable(server: server, status: status, attempts: attempts)
        case .malformed(let reason): .malformed(server: server, attempts: attempts, reason: reason)
        case .timedOut: .timedOut(server: server, attempts: attempts)
        case .transport(let reason): .unreachable(server: server, attempts: attempts, reason: reason)
        }
    }
}
