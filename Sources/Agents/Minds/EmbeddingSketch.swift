/// An embedding in 8-bit codes, a quarter of its size, with a bound on how far it is from the embedding itself.
///
/// Number e of the embedding x is about `scale` times code e, -127...127. Codes lie in pairs in 16-bit words, the even one
/// plus 128 in the low byte and the odd one in the high byte, in segments of 128 codes (64 words), the last one padded.
/// Retrieval reads sketches to find the few memories that can matter and then computes with their embeddings.
struct EmbeddingSketch: Sendable {
    private(set) var scale: Float = 0
    /// At least the length of x - scale * codes.
    private(set) var residual: Float = 0

    /// Stands for an embedding that is not comparable.
    init(nothingOf dimension: Int, codes: inout [Int16]) {
        codes.append(contentsOf: repeatElement(0, count: Self.words(dimension: dimension)))
    }

    static func segments(dimension: Int) -> Int { (dimension + 127) / 128 }
    static func words(dimension: Int) -> Int { segments(dimension: dimension) * 64 }

    /// Whether all numbers are finite and the length, which should be 1, is at most 1e9.
    static func isComparable(_ embedding: [Float]) -> Bool {
        !embedding.isEmpty && squaredLength(embedding) <= 1e18
    }

    static func squaredLength(_ embedding: [Float]) -> Double {
        embedding.reduce(into: 0.0) { $0 += Double($1) * Double($1) }
    }

    /// What stands for the residual of an embedding that is read itself: at least 2^-24 of its length, by which a cosine
    /// is rounded to Float.
    static func rounding(of embedding: [Float], comparable: Bool) -> Float {
        comparable ? Float(1e-7 * squaredLength(embedding).squareRoot()).nextUp : 0
    }

    /// Appends the codes of an embedding that is comparable.
    init(_ embedding: [Float], codes: inout [Int16], reach: inout SketchReach) {
        scale = (embedding.reduce(0) { max($0, abs($1)) }) / 127
        let first = codes.count
        codes.append(contentsOf: repeatElement(128, count: Self.words(dimension: embedding.count)))
        var lost = 0.0
        var length = 0.0
        var lane = [Int](repeating: 0, count: Self.segments(dimension: embedding.count) * 8)
        for (element, value) in embedding.enumerated() {
            let code = scale > 0 ? Int(max(-127, min(127, (Double(value) / Double(scale)).rounded()))) : 0
            let kept = Double(scale) * Double(code)
            lost += (Double(value) - kept) * (Double(value) - kept)
            length += kept * kept
            lane[element / 128 * 8 + element % 16 / 2] += code * code
            let word = first + element / 2
            if element % 2 == 0 { codes[word] = Int16(code + 128) } else { codes[word] |= Int16(code) << 8 }
        }
        residual = Float(lost.squareRoot() * (1 + 1e-9)).nextUp
        reach.length = max(reach.length, length.squareRoot())
        reach.squaredLane = max(reach.squaredLane, lane.max() ?? 0)
    }
}

/// How far the sketches of a stream reach.
struct SketchReach: Sendable {
    /// The greatest length of scale * codes.
    var length = 0.0
    /// The greatest sum of squared codes over the 16 codes of a lane in a segment.
    var squaredLane = 1
}
