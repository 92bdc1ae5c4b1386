import Testing

@testable import LanguageModels

private func seconds(_ value: Double) -> Duration { .seconds(value) }

@Suite struct `How many requests a server is given` {
    @Test func `begins at the most, halves at a refusal and grows by one a round`() {
        var limit = ConcurrencyLimit(most: 64)
        #expect(limit.limit == 64)
        limit.record(.refused, sent: .zero, now: seconds(1))
        #expect(limit.limit == 32)
        for answer in 0..<33 { limit.record(.answered, sent: seconds(1), now: seconds(1.1 + 0.001 * Double(answer))) }
        #expect(limit.limit == 33)
    }

    @Test func `a storm of refusals of requests sent together halves it once`() {
        var limit = ConcurrencyLimit(most: 64)
        for _ in 0..<64 { limit.record(.refused, sent: seconds(0.5), now: seconds(1)) }
        #expect(limit.limit == 32)
        limit.record(.refused, sent: seconds(1), now: seconds(2))
        #expect(limit.limit == 16)
    }

    @Test func `is never below one nor above the most`() {
        var limit = ConcurrencyLimit(most: 8)
        for round in 0..<20 { limit.record(.refused, sent: seconds(Double(round)), now: seconds(Double(round))) }
        #expect(limit.limit == 1)
        for _ in 0..<1_000 { limit.record(.answered, sent: seconds(30), now: seconds(30.1)) }
        #expect(limit.limit == 8)
    }

    @Test func `falls while answers come much later than usual and recovers once that is usual`() {
        var limit = ConcurrencyLimit(most: 32)
        var now = 0.0
        func round(_ latency: Double, _ count: Int) {
            for _ in 0..<count {
                limit.record(.answered, sent: seconds(now), now: seconds(now + latency))
                now += latency / 32
            }
        }
        round(0.05, 100)
        #expect(limit.limit == 32)
        round(0.5, 60)
        #expect(limit.limit < 32)
        let low = limit.limit
        round(0.5, 3_000)
        #expect(limit.limit > low)
    }

    @Test func `latencies that vary fourfold at random leave it alone`() {
        var limit = ConcurrencyLimit(most: 32)
        var generator = SplitMix(seed: 7)
        for step in 0..<5_000 {
            let now = Double(step) * 0.01
            limit.record(.answered, sent: seconds(now), now: seconds(now + Double.random(in: 0.05...0.2, using: &generator)))
        }
        #expect(limit.limit == 32)
    }
}

/// Draws that are the same everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

@Suite struct `The servers of a model` {
    @Test func `take turns, the least busy first`() {
        var pool = ServerPool(count: 3, most: 10)
        #expect((0..<4).map { _ in pool.begin(now: .zero) } == [0, 1, 2, 0])
        pool.end(1, .answered, sent: .zero, now: seconds(1))
        #expect(pool.begin(now: seconds(1)) == 1)
    }

    @Test func `together never have more than the most`() {
        var pool = ServerPool(count: 2, most: 3)
        #expect((0..<4).map { _ in pool.begin(now: .zero) } == [0, 1, 0, nil])
    }

    @Test func `that fail are left out for a growing pause and then tried by one request`() {
        var pool = ServerPool(count: 2, most: 8)
        #expect(pool.begin(now: .zero) == 0)
        pool.end(0, .failed, sent: .zero, now: seconds(1))
        #expect((0..<3).map { _ in pool.begin(now: seconds(1.4)) } == [1, 1, 1])
        #expect(pool.begin(now: seconds(1.5)) == 0, "its pause is over")
        #expect(pool.begin(now: seconds(1.5)) == 1, "one request tries it")
        pool.end(0, .failed, sent: seconds(1.5), now: seconds(1.6))
        #expect(pool.begin(now: seconds(2.5)) == 1, "the second pause is longer")
        #expect(pool.begin(now: seconds(2.6)) == 0)
        pool.end(0, .answered, sent: seconds(2.6), now: seconds(2.7))
        #expect((0..<2).map { _ in pool.begin(now: seconds(2.7)) } == [0, 0], "it is well again")
        #expect((1...7).map(ServerPool.pause) == [0.5, 1, 2, 4, 8, 15, 15].map(seconds))
    }

    @Test func `that all fail are tried all the same, the one whose pause ends first`() {
        var pool = ServerPool(count: 2, most: 8)
        _ = (pool.begin(now: .zero), pool.begin(now: .zero))
        pool.end(1, .failed, sent: .zero, now: seconds(1))
        pool.end(0, .failed, sent: .zero, now: seconds(1.1))
        #expect(pool.begin(now: seconds(1.2)) == 1)
        #expect(!pool.hasAnother(than: 0, now: seconds(1.2)))
    }

    @Test func `that name a time are asked nothing before it`() {
        var pool = ServerPool(count: 1, most: 8)
        #expect(pool.begin(now: .zero) == 0)
        pool.end(0, .busy(retryAfter: seconds(5)), sent: .zero, now: seconds(1))
        #expect(pool.begin(now: seconds(5.9)) == nil)
        #expect(pool.opens(now: seconds(2)) == seconds(6))
        #expect(pool.begin(now: seconds(6)) == 0)
        #expect(pool.limits == [4])
    }
}

@Suite struct `Requests that wait` {
    @Test func `leave by group, the group that came first whole`() {
        var queue = PrefixQueue<String>()
        for (element, prefix) in [("r1", 1), ("w1", 2), ("r2", 1), ("w2", 2), ("r3", 1)] { queue.append(element, to: .init(prefix: prefix)) }
        #expect(queue.removeFirst(of: .init(prefix: 1)) { $0 == "r2" } == "r2")
        #expect(queue.removeFirst(of: .init(prefix: 3)) { _ in true } == nil)
        #expect(queue.popFirst() == "r1")
        queue.append("r4", to: .init(prefix: 1))
        #expect(queue.removeAll() == ["r3", "r4", "w1", "w2"])
        #expect(queue.isEmpty && queue.popFirst() == nil)
    }

    @Test func `of an earlier moment go before those of a later one, and of none before all`() {
        var queue = PrefixQueue<String>()
        for (element, moment) in [("late", 9), ("early", 3), ("middle", 5), ("none", Int.min), ("early too", 3)] {
            queue.append(element, to: .init(moment: moment, prefix: element.utf8.count))
        }
        queue.append("late too", to: .init(moment: 9, prefix: 4))
        #expect(queue.removeAll() == ["none", "early", "early too", "middle", "late", "late too"])
    }

    @Test func `are all let out once, whatever comes and goes between`() {
        var queue = PrefixQueue<Int>()
        var generator = SplitMix(seed: 3)
        var (inside, out): (Set<Int>, Set<Int>) = ([], [])
        for element in 0..<5_000 {
            let prefix = Int.random(in: 0..<20, using: &generator)
            let key = PrefixQueue<Int>.Key(moment: Int.random(in: 0..<3, using: &generator), prefix: prefix)
            queue.append(element, to: key)
            inside.insert(element)
            if Bool.random(using: &generator) {
                if let gone = queue.removeFirst(of: key, where: { $0 % 3 == 0 }) {
                    #expect(inside.remove(gone) != nil)
                }
            } else if let next = queue.popFirst() {
                #expect(inside.remove(next) != nil && out.insert(next).inserted)
            }
            #expect(queue.count == inside.count)
        }
        #expect(Set(queue.removeAll()) == inside)
    }
}
