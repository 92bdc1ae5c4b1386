/// How many threads the model should use now: fewer while other work has the cores.
///
/// The library's threads wait for each other by spinning, so one that is not scheduled stalls all: on a busy machine
/// two threads are many times slower than one. The calling thread is one of them; when it gets less of a core than it
/// asks for, the number is halved, and tried again after a pause that doubles with each failure. The number of threads
/// does not change results.
struct SpinGuard: Sendable {
    static let leastShare = 0.9
    static let longestPause = 64.0

    let most: Int
    private(set) var threads: Int
    private var elapsed = 0.0
    private var pause = 0.5
    private var retry = 0.0
    private var window = (wall: 0.0, processor: 0.0)

    init(most: Int) {
        self.most = most
        threads = most
    }

    /// One call of the library: seconds it took, and seconds of processor time its calling thread had.
    mutating func record(wall: Double, processor: Double) {
        elapsed += wall
        window = (window.wall + wall, window.processor + processor)
        guard window.wall >= 0.05 else { return }
        let share = window.processor / window.wall
        window = (0, 0)
        if threads > 1, share < Self.leastShare {
            threads /= 2
            retry = elapsed + pause
            pause = min(pause * 2, Self.longestPause)
        } else if threads < most, elapsed >= retry {
            threads = most
        } else if threads == most {
            pause = max(pause / 2, 0.5)
        }
    }
}
