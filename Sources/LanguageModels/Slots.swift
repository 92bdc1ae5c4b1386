internal import HeapModule

/// A limit on how much goes on at once; the most urgent of those waiting is let in first, and among equals who came
/// first.
///
/// See ``Urgency``.
public actor Slots {
    private struct Waiting: Comparable {
        let moment: Int
        let number: Int
        let enter: CheckedContinuation<Void, Never>

        static func < (a: Self, b: Self) -> Bool { (a.moment, a.number) < (b.moment, b.number) }
        static func == (a: Self, b: Self) -> Bool { a.number == b.number }
    }

    private var free: Int
    private var waiting = Heap<Waiting>()
    private var came = 0

    /// How many wait.
    var queued: Int { waiting.count }

    /// - Parameter count: At least 1.
    public init(_ count: Int) { free = max(1, count) }

    /// Waits for a slot, which must be given back.
    public func take() async {
        if free > 0 {
            free -= 1
        } else {
            came += 1
            let (moment, number) = (Urgency.moment, came)
            await withCheckedContinuation { waiting.insert(Waiting(moment: moment, number: number, enter: $0)) }
        }
    }

    public func give() {
        if let next = waiting.popMin() { next.enter.resume() } else { free += 1 }
    }
}
