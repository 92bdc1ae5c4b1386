/// Which of a model's servers gets the next request: of those that can take one the least busy, in turn.
///
/// A server that fails is left out for a pause, then given one request at a time until it answers:
///
///     failures in a row    1     2    3    4    5     6 and on
///     pause (s)           .5     1    2    4    8           15
///
/// Where all are paused, the one whose pause ends first is asked all the same: patience is ``RetryPolicy``'s. A server
/// that names a time (`Retry-After`) is asked nothing until then.
struct ServerPool: Sendable {
    enum Outcome: Hashable, Sendable {
        case answered
        /// It can take no more for now.
        case busy(retryAfter: Duration?)
        /// It gave no answer, or one that cannot be used.
        case failed
    }

    private struct Server {
        var limit: ConcurrencyLimit
        var underWay = 0
        var failures = 0
        var pausedUntil = Duration.zero
        var closedUntil = Duration.zero

        var hasRoom: Bool { underWay < (failures > 0 ? 1 : limit.limit) }
    }

    /// Of all servers together.
    let most: Int
    private var servers: [Server]
    private var last = -1
    private(set) var underWay = 0

    /// - Parameters:
    ///   - count: Of servers, at least 1.
    ///   - most: Requests under way at all of them together, at least 1.
    init(count: Int, most: Int) {
        self.most = max(1, most)
        servers = Array(repeating: Server(limit: ConcurrencyLimit(most: most)), count: max(1, count))
    }

    /// How many requests each server may have under way now.
    var limits: [Int] { servers.map(\.limit.limit) }

    /// Gives a request to a server.
    ///
    /// - Returns: The server's number; `nil` where none can take it now.
    mutating func begin(now: Duration) -> Int? {
        guard underWay < most else { return nil }
        let turn = (1...servers.count).map { (last + $0) % servers.count }.filter { servers[$0].closedUntil <= now }
        let well = turn.filter { servers[$0].pausedUntil <= now }
        let fit = (well.isEmpty ? turn : well).filter { servers[$0].hasRoom }
        let chosen = well.isEmpty
            ? fit.min { servers[$0].pausedUntil < servers[$1].pausedUntil }
            : fit.min { servers[$0].underWay < servers[$1].underWay }
        guard let chosen else { return nil }
        last = chosen
        servers[chosen].underWay += 1
        underWay += 1
        return chosen
    }

    /// Takes note of how a request ended.
    mutating func end(_ server: Int, _ outcome: Outcome, sent: Duration, now: Duration) {
        servers[server].underWay -= 1
        underWay -= 1
        switch outcome {
        case .answered:
            servers[server].failures = 0
            servers[server].pausedUntil = .zero
            servers[server].limit.record(.answered, sent: sent, now: now)
        case .busy(let wait):
            servers[server].limit.record(.refused, sent: sent, now: now)
            if let wait { servers[server].closedUntil = max(servers[server].closedUntil, now + wait) }
        case .failed:
            servers[server].limit.record(.refused, sent: sent, now: now)
            // Requests that were under way together failed together: that is one failure.
            guard servers[server].failures == 0 || now >= servers[server].pausedUntil else { return }
            servers[server].failures += 1
            servers[server].pausedUntil = now + Self.pause(after: servers[server].failures)
        }
    }

    /// Gives back a request whose caller no longer wants it.
    mutating func abandon(_ server: Int) {
        servers[server].underWay -= 1
        underWay -= 1
    }

    /// Whether some other server is neither paused nor closed.
    func hasAnother(than server: Int, now: Duration) -> Bool {
        servers.indices.contains {
            $0 != server && servers[$0].pausedUntil <= now && servers[$0].closedUntil <= now
        }
    }

    /// When the first closed server opens; `nil` where none is closed.
    func opens(now: Duration) -> Duration? {
        servers.map(\.closedUntil).filter { $0 > now }.min()
    }

    static func pause(after failures: Int) -> Duration {
        min(.milliseconds(500) * (1 << min(failures - 1, 6)), .seconds(15))
    }
}
