/// How many requests one server is given at once: one more a round while it keeps up, half when it refuses, a tenth
/// fewer when its answers come much later than they usually do.
///
///     limit 64, refused                32
///     32 answers in time               33
///     answers 2.5 times as late        29
///
/// A round is one answer for each request allowed. Of requests that were on their way when the limit was last lowered
/// only answers in time count: one storm lowers it once. Raised one by one and lowered by a factor, limits of many
/// clients become fair (Chiu and Jain 1989); what is usual follows slowly, so that answers which stay late become
/// usual.
struct ConcurrencyLimit: Hashable, Sendable {
    enum Event: Hashable, Sendable {
        case answered
        /// It said that it is too busy, or did not answer.
        case refused
    }

    let most: Int
    private var value: Double
    /// Seconds an answer takes, by a slow and a fast mean.
    private var usual: Double?
    private var lately: Double?
    private var answers = 0
    private var lowered = Duration.zero

    /// - Parameter most: At least 1; what it begins with.
    init(most: Int) {
        self.most = max(1, most)
        value = Double(self.most)
    }

    /// 1...`most`.
    var limit: Int { Int(value) }

    /// - Parameters:
    ///   - sent: When the request went out, on the same clock as `now`.
    ///   - now: When it ended.
    mutating func record(_ event: Event, sent: Duration, now: Duration) {
        switch event {
        case .refused: lower(by: 0.5, sent: sent, now: now)
        case .answered:
            if isLate((now - sent) / .seconds(1)) { lower(by: 0.9, sent: sent, now: now) } else {
                value = min(Double(most), value + 1 / value)
            }
        }
    }

    private mutating func lower(by factor: Double, sent: Duration, now: Duration) {
        guard sent >= lowered else { return }
        value = max(1, value * factor)
        lowered = now
    }

    /// Whether answers lately take 2.5 times as long as they usually do; never of the first 20.
    private mutating func isLate(_ seconds: Double) -> Bool {
        answers += 1
        usual = (usual ?? seconds) + (seconds - (usual ?? seconds)) / Double(min(answers, 200))
        lately = (lately ?? seconds) + (seconds - (lately ?? seconds)) / Double(min(answers, 10))
        guard answers > 20, let usual, let lately else { return false }
        return lately > 2.5 * usual
    }
}
