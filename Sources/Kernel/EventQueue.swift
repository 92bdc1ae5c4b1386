public import HeapModule

/// The future event list: what happens next, ordered by `(time, priority, order of scheduling)`.
///
///     var queue = EventQueue<String>()
///     var due: [String] = []
///     queue.schedule("noon bell", at: SimulationTime(day: 1, hour: 12))
///     queue.popDue(into: &due)   // day 1 12:00; due is ["noon bell"]
///
/// Everything due at one moment comes out together. Events of the near future are in a timing wheel, one bucket a
/// second; the others wait in a heap and never move to the wheel, for a moment's events in the heap are older than
/// those in its bucket: the present only goes forward, and with it the wheel's reach.
///
/// - Complexity: `schedule` and each event popped are O(1) for what was scheduled less than ``reach`` seconds ahead,
///   O(log n) else.
/// - Source: Varghese and Lauck 1987, "Hashed and Hierarchical Timing Wheels", doi:10.1145/37499.37504.
public struct EventQueue<Event: Sendable>: Sendable {
    /// Seconds from the present that the wheel holds.
    @inlinable public static var reach: Int { EventWheel<Event>.size }

    @usableFromInline var wheel = EventWheel<Event>()
    @usableFromInline var far = Heap<FarEvent<Event>>()
    @usableFromInline var scheduledFar = 0
    /// Seconds of the latest moment popped, 0 before the first: everything in the wheel is due then or later.
    @usableFromInline var present = 0

    @inlinable public init() {}

    @inlinable public var isEmpty: Bool { wheel.count == 0 && far.isEmpty }
    @inlinable public var count: Int { wheel.count + far.count }

    /// When the next event is due; `nil` when nothing is scheduled.
    @inlinable public var nextTime: SimulationTime? {
        let near = wheel.next(from: present)
        guard let first = far.min?.time else { return near.map(SimulationTime.init(seconds:)) }
        return SimulationTime(seconds: min(first, near ?? first))
    }

    /// - Parameters:
    ///   - time: Any, the past included.
    ///   - priority: Lower comes first among events of the same moment.
    @inlinable public mutating func schedule(_ event: Event, at time: SimulationTime, priority: Int32 = 0) {
        if UInt(bitPattern: time.seconds &- present) < UInt(bitPattern: Self.reach) {
            if !isKnownUniquelyReferenced(&wheel) || wheel.isFull { wheel = wheel.roomier() }
            wheel.append(event, at: time.seconds, priority: priority)
        } else {
            far.insert(FarEvent(time: time.seconds, priority: priority, sequence: scheduledFar, event: event))
            scheduledFar += 1
        }
    }

    /// Takes everything due at the next moment, in order.
    ///
    /// - Parameter events: What was in it is replaced, its capacity kept.
    /// - Returns: The moment; `nil`, with no events, when nothing is scheduled.
    @inlinable @discardableResult
    public mutating func popDue(into events: inout [Event]) -> SimulationTime? {
        events.removeAll(keepingCapacity: true)
        let near = wheel.next(from: present)
        if let first = far.min?.time, near.map({ first <= $0 }) ?? true {
            popFar(at: first, alsoNear: near == first, into: &events)
            present = max(present, first)
            return SimulationTime(seconds: first)
        }
        guard let near else { return nil }
        if !isKnownUniquelyReferenced(&wheel) { wheel = wheel.roomier() }
        wheel.take(at: near, into: &events)
        present = near
        return SimulationTime(seconds: near)
    }

    /// Takes a moment of the heap, and its bucket where that has events too.
    @inlinable mutating func popFar(at moment: Int, alsoNear: Bool, into events: inout [Event]) {
        var ranked: [(priority: Int32, event: Event)] = []
        while let entry = far.min, entry.time == moment {
            ranked.append((entry.priority, entry.event))
            far.removeMin()
        }
        if alsoNear {
            if !isKnownUniquelyReferenced(&wheel) { wheel = wheel.roomier() }
            wheel.forEachRun(at: moment) { priority, run in ranked += run.map { (priority, $0) } }
            wheel.take(at: moment, into: &events)
            events.removeAll(keepingCapacity: true)
        }
        let order = ranked.indices.sorted { (ranked[$0].priority, $0) < (ranked[$1].priority, $1) }
        events += order.map { ranked[$0].event }
    }
}

/// An event that was scheduled beyond the wheel's reach, or before the present.
@usableFromInline @frozen struct FarEvent<Event: Sendable>: Comparable, Sendable {
    @usableFromInline let time: Int
    @usableFromInline let priority: Int32
    @usableFromInline let sequence: Int
    @usableFromInline let event: Event

    @inlinable init(time: Int, priority: Int32, sequence: Int, event: Event) {
        self.time = time
        self.priority = priority
        self.sequence = sequence
        self.event = event
    }

    @inlinable static func < (a: Self, b: Self) -> Bool {
        (a.time, a.priority, a.sequence) < (b.time, b.priority, b.sequence)
    }

    @inlinable static func == (a: Self, b: Self) -> Bool { a.sequence == b.sequence }
}
