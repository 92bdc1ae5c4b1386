/// What goes through more than one event: copies, and seconds whose priorities are mixed.
extension EventWheel {
    /// The chunks of a bucket by priority, and as they were added among equals.
    @inlinable func byPriority(_ bucket: Int) -> [Int32] {
        var ring: [Int32] = []
        forEachChunk(of: bucket) { ring.append($0) }
        return ring.indices.sorted {
            (chunks[Int(ring[$0])].priority, $0) < (chunks[Int(ring[$1])].priority, $1)
        }.map { ring[$0] }
    }

    /// The runs of one priority in a second, as they were added.
    @inlinable func forEachRun(at seconds: Int, _ body: (Int32, UnsafeMutableBufferPointer<Event>) -> Void) {
        forEachChunk(of: seconds & (Self.size - 1)) { body(chunks[Int($0)].priority, events(of: $0)) }
    }

    /// A copy with at least as many chunks free as are taken.
    ///
    /// - Complexity: O(size + events).
    @inlinable func roomier() -> EventWheel {
        var taken = 0
        forEachBucket { bucket in forEachChunk(of: bucket) { _ in taken += 1 } }
        let copy = EventWheel(capacity: max(16, 2 * taken))
        forEachBucket { bucket in
            forEachChunk(of: bucket) { chunk in
                for event in events(of: chunk) { copy.append(event, at: bucket, priority: chunks[Int(chunk)].priority) }
            }
        }
        return copy
    }

    /// - Parameter body: Must leave the wheel as it is.
    @inlinable func forEachBucket(_ body: (Int) -> Void) {
        for word in 0..<64 where occupied[word] != 0 {
            for bit in 0..<64 where occupied[word] >> UInt64(bit) & 1 == 1 { body(word << 6 | bit) }
        }
    }

    @inlinable func forEachChunk(of bucket: Int, _ body: (Int32) -> Void) {
        let tail = last[bucket]
        var chunk = tail
        repeat {
            chunk = chunks[Int(chunk)].next
            body(chunk)
        } while chunk != tail
    }
}
