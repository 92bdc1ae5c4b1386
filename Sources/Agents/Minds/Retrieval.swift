internal import Kernel

/// One retrieval: a pass over sketches, the exact least and greatest of each scale, then the best by exact scores.
struct Retrieval {
    /// Bounds over the candidates in a block.
    struct Bounds {
        var least = Float.infinity
        var greatest = -Float.infinity
        var importance = MinMax()
        var lastAccess = Int.min
        var candidates = 0
        /// Bounds the error of each estimated cosine.
        var error: Float = 0
    }

    let stream: MemoryStream
    let query: [Float]
    let now: Int
    let wanted: Int
    let settings: MemorySettings
    let mask: UInt8
    let sketch: QuerySketch?
    /// Estimates, by index in the stream.
    let cosines: UnsafeMutableBufferPointer<Float>

    var bounds: [Bounds] = []
    var candidates = 0
    var recency = MinMax()
    var importance = MinMax()
    var relevance = MinMax()

    /// - Parameter cosines: Room for an estimate of each memory.
    init(
        _ stream: MemoryStream, query: [Float], now: Int, wanted: Int, settings: MemorySettings, kinds: Set<Memory.Kind>?,
        cosines: UnsafeMutableBufferPointer<Float>
    ) {
        self.stream = stream
        self.query = query
        self.now = now
        self.wanted = wanted
        self.settings = settings
        self.cosines = cosines
        mask = Memory.Kind.allCases.reduce(0) { kinds?.contains($1) ?? true ? $0 | MemoryBlock.bit($1) : $0 }
        let comparable = query.count == stream.dimension && EmbeddingSketch.isComparable(query)
        sketch = comparable ? QuerySketch(query, reach: stream.reach) : nil
    }

    mutating func recalled() -> [MemoryStream.Recalled] {
        let ages = scan()
        if candidates == 0 { return [] }
        let powers = Recency(
            decay: settings.recencyDecay, youngest: max(0, now - ages.latest), oldest: max(0, now - ages.earliest), count: candidates)
        scaleRecency(powers, ages)
        scaleRelevance()
        return ranked(contenders(powers), powers)
    }

    /// What the passes read of a block, by index in it.
    struct Columns {
        var count: Int
        var kinds: UnsafePointer<UInt8>
        var importance: UnsafePointer<Double>
        var residuals: UnsafePointer<Float>
        var cosines: UnsafeMutablePointer<Float>
        var times: UnsafePointer<Int>
    }

    func withColumns(_ number: Int, _ body: (Columns) -> Void) {
        let block = stream.block(number)
        block.kinds.withUnsafeBufferPointer { kinds in
            block.importance.withUnsafeBufferPointer { importance in
                block.residuals.withUnsafeBufferPointer { residuals in
                    stream.lastAccess.withUnsafeBufferPointer { times in
                        guard let kind = kinds.baseAddress, let importance = importance.baseAddress,
                            let residual = residuals.baseAddress, let cosine = cosines.baseAddress, let time = times.baseAddress
                        else { return }
                        body(
                            Columns(
                                count: kinds.count, kinds: kind, importance: importance, residuals: residual,
                                cosines: cosine + stream.start(of: number), times: time + stream.start(of: number)))
                    }
                }
            }
        }
    }

    func exactCosine(_ index: Int) -> Double {
        sketch == nil ? 0 : stream.comparableEmbedding(index).map { cosine($0, query) } ?? 0
    }

    private func ranked(_ contenders: [Contender], _ powers: Recency) -> [MemoryStream.Recalled] {
        let weights = settings.weights
        var best = LargestFew(capacity: min(wanted, candidates))
        var parts: [(recency: Double, importance: Double, relevance: Double)] = []
        for contender in contenders {
            if let least = best.threshold, contender.most < least.score { break }
            let part = components(contender.index, powers)
            let score = weights.recency * part.recency + weights.importance * part.importance + weights.relevance * part.relevance
            best.offer(
                Ranked(
                    score: (score * 1e9).rounded() / 1e9, lastAccess: stream.lastAccess[contender.index], index: contender.index,
                    place: parts.count))
            parts.append(part)
        }
        return best.heap.sorted(by: >).enumerated().map { rank, ranked in
            let part = parts[ranked.place]
            return MemoryStream.Recalled(
                memory: stream.memory(ranked.index),
                use: Use.Recall(
                    memory: ranked.index + 1, rank: rank + 1, recency: part.recency, importance: part.importance,
                    relevance: part.relevance),
                score: ranked.score)
        }
    }

    /// Scaled, exactly.
    private func components(_ index: Int, _ powers: Recency) -> (recency: Double, importance: Double, relevance: Double) {
        (
            recency.range > 0 ? recency.scaled(powers.exact(max(0, now - stream.lastAccess[index]))) : 0.5,
            importance.scaled(stream.importance(index)),
            relevance.range > 0 ? relevance.scaled(exactCosine(index)) : 0.5
        )
    }
}
