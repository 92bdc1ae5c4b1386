/// A moment of simulated time, in whole seconds since 00:00 of day 1.
///
///     SimulationTime(day: 2, hour: 17, minute: 30).description   // "day 2 17:30"
///
/// There is no calendar, time zone or daylight saving below the command line: every day has 86,400 seconds.
public struct SimulationTime: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public static let secondsPerDay = 86_400

    public var seconds: Int

    @inlinable public init(seconds: Int) {
        self.seconds = seconds
    }

    /// - Parameter day: 1 for the first day of the world.
    public init(day: Int, hour: Int = 0, minute: Int = 0) {
        seconds = (day - 1) * Self.secondsPerDay + hour * 3600 + minute * 60
    }

    /// 1 for the first day of the world.
    public var day: Int { Int((Double(seconds) / Double(Self.secondsPerDay)).rounded(.down)) + 1 }
    /// Seconds since the last midnight, 0..<86,400.
    public var secondOfDay: Int { ((seconds % Self.secondsPerDay) + Self.secondsPerDay) % Self.secondsPerDay }
    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay / 60 % 60 }

    public var description: String { "day \(day) \(timeOfDay)" }
    /// `17:30`.
    public var timeOfDay: String { Self.twoDigits(hour) + ":" + Self.twoDigits(minute) }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    @inlinable public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
    @inlinable public static func + (a: Self, span: TimeSpan) -> Self { Self(seconds: a.seconds + span.seconds) }
    public static func - (a: Self, span: TimeSpan) -> Self { Self(seconds: a.seconds - span.seconds) }
    public static func - (a: Self, b: Self) -> TimeSpan { TimeSpan(seconds: a.seconds - b.seconds) }
}

extension SimulationTime {
    /// Reads `day 2 17:30`; `nil` for anything else.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[0] == "day", let day = Int(words[1]), (1...100_000).contains(day),
            let time = Self.secondOfDay(String(words[2]))
        else { return nil }
        seconds = (day - 1) * Self.secondsPerDay + time
    }

    /// Reads `17:30` as seconds since midnight, 0...86,340; `nil` for anything else.
    public static func secondOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count <= 2, parts[1].count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 3600 + minute * 60
    }
}
