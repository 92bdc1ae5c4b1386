import Kernel
import Testing

@Suite struct `the event queue` {
    @Test func `orders by time, priority, then order of scheduling, and hands out a moment whole`() {
        var queue = EventQueue<String>()
        var due: [String] = []
        let noon = SimulationTime(day: 1, hour: 12)
        queue.schedule("later", at: noon + .minutes(1), priority: -1)
        queue.schedule("low", at: noon, priority: 1)
        queue.schedule("first", at: noon)
        queue.schedule("second", at: noon)
        #expect(queue.nextTime == noon)
        #expect(queue.popDue(into: &due) == noon)
        #expect(due == ["first", "second", "low"])
        #expect(queue.count == 1)
        queue.popDue(into: &due)
        #expect(due == ["later"])
        #expect(queue.popDue(into: &due) == nil)
        #expect(due.isEmpty && queue.isEmpty)
    }

    @Test func `a copy goes its own way`() {
        var queue = EventQueue<String>()
        for index in 0..<100 { queue.schedule("\(index)", at: SimulationTime(seconds: index / 10)) }
        var copy = queue
        var due: [String] = []
        copy.popDue(into: &due)
        copy.schedule("new", at: SimulationTime(seconds: 1))
        #expect(queue.count == 100 && copy.count == 91)
        #expect(queue.nextTime == SimulationTime(seconds: 0))
        queue.popDue(into: &due)
        #expect(due == (0..<10).map(String.init))
        queue.popDue(into: &due)
        #expect(due == (10..<20).map(String.init))
        copy.popDue(into: &due)
        #expect(due == (10..<20).map(String.init) + ["new"])
    }

    /// Text, which is counted: a slot taken twice or never would be seen.
    struct Reference {
        struct Entry {
            let time: Int
            let priority: Int32
            let number: Int
        }

        var entries: [Entry] = []

        mutating func popDue() -> (time: Int, events: [String])? {
            guard let first = entries.map(\.time).min() else { return nil }
            let due = entries.filter { $0.time == first }.sorted { ($0.priority, $0.number) < ($1.priority, $1.number) }
            entries.removeAll { $0.time == first }
            return (first, due.map { "event \($0.number)" })
        }
    }

    /// Spans about the wheel's reach, around whole turns of it, within a minute, and into the past.
    static let spans: [ClosedRange<Int>] = [
        0...3, 0...60, 0...9_000, 4_090...4_100, 8_190...8_195, -50...50, -10_000...10_000, 86_400...86_400, 63...65,
    ]

    @Test func `comes out as a sorted list would, whatever is scheduled, far or near or past, and in copies too`() {
        for seed in 0..<150 as Range<UInt64> {
            var stream = RandomStream(seed: seed, "event queue")
            let span = Self.spans[Int(seed) % Self.spans.count]
            let start = seed % 3 == 0 ? 0 : Int.random(in: -100_000...100_000, using: &stream)
            let most = [1, 5, 40, 150][Int(seed / 9) % 4]
            var (queue, reference, present, number) = (EventQueue<String>(), Reference(), start, 0)
            var kept: (queue: EventQueue<String>, reference: Reference)?
            var due: [String] = []
            var wrong: [String] = []
            func compare(_ queue: inout EventQueue<String>, _ reference: inout Reference) -> Int? {
                let next = queue.nextTime
                let expected = reference.popDue()
                let time = queue.popDue(into: &due)
                if time?.seconds != expected?.time || next != time || due != expected?.events ?? []
                    || queue.count != reference.entries.count
                {
                    wrong.append("\(due) at \(time?.description ?? "never"), expected \(expected.map { "\($0)" } ?? "nothing")")
                }
                return time?.seconds
            }
            for _ in 0..<60 {
                for _ in 0..<Int.random(in: 0...most, using: &stream) {
                    let span = seed % 5 == 4 ? Self.spans[Int.random(in: 0..<Self.spans.count, using: &stream)] : span
                    let time = present + Int.random(in: span, using: &stream)
                    let priority = Int32.random(in: 0...(seed % 2 == 0 ? 3 : 0), using: &stream)
                    queue.schedule("event \(number)", at: SimulationTime(seconds: time), priority: priority)
                    reference.entries.append(.init(time: time, priority: priority, number: number))
                    number += 1
                }
                if Int.random(in: 0..<10, using: &stream) == 0 { kept = (queue, reference) }
                for _ in 0..<Int.random(in: 0...2, using: &stream) {
                    if let time = compare(&queue, &reference) { present = time }
                }
            }
            while compare(&queue, &reference) != nil {}
            if var kept { while compare(&kept.queue, &kept.reference) != nil {} }
            #expect(wrong.isEmpty, "seed \(seed): \(wrong.first ?? "")")
        }
    }

    final class Counted: Sendable {
        let gone: @Sendable () -> Void
        init(gone: @escaping @Sendable () -> Void) { self.gone = gone }
        deinit { gone() }
    }

    @Test func `lets go of what it held`() async {
        await confirmation(expectedCount: 500) { gone in
            var queue = EventQueue<Counted>()
            for index in 0..<500 {
                queue.schedule(Counted { gone() }, at: SimulationTime(seconds: index * 31 % 6_000), priority: Int32(index % 3))
            }
            var due: [Counted] = []
            for _ in 0..<40 { queue.popDue(into: &due) }
        }
    }
}
