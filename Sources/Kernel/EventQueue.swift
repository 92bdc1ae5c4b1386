internal import HeapModule

/// The future event list: what happens next, ordered by `(time, priority, tie, sequence)`.
///
///     var queue = EventQueue<String>()
///     queue.schedule("noon bell", at: SimulationTime(day: 1, hour: 12))
///     queue.popDue()   // (day 1 12:00, ["noon bell"])
///
/// Everything due at one moment comes out together. The tie is a draw from a named stream, so that nobody is first
/// because its line in a file is; the sequence only separates equal ties.
///
/// - Complexity: `schedule` and each popped event are O(log n).
public struct EventQueue<Event: Sendable>: Sendable {
    struct Entry: Comparable, Sendable {
        let time: SimulationTime
        let priority: Int
        let tie: UInt64
        let sequence: Int
        let event: Event

        static func < (a: Self, b: Self) -> Bool {
            if a.time != b.time { return a.time < b.time }
            if a.priority != b.priority { return a.priority < b.priority }
            if a.tie != b.tie { return a.tie < b.tie }
            return a.sequence < b.sequence
        }

        static func == (a: Self, b: Self) -> Bool { a.sequence == b.sequence }
    }

    private var heap = Heap<Entry>()
    private var scheduled = 0

    public init() {}

    public var isEmpty: Bool { heap.isEmpty }
    public var count: Int { heap.count }
    /// When the next event is due; `nil` when nothing is scheduled.
    public var nextTime: SimulationTime? { heap.min?.time }

    /// - Parameter priority: Lower comes first among events of the same moment.
    public mutating func schedule(_ event: Event, at time: SimulationTime, priority: Int = 0, tie: UInt64 = 0) {
        heap.insert(Entry(time: time, priority: priority, tie: tie, sequence: scheduled, event: event))
        scheduled += 1
    }

    /// Takes everything due at the next moment, in order; `nil` when nothing is scheduled.
    public mutating func popDue() -> (time: SimulationTime, events: [Event])? {
        guard let time = heap.min?.time else { return nil }
        var events: [Event] = []
        while let entry = heap.min, entry.time == time {
            events.append(entry.event)
            heap.removeMin()
        }
        return (time, events)
    }
}
