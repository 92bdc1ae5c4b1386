import Kernel

extension WatchedRun {
    public func pause(_ paused: Bool) {
        pace.paused = paused
        steps = 0
        nudge()
    }

    /// Lets a paused run go on for one step.
    public func step() {
        pace.paused = true
        steps += 1
        nudge()
    }

    public func go(at speed: Int?) {
        pace.speed = speed.map { max(1, $0) }
        nudge()
    }

    /// Returns when what is due may happen.
    ///
    /// - Throws: `CancellationError`.
    func clearance(for due: SimulationTime) async throws {
        let clock = ContinuousClock()
        let since = clock.now
        while true {
            try Task.checkCancellation()
            if steps > 0 {
                steps -= 1
                return
            }
            var wait = Duration.milliseconds(50)
            if !pace.paused {
                guard let speed = pace.speed, let last = moments.last?.time else { return }
                let left = .seconds(Double((due - last).seconds) / 60 / Double(speed)) - (clock.now - since)
                if left <= .zero { return }
                wait = min(wait, left)
            }
            try await Task.sleep(for: wait)
        }
    }
}
