import Kernel
import Reports
import Results
import Worlds

extension RunChanges {
    /// Most of a kind that are shown of each side.
    private static let most = 12

    /// As a diff: `+` only here, `-` only there.
    var text: String {
        var lines: [String] = []
        if let idle = [here, there].first(where: { !$0.hasBegun }) {
            lines.append("Nothing has happened on \(idle.name) yet.")
        } else if let divergence {
            lines.append("Different from \(divergence) on, looked at until \(until): + only here (\(here.name)), - only in \(there.name).")
            lines += Self.lines("By hand", byHand)
            lines += Self.lines("Occurrences", occurrences)
            for (name, difference) in memories { lines += Self.lines("Memories of \(sanitised(name))", difference) }
            if !whereabouts.isEmpty {
                lines.append("Whereabouts at \(until)")
                for (name, one, other) in whereabouts {
                    lines.append("  \(sanitised(name)): here \(sanitised(one)), there \(sanitised(other))")
                }
            }
        } else {
            lines.append("Nothing differs from \(there.name) until \(until).")
        }
        for side in [here, there] where side.run.until > until && side.hasBegun {
            let more = side.run.occurrences.filter { $0.time > until }.count
            let byHand = side.byHand.filter { $0.seconds > until.seconds }.count
            lines.append(
                "\(side.name) goes on to \(side.run.until), with \(counted(more, "occurrence")) after that"
                    + (byHand > 0 ? " and \(counted(byHand, "thing")) done by hand." : "."))
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ title: String, _ difference: Difference) -> [String] {
        guard !difference.isEmpty else { return [] }
        var lines = ["\(title): \(difference.here.count) only here, \(difference.there.count) only there"]
        for (mark, entries) in [("+", difference.here), ("-", difference.there)] {
            lines += entries.prefix(most).map { "  \(mark) \($0.time)  \(sanitised($0.text))" }
            if entries.count > most { lines.append("  \(mark) ... and \(entries.count - most) more") }
        }
        return lines
    }
}
