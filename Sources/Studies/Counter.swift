import Foundation

/// Counts finished things for a progress bar.
actor Counter {
    private var done = 0
    private let total: Int
    private let what: String
    private let progress: StudyProgress
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    init(total: Int, what: String, progress: StudyProgress) {
        self.total = total
        self.what = what
        self.progress = progress
    }

    func advance() {
        done += 1
        progress.report(
            .advanced(done: done, total: total, what: what, seconds: (clock.now - start) / .seconds(1)))
    }
}
