import Synchronization
import Trace

/// Says how far building an index has come, a hundred times a step at most.
final class MegabyteProgress: Sendable {
    private struct State {
        var start = ContinuousClock.now
        var said = 0
        var what = ""
    }

    private let progress: StudyProgress
    private let state = Mutex(State())

    init(_ progress: StudyProgress) { self.progress = progress }

    func report(_ step: IndexBuilder.Step) {
        let (done, total, what) =
            switch step {
            case .read(let done, let total): (done, total, "MB read")
            case .sorted(let done, let total): (done, total, "MB sorted")
            }
        let seconds = state.withLock { state -> Double? in
            let begins = state.what != what
            if begins, !state.what.isEmpty { state.start = .now }
            state.what = what
            guard begins || done >= total || done - state.said >= total / 100 else { return nil }
            state.said = done
            return (ContinuousClock.now - state.start) / .seconds(1)
        }
        guard let seconds else { return }
        progress.report(
            .advanced(done: done / 1_000_000, total: total / 1_000_000, what: what, seconds: seconds))
    }
}
