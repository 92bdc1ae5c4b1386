import Kernel
import Testing

@Suite struct `simulated time` {
    @Test func `reads and prints as people write it`() {
        #expect(SimulationTime("day 2 17:30") == SimulationTime(day: 2, hour: 17, minute: 30))
        #expect(SimulationTime(day: 2, hour: 17, minute: 5).description == "day 2 17:05")
        for wrong in ["day 0 10:00", "day 1 24:00", "1 10:00", "day 1 10", "day 1 1:5", ""] {
            #expect(SimulationTime(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `spans read and print in the largest units that fit`() {
        #expect(TimeSpan("1 h 30 min")?.seconds == 5400)
        #expect(TimeSpan("3 days") == .hours(72))
        #expect(TimeSpan(seconds: 90_061).description == "1 day 1 h 1 min 1 s")
        for wrong in ["", "h", "-1 h", "1 week", "1h"] { #expect(TimeSpan(wrong) == nil, "\(wrong)") }
        for seconds in [0, 59, 60, 3600, 86_400, 100_000] {
            #expect(TimeSpan(TimeSpan(seconds: seconds).description)?.seconds == seconds)
        }
    }

    @Test func `dates know their weekdays, and days that do not exist are refused`() {
        #expect(CivilDate("2026-03-02")?.weekday == "Monday")
        #expect(CivilDate("2024-02-28")?.advanced(byDays: 2).description == "2024-03-01")
        #expect(CivilDate("2026-02-29") == nil)
        #expect(CivilDate(year: 1970, month: 1, day: 1).daysSince1970 == 0)
        for days in stride(from: -800_000, through: 800_000, by: 997) {
            #expect(CivilDate(daysSince1970: days).daysSince1970 == days)
        }
    }
}

@Suite struct `random streams` {
    @Test func `the same seed and names give the same draws, on every machine`() {
        var stream = RandomStream(seed: 7, "resident/rosa", "plan")
        var again = RandomStream(seed: 7, "resident/rosa", "plan")
        let draws = (0..<3).map { _ in stream.next() }
        #expect(draws == (0..<3).map { _ in again.next() })
        #expect(draws == [0x4e5e380663296f61, 0x26ac41bf194d8e68, 0xf49391676ab75752])
        #expect(RandomStream.draw(seed: 7, "tie", "day 1 06:00", "rosa") == 0x9cff01855d9c5250)
    }

    @Test func `another seed, other names or another split of them give other draws`() {
        let first = RandomStream.draw(seed: 1, "ab", "c")
        #expect(RandomStream.draw(seed: 2, "ab", "c") != first)
        #expect(RandomStream.draw(seed: 1, "a", "bc") != first)
        #expect(RandomStream.draw(seed: 1, "abc") != first)
    }

    @Test func `unit draws are even over 0..<1`() {
        var stream = RandomStream(seed: 3)
        let draws = (0..<20_000).map { _ in stream.unit() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        // The mean of 20,000 even draws has standard deviation .002.
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 0.01)
    }
}
