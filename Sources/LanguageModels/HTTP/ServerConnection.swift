import AsyncHTTPClient
import Foundation

/// Posts JSON to the servers of a model until one answers with something that can be used.
struct ServerConnection: Sendable {
    let endpoints: [ServerEndpoint]
    let policy: RetryPolicy
    /// Of an answer's body, in bytes.
    let maximumBody: Int
    let gate: ServerGate

    /// - Throws: ``ServerError/keyWouldBeReadable(server:)``.
    init(
        endpoints: [ServerEndpoint], policy: RetryPolicy, maximumBody: Int, maximumConcurrentRequests: Int
    ) throws(ServerError) {
        for endpoint in endpoints where endpoint.key != nil && endpoint.address.isPlain && !endpoint.address.isLoopback {
            throw .keyWouldBeReadable(server: endpoint.address.description)
        }
        self.endpoints = endpoints
        self.policy = policy
        self.maximumBody = maximumBody
        gate = ServerGate(servers: endpoints.count, most: maximumConcurrentRequests)
    }

    /// Retried: timeouts, broken connections, 408, 429, 5xx, and bodies that `read` rejects; at once where another
    /// server is well, else after a wait that holds nobody up.
    ///
    /// - Parameters:
    ///   - prefix: Equal for requests that begin alike.
    ///   - body: Made when its turn has come, so that thousands can wait.
    ///   - read: Throws ``Malformed`` for what another attempt may mend, ``ModelError`` for what none will.
    /// - Returns: What was read, and how long the server took over it.
    /// - Throws: ``ServerError``, ``ModelError``, or `CancellationError`.
    func post<T: Sendable>(
        _ path: String, prefix: Int, body: () -> [UInt8], read: ([UInt8]) throws -> T
    ) async throws -> (value: T, took: Duration) {
        var start: Duration?
        // Jitter keeps processes apart, so it must differ between them; no result depends on it.
        var generator = SystemRandomNumberGenerator()
        var attempt = 1
        while true {
            let pass = try await gate.enter(prefix: prefix)
            let began = start ?? pass.sent
            start = began
            let endpoint = endpoints[pass.server]
            let limit = min(policy.attemptTimeout, policy.deadline - (gate.now - began))
            let failure: Failure
            do {
                let value = try read(try await exchange(path, body(), endpoint, within: limit))
                let took = gate.now - pass.sent
                gate.leave(pass, .answered)
                return (value, took)
            } catch let error as Failure {
                failure = error
            } catch let error as Malformed {
                failure = .malformed(error.reason)
            } catch is CancellationError {
                gate.abandon(pass)
                throw CancellationError()
            } catch {
                gate.leave(pass, .answered)
                throw error
            }
            gate.leave(pass, failure.outcome)
            let name = endpoint.address.description
            guard let wait = policy.wait(
                beforeRetry: attempt, retryAfter: failure.retryAfter, elapsed: gate.now - began, using: &generator)
            else {
                let error = failure.error(name, attempt, policy)
                if failure.isOfServer { gate.giveUp(error) }
                throw error
            }
            if !gate.hasAnother(than: pass.server) { try await Task.sleep(for: wait) }
            attempt += 1
        }
    }

    /// One attempt.
    ///
    /// - Throws: ``Failure`` for what may be tried again, ``ServerError`` for what may not, or `CancellationError`.
    private func exchange(
        _ path: String, _ body: [UInt8], _ endpoint: ServerEndpoint, within limit: Duration
    ) async throws -> [UInt8] {
        let server = endpoint.address
        let reply: HTTPReply
        do {
            if server.isPlain {
                reply = try await PlainTransport.shared.exchange(
                    plainRequest(path, body, endpoint), with: server, maximumBody: maximumBody, within: limit)
            } else {
                reply = try await HTTPClient.servers.post(
                    body, to: server.base + path, authorization: endpoint.key?.authorization, maximumBody: maximumBody,
                    within: limit)
            }
        } catch is TimedOut {
            throw Failure.timedOut
        } catch is ReplyTooLarge {
            throw ServerError.tooLarge(server: server.description, limit: maximumBody)
        } catch {
            try Task.checkCancellation()
            throw Failure.transport(reason(error))
        }
        switch reply.status {
        case 200...299: return reply.body
        case 300...399: throw ServerError.redirected(server: server.description, to: reply.redirectHost)
        case 408, 429, 500...599:
            let now = Int(Date().timeIntervalSince1970)
            throw Failure.status(reply.status, reply.retryAfter.flatMap { retryAfter($0, now: now) })
        default:
            throw ServerError.rejected(
                server: server.description, status: reply.status, message: message(in: reply.body, endpoint.key))
        }
    }

    /// What the server says is wrong, on one line, unless part of the key is in it.
    private func message(in body: [UInt8], _ key: Secret?) -> String? {
        guard let text = errorMessage(body), key?.leaks(into: text) != true else { return nil }
        let printable = String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }))
        return String(printable.prefix(200))
    }
}

/// A request over plain HTTP as it goes out.
private func plainRequest(_ path: String, _ body: [UInt8], _ endpoint: ServerEndpoint) -> [UInt8] {
    var head = "POST \(endpoint.address.path)\(path) HTTP/1.1\r\nHost: \(endpoint.address)\r\n"
    head += "Content-Type: application/json\r\nAccept: application/json\r\nUser-Agent: \(userAgent)\r\n"
    if let key = endpoint.key { head += "Authorization: \(key.authorization)\r\n" }
    head += "Content-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
}

/// An answer that cannot be used, though another attempt may bring one that can.
struct Malformed: Error, Equatable {
    /// Part of a sentence.
    var reason: String
}

/// Why one attempt failed.
private enum Failure: Error {
    case status(Int, Duration?)
    case malformed(String)
    case timedOut
    case transport(String)

    var retryAfter: Duration? {
        if case .status(_, let wait) = self { wait } else { nil }
    }

    /// Whether requests with other words would fare no better.
    var isOfServer: Bool {
        if case .malformed = self { false } else { true }
    }

    var outcome: ServerPool.Outcome {
        switch self {
        case .status(429, let wait), .status(503, let wait): .busy(retryAfter: wait)
        default: .failed
        }
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
