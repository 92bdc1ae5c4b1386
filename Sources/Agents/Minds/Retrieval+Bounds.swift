extension Retrieval {
    /// Estimates the cosines and takes the bounds of each block, and the times of the first and last access.
    mutating func scan() -> (earliest: Int, latest: Int) {
        if sketch == nil { cosines.initialize(repeating: 0) }
        let (slope, base) = (sketch?.errorSlope ?? 0, sketch?.errorBase ?? 0)
        var (earliest, latest) = (Int.max, Int.min)
        var all: [Bounds] = []
        all.reserveCapacity(stream.blockCount)
        for number in 0..<stream.blockCount {
            let block = stream.block(number)
            var bound = Bounds()
            bound.error = slope * block.widest + base
            withColumns(number) { columns in
                sketch?.estimate(block, into: columns.cosines)
                let early = mask == MemoryBlock.anyKind ? boundAll(block, columns, &bound) : boundSome(columns, &bound)
                // A block without candidates, such as the open one just after another was filled, bounds nothing.
                if bound.candidates == 0 { return }
                candidates += bound.candidates
                importance.take(bound.importance.least)
                importance.take(bound.importance.greatest)
                (earliest, latest) = (min(earliest, early), max(latest, bound.lastAccess))
            }
            all.append(bound)
        }
        bounds = all
        return (earliest, latest)
    }

    /// Bounds over a whole block. Returns the time of the first last access.
    private func boundAll(_ block: MemoryBlock, _ columns: Columns, _ bound: inout Bounds) -> Int {
        var low = SIMD8<Float>(repeating: .infinity)
        var high = SIMD8<Float>(repeating: -.infinity)
        let eights = columns.count & ~7
        for row in stride(from: 0, to: eights, by: 8) {
            let eight = UnsafeRawPointer(columns.cosines + row).loadUnaligned(as: SIMD8<Float>.self)
            low.replace(with: eight, where: eight .< low)
            high.replace(with: eight, where: eight .> high)
        }
        var (least, greatest) = (low.min(), high.max())
        for row in eights..<columns.count {
            least = min(least, columns.cosines[row])
            greatest = max(greatest, columns.cosines[row])
        }
        var (early, late) = (Int.max, Int.min)
        for row in 0..<columns.count {
            let time = columns.times[row]
            early = time < early ? time : early
            late = time > late ? time : late
        }
        (bound.least, bound.greatest) = (least - bound.error, greatest + bound.error)
        (bound.importance, bound.lastAccess, bound.candidates) = (block.importanceRange, late, columns.count)
        return early
    }

    /// Bounds over the candidates in a block. Returns the time of the first last access.
    private func boundSome(_ columns: Columns, _ bound: inout Bounds) -> Int {
        var early = Int.max
        for row in 0..<columns.count where columns.kinds[row] & mask != 0 {
            bound.candidates += 1
            bound.least = min(bound.least, columns.cosines[row] - bound.error)
            bound.greatest = max(bound.greatest, columns.cosines[row] + bound.error)
            bound.importance.take(columns.importance[row])
            bound.lastAccess = max(bound.lastAccess, columns.times[row])
            early = min(early, columns.times[row])
        }
        return early
    }

    /// Powers fall with age, so the youngest and the oldest span them, unless the powers are not sure to.
    mutating func scaleRecency(_ powers: Recency, _ ages: (earliest: Int, latest: Int)) {
        if !powers.isExact {
            recency.take(powers.exact(max(0, now - ages.latest)))
            recency.take(powers.exact(max(0, now - ages.earliest)))
            return
        }
        var range = MinMax()
        for number in bounds.indices {
            withColumns(number) { columns in
                for row in 0..<columns.count where columns.kinds[row] & mask != 0 {
                    range.take(powers.exact(max(0, now - columns.times[row])))
                }
            }
        }
        recency = range
    }

    /// Computes every cosine that may be the least or the greatest.
    mutating func scaleRelevance() {
        guard let sketch else { return relevance.take(0) }
        let (slope, base) = (sketch.errorSlope, sketch.errorBase)
        // Where a block's estimates are greatest, the cosine is no less than that bound less twice the error.
        var (greatest, least) = (-Float.infinity, Float.infinity)
        for bound in bounds where bound.candidates > 0 {
            greatest = max(greatest, bound.greatest - 2 * bound.error)
            least = min(least, bound.least + 2 * bound.error)
        }
        var range = MinMax()
        for number in bounds.indices where bounds[number].greatest >= greatest || bounds[number].least <= least {
            withColumns(number) { columns in
                for row in 0..<columns.count where columns.kinds[row] & mask != 0 {
                    let error = slope * columns.residuals[row] + base
                    if columns.cosines[row] + error >= greatest || columns.cosines[row] - error <= least {
                        range.take(exactCosine(stream.start(of: number) + row))
                    }
                }
            }
        }
        relevance = range
    }
}
