internal import Agents
internal import Kernel

/// Reads the words of a plan, as `plan` occurrences hold them.
public enum PlannedStrokes {
    /// A broad stroke as it is written: `07:00 open the library (library)`.
    public struct Line: Hashable, Sendable {
        /// Seconds since midnight.
        public var second: Int
        public var what: String
        public var place: String
    }

    /// - Parameter places: Names of the world's places. A stroke ends at the first of them in parentheses behind which
    ///   the text ends or another stroke begins, so that both names and deeds may hold parentheses and semicolons.
    /// - Returns: `nil` for anything that is not strokes from beginning to end.
    /// - Complexity: O(length x places).
    public static func lines(_ text: String, places: [String]) -> [Line]? {
        let names = places.map { (name: $0, mark: Array(" (\($0))".utf8)) }
        let bytes = Array(text.utf8)
        var lines: [Line] = []
        var start = 0
        while true {
            guard let second = time(bytes, start) else { return nil }
            let begins = start + 6
            guard begins <= bytes.count else { return nil }
            var found: (place: String, what: Int, end: Int)?
            search: for at in begins..<bytes.count where bytes[at] == 0x20 {
                for name in names where bytes[at...].starts(with: name.mark) {
                    let end = at + name.mark.count
                    let goesOn = bytes[end...].starts(with: "; ".utf8) && time(bytes, end + 2) != nil
                    if end == bytes.count || goesOn {
                        found = (name.name, at, end)
                        break search
                    }
                }
            }
            guard let found else { return nil }
            lines.append(Line(second: second, what: String(decoding: bytes[begins..<found.what], as: UTF8.self), place: found.place))
            if found.end == bytes.count { return lines }
            start = found.end + 2
        }
    }

    /// Seconds since midnight of `07:00 ` at an index.
    private static func time(_ bytes: [UInt8], _ index: Int) -> Int? {
        guard index + 6 <= bytes.count, bytes[index + 5] == 0x20, bytes[index + 2] == 0x3A else { return nil }
        return SimulationTime.secondOfDay(String(decoding: bytes[index..<(index + 5)], as: UTF8.self))
    }

    /// The strokes as steps in time.
    ///
    /// A stroke begins after the one before it; the last ends with the waking day, and a day after the first at most.
    ///
    /// - Parameters:
    ///   - earlier: When the first stroke of the plan so far began, where this one was made from it.
    ///   - bedtime: When whoever made it next goes to bed.
    static func steps(
        _ lines: [Line], at time: SimulationTime, earlier: SimulationTime?, bedtime: SimulationTime
    ) -> [DayPlan.Step] {
        var steps: [DayPlan.Step] = []
        for line in lines {
            var from: SimulationTime
            if let last = steps.last {
                from = next(line.second, notBefore: last.from + TimeSpan(seconds: 1))
            } else if let earlier, earlier < time {
                from = earlier
            } else {
                from = next(line.second, notBefore: time)
            }
            if steps.isEmpty, from.secondOfDay - from.secondOfDay % 60 != line.second {
                from = next(line.second, notBefore: time)
            }
            if let last = steps.indices.last { steps[last].until = from }
            steps.append(DayPlan.Step(from: from, until: from, place: line.place, what: line.what))
        }
        if let last = steps.indices.last {
            steps[last].until = max(steps[last].from, min(steps[0].from + .hours(24), bedtime))
        }
        return steps
    }

    private static func next(_ second: Int, notBefore time: SimulationTime) -> SimulationTime {
        let today = SimulationTime(seconds: SimulationTime(day: time.day).seconds + second)
        // Written without seconds: the minute that has begun is meant.
        return today.seconds / 60 >= time.seconds / 60 ? today : today + .hours(24)
    }
}
