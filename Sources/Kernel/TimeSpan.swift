/// A length of simulated time, in whole seconds.
///
///     TimeSpan("90 min")!.seconds   // 5400
///     TimeSpan(seconds: 5400).description   // "1 h 30 min"
public struct TimeSpan: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public var seconds: Int

    public init(seconds: Int) {
        self.seconds = seconds
    }

    public static func minutes(_ value: Int) -> Self { Self(seconds: value * 60) }
    public static func hours(_ value: Int) -> Self { Self(seconds: value * 3600) }
    public static let zero = Self(seconds: 0)

    /// In hours, for decay.
    public var hours: Double { Double(seconds) / 3600 }

    /// Reads `10 min`, `2 h`, `1 h 30 min`, `3 days`, `45 s`; `nil` for anything else, for negatives and for zero units.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
        var total = 0
        for index in stride(from: 0, to: words.count, by: 2) {
            guard let count = Int(words[index]), (0...10_000_000).contains(count) else { return nil }
            switch words[index + 1] {
            case "s", "second", "seconds": total += count
            case "min", "minute", "minutes": total += count * 60
            case "h", "hour", "hours": total += count * 3600
            case "d", "day", "days": total += count * SimulationTime.secondsPerDay
            default: return nil
            }
        }
        seconds = total
    }

    public var description: String {
        if seconds == 0 { return "0 min" }
        var parts: [String] = []
        let days = seconds / SimulationTime.secondsPerDay
        let hours = seconds % SimulationTime.secondsPerDay / 3600
        let minutes = seconds % 3600 / 60
        if days != 0 { parts.append(days == 1 ? "1 day" : "\(days) days") }
        if hours != 0 { parts.append("\(hours) h") }
        if minutes != 0 { parts.append("\(minutes) min") }
        if seconds % 60 != 0 { parts.append("\(seconds % 60) s") }
        return parts.joined(separator: " ")
    }

    public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
    public static func + (a: Self, b: Self) -> Self { Self(seconds: a.seconds + b.seconds) }
}
