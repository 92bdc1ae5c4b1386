internal import Kernel

/// A stretch of time: from its beginning to before its end.
struct Span: Hashable, Sendable {
    var from: SimulationTime
    var until: SimulationTime

    var seconds: Int { max(0, until.seconds - from.seconds) }

    func clipped(_ from: SimulationTime, _ until: SimulationTime) -> Span {
        Span(from: max(self.from, from), until: min(self.until, until))
    }
}

extension [Span] {
    /// The same time in stretches that neither touch nor overlap, earliest first.
    ///
    /// - Complexity: O(n log n).
    var merged: [Span] {
        var result: [Span] = []
        for span in filter({ $0.seconds > 0 }).sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
            if let last = result.indices.last, result[last].until >= span.from {
                result[last].until = Swift.max(result[last].until, span.until)
            } else {
                result.append(span)
            }
        }
        return result
    }

    /// Seconds that are in any of these stretches.
    var seconds: Int { merged.reduce(0) { $0 + $1.seconds } }

    /// Seconds that are in any of these and in any of `others`.
    ///
    /// - Complexity: O(n log n + m log m).
    func seconds(within others: [Span]) -> Int {
        let (a, b) = (merged, others.merged)
        var (i, j, total) = (0, 0, 0)
        while i < a.count, j < b.count {
            total += a[i].clipped(b[j].from, b[j].until).seconds
            if a[i].until < b[j].until { i += 1 } else { j += 1 }
        }
        return total
    }
}
