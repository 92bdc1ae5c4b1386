extension Retrieval {
    struct Contender {
        var index: Int
        /// No less than the score.
        var most: Double
    }

    /// The candidates whose score may be among the highest, by the estimates and the bounds on their error; those that
    /// may score most come first.
    func contenders(_ powers: Recency) -> [Contender] {
        func slope(_ weight: Double, _ scale: MinMax) -> Double { scale.range > 0 ? weight / scale.range : 0 }
        let weights = settings.weights
        let (a, b, c) = (slope(weights.recency, recency), slope(weights.importance, importance), slope(weights.relevance, relevance))
        let halves = 0.5 * ((a == 0 ? weights.recency : 0) + (b == 0 ? weights.importance : 0) + (c == 0 ? weights.relevance : 0))
        // Scores are rounded to 1e-9 and each step here to 1e-16 of its greatest value.
        let total = abs(weights.recency) + abs(weights.importance) + abs(weights.relevance)
        let margin =
            2e-9 + 1e-12 * total + abs(a) * recency.greatest * Recency.error
            + abs(b) * max(abs(importance.least), abs(importance.greatest)) * 1e-14
        let rising = a >= 0 && b >= 0 && c >= 0
        let (mask, slope, base) = (mask, sketch?.errorSlope ?? 0, sketch?.errorBase ?? 0)
        // Score = a recency + b importance + c cosine + rest.
        let rest = halves - a * (a == 0 ? 0 : recency.least) - b * (b == 0 ? 0 : importance.least) - c * (c == 0 ? 0 : relevance.least)
        var best = LargestFew(capacity: min(wanted, candidates))
        var threshold = -Double.infinity
        var found: [Contender] = []
        withUnsafeTemporaryAllocation(of: Double.self, capacity: MemoryBlock.large) { scratch in
            guard let recencies = scratch.baseAddress else { return }
            // Latest first: what is recalled is mostly recent, and a high threshold soon rules out whole blocks.
            for number in bounds.indices.reversed() where bounds[number].candidates > 0 {
                let bound = bounds[number]
                let blockError = margin + abs(c) * Double(bound.error)
                let most =
                    a * powers.estimate(max(0, now - bound.lastAccess)) + b * bound.importance.greatest + c * Double(bound.greatest)
                    + rest + margin
                if rising && most < threshold { continue }
                let start = stream.start(of: number)
                withColumns(number) { columns in
                    powers.estimate(columns.times, count: columns.count, now: now, into: recencies)
                    for row in 0..<columns.count where columns.kinds[row] & mask != 0 {
                        let score = a * recencies[row] + b * columns.importance[row] + c * Double(columns.cosines[row]) + rest
                        if score + blockError < threshold { continue }
                        let error = margin + abs(c) * Double(slope * columns.residuals[row] + base)
                        if !(score - error < threshold) {
                            best.offer(Ranked(score: score - error))
                            if let least = best.threshold { threshold = least.score }
                        }
                        found.append(Contender(index: start + row, most: score + error))
                    }
                }
            }
        }
        return found.filter { !($0.most < threshold) }.sorted { $0.most > $1.most }
    }
}
