/// A timing wheel: the events of the next `size` seconds in one bucket a second, in the order they were added.
///
/// A bucket is a ring of chunks that its last chunk stands for; a chunk holds up to `room` events of one priority, next
/// to each other in memory. Chunks that are in no bucket are in one free list. Invariants:
/// - every second with events is less than `size` after the present, so that no two share a bucket;
/// - a bit of `occupied` is set where, and only where, its bucket has a chunk, and a bit of `summary` where a word of
///   `occupied` is not 0;
/// - of a chunk in a bucket the first `count`, 1 or more, of its slots are initialised; no other slot is.
///
/// `@unchecked Sendable`: the queue that holds it changes it only while it holds the one reference, and everybody else
/// only reads.
@usableFromInline final class EventWheel<Event: Sendable>: @unchecked Sendable {
    /// 64 words of 64 bits, so that two bit scans find the next bucket.
    @inlinable static var size: Int { 4096 }
    /// Events in a chunk.
    @inlinable static var room: Int { 16 }

    @usableFromInline let state = UnsafeMutablePointer<WheelState>.allocate(capacity: 1)
    @usableFromInline let occupied = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
    /// Last chunk of each bucket; whatever it was where the bucket is empty.
    @usableFromInline let last = UnsafeMutablePointer<Int32>.allocate(capacity: 4096)
    @usableFromInline let chunks: UnsafeMutablePointer<WheelChunk>
    @usableFromInline let slots: UnsafeMutablePointer<Event>

    /// - Parameter capacity: In chunks.
    @inlinable init(capacity: Int = 16) {
        state.initialize(to: WheelState())
        chunks = .allocate(capacity: capacity)
        slots = .allocate(capacity: capacity * Self.room)
        occupied.initialize(repeating: 0, count: 64)
        last.initialize(repeating: 0, count: Self.size)
        for index in 0..<capacity {
            let next = index + 1 < capacity ? Int32(index + 1) : -1
            (chunks + index).initialize(to: WheelChunk(next: next, count: 0, priority: 0))
        }
    }

    @inlinable deinit {
        forEachBucket { bucket in forEachChunk(of: bucket) { _ = events(of: $0).deinitialize() } }
        chunks.deallocate()
        slots.deallocate()
        last.deallocate()
        occupied.deallocate()
        state.deallocate()
    }

    /// Whether the next event might find no chunk.
    @inlinable var isFull: Bool { state.pointee.free < 0 }
    /// Events in it.
    @inlinable var count: Int { state.pointee.count }

    /// Seconds of the first bucket with events; `nil` where there is none.
    @inlinable func next(from present: Int) -> Int? {
        let summary = state.pointee.summary
        if summary == 0 { return nil }
        let start = present & (Self.size - 1)
        let (word, bit) = (start >> 6, UInt64(start & 63))
        let ahead = occupied[word] & (~0 << bit)
        let bucket: Int
        if ahead != 0 {
            bucket = word << 6 | ahead.trailingZeroBitCount
        } else {
            // The words after this one, then from the first on, this one's beginning last.
            let later = word == 63 ? 0 : summary & (~0 << UInt64(word + 1))
            let found = (later != 0 ? later : summary).trailingZeroBitCount
            bucket = found << 6 | occupied[found].trailingZeroBitCount
        }
        return present &+ ((bucket &- start) & (Self.size - 1))
    }

    /// - Parameter seconds: Less than `size` after the present. There must be a free chunk.
    @inlinable func append(_ event: Event, at seconds: Int, priority: Int32) {
        let bucket = seconds & (Self.size - 1)
        let (word, bit) = (bucket >> 6, 1 << UInt64(bucket & 63) as UInt64)
        state.pointee.count &+= 1
        if occupied[word] & bit != 0 {
            let tail = last[bucket]
            let chunk = chunks + Int(tail)
            let filled = Int(chunk.pointee.count)
            if filled < Self.room, chunk.pointee.priority == priority {
                (slots + (Int(tail) &* Self.room &+ filled)).initialize(to: event)
                chunk.pointee.count = Int32(truncatingIfNeeded: filled &+ 1)
                return
            }
        }
        let new = state.pointee.free
        state.pointee.free = chunks[Int(new)].next
        var first = new
        if occupied[word] & bit != 0 {
            let tail = Int(last[bucket])
            first = chunks[tail].next
            chunks[tail].next = new
        } else {
            occupied[word] |= bit
            state.pointee.summary |= 1 << UInt64(word)
        }
        chunks[Int(new)] = WheelChunk(next: first, count: 1, priority: priority)
        (slots + Int(new) &* Self.room).initialize(to: event)
        last[bucket] = new
    }

    /// Moves the events of one second to the end of `events`, by priority.
    @inlinable func take(at seconds: Int, into events: inout [Event]) {
        let bucket = seconds & (Self.size - 1)
        let tail = last[bucket]
        let first = chunks[Int(tail)].next
        var (chunk, ordered, priority) = (first, true, chunks[Int(first)].priority)
        while chunk != tail, ordered {
            chunk = chunks[Int(chunk)].next
            ordered = chunks[Int(chunk)].priority >= priority
            priority = chunks[Int(chunk)].priority
        }
        if ordered {
            chunk = first
            while true {
                take(chunk, into: &events)
                if chunk == tail { break }
                chunk = chunks[Int(chunk)].next
            }
        } else {
            for chunk in byPriority(bucket) { take(chunk, into: &events) }
        }
        chunks[Int(tail)].next = state.pointee.free
        state.pointee.free = first
        let word = bucket >> 6
        occupied[word] &= ~(1 << UInt64(bucket & 63))
        if occupied[word] == 0 { state.pointee.summary &= ~(1 << UInt64(word)) }
    }

    @inlinable func take(_ chunk: Int32, into events: inout [Event]) {
        let run = self.events(of: chunk)
        state.pointee.count &-= run.count
        if run.count == 1 { events.append(run[0]) } else { events.append(contentsOf: run) }
        _ = run.deinitialize()
    }

    @inlinable func events(of chunk: Int32) -> UnsafeMutableBufferPointer<Event> {
        .init(start: slots + Int(chunk) &* Self.room, count: Int(chunks[Int(chunk)].count))
    }
}

/// Where a chunk of a wheel belongs.
@usableFromInline @frozen struct WheelChunk {
    /// The next of its bucket, the first after the last; of a free one, the next free one, or -1.
    @usableFromInline var next: Int32
    @usableFromInline var count: Int32
    @usableFromInline var priority: Int32

    @inlinable init(next: Int32, count: Int32, priority: Int32) {
        self.next = next
        self.count = count
        self.priority = priority
    }
}

/// What of a wheel changes besides its memory; behind a pointer, since accesses to variables of a class are checked one
/// by one.
@usableFromInline @frozen struct WheelState {
    @usableFromInline var count = 0
    @usableFromInline var summary: UInt64 = 0
    /// First free chunk, or -1.
    @usableFromInline var free: Int32 = 0

    @inlinable init() {}
}
