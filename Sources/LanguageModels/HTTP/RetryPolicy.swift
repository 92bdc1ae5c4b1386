/// How long to wait before asking a server again, and when to give up.
///
/// The wait before retry n is drawn uniformly from the upper half of `first * 2^(n-1)`, at most `longest`:
///
///     retry          1          2       3       4       5        6         7 and on
///     wait (s)   0.25-0.5    0.5-1     1-2     2-4     4-8     8-16      15-30
///
/// With the defaults five retries wait 7.75-15.5 s in all. A server's `Retry-After` is waited out when it is longer.
public struct RetryPolicy: Hashable, Sendable {
    /// The longest wait before the first retry.
    public var first: Duration
    /// No backoff is longer; `Retry-After` may be.
    public var longest: Duration
    /// At least 1.
    public var maximumAttempts: Int
    /// For one attempt, from the first byte sent to the last received.
    public var attemptTimeout: Duration
    /// For all attempts and the waits between them.
    public var deadline: Duration

    public init(
        first: Duration = .milliseconds(500), longest: Duration = .seconds(30), maximumAttempts: Int = 6,
        attemptTimeout: Duration = .seconds(300), deadline: Duration = .seconds(900)
    ) {
        self.first = first
        self.longest = longest
        self.maximumAttempts = max(1, maximumAttempts)
        self.attemptTimeout = attemptTimeout
        self.deadline = deadline
    }

    /// How long to wait before a retry.
    ///
    /// - Parameters:
    ///   - retry: 1 for the first retry.
    ///   - retryAfter: What the server asked for.
    ///   - elapsed: Since the first attempt began.
    /// - Returns: `nil` when there is no retry left, or no time for it.
    public func wait(
        beforeRetry retry: Int, retryAfter: Duration?, elapsed: Duration, using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        guard retry >= 1, retry < maximumAttempts else { return nil }
        var backoff = first
        for _ in 1..<retry where backoff < longest { backoff *= 2 }
        backoff = min(backoff, longest)
        let wait = max(backoff * Double.random(in: 0.5...1, using: &generator), retryAfter ?? .zero)
        return elapsed + wait < deadline ? wait : nil
    }
}
