/// A query in 16-bit codes, laid out beside sketches, whose products with them come out exactly in 16-bit lanes.
///
/// Within a segment, lane l sums the products of the 16 codes whose number is 2l or 2l + 1 modulo 16. Sums wrap, but by
/// Cauchy and Schwarz no whole sum exceeds (the lane's length in the query) x (the greatest in any sketch), and the
/// query's scale keeps that within 16 bits. Integers do not depend on the order of adding: neither does the result on
/// the processor.
struct QuerySketch {
    /// Per segment, 8 times the factors of 8 high bytes and of 8 low bytes, then what the lanes begin with: -128 times
    /// the sum of the low bytes' factors, since low bytes hold a code plus 128.
    private let factors: [Int16]
    private let segments: Int
    private let query: [Float]
    private let scale: Double
    /// The cosine x.q and its estimate x'.q' differ by no more than `errorSlope` * residual + `errorBase`, since
    /// |x.q - x'.q'| <= |x - x'| |q| + |x'| |q - q'|.
    let errorSlope: Float
    let errorBase: Float

    init(_ query: [Float], reach: SketchReach) {
        segments = EmbeddingSketch.segments(dimension: query.count)
        self.query = query
        var lanes = [Double](repeating: 0, count: segments * 8)
        for (element, value) in query.enumerated() { lanes[element / 128 * 8 + element % 16 / 2] += Double(value) * Double(value) }
        // Rounding adds at most half a code to each of 16: a length of 2. The greatest lane of a sketch is at most 508.
        let most = 32_000 / Double(reach.squaredLane).squareRoot() - 2
        scale = (lanes.max() ?? 0).squareRoot() / most
        var factors = [Int16](repeating: 0, count: segments * 136)
        var lost = 0.0
        for (element, value) in query.enumerated() {
            let code = scale > 0 ? (Double(value) / scale).rounded() : 0
            lost += (Double(value) - code * scale) * (Double(value) - code * scale)
            let (segment, within) = (element / 128 * 136, element % 128)
            let lane = within % 16 / 2
            if within % 2 == 0 {
                factors[segment + within / 16 * 16 + 8 + lane] = Int16(code)
                factors[segment + 128 + lane] &-= 128 &* Int16(code)
            } else {
                factors[segment + within / 16 * 16 + lane] = Int16(code)
            }
        }
        self.factors = factors
        // Beside what rounding the query costs: 6e-8 for each step in Float, and 1e-16 a term in the cosine itself.
        let length = EmbeddingSketch.squaredLength(query).squareRoot()
        errorSlope = Float(length * (1 + 1e-6)).nextUp
        errorBase = Float((reach.length * (lost.squareRoot() + 1e-6 * length) + 1e-40) * (1 + 1e-6)).nextUp
    }

    /// Writes an estimate of the cosine for each memory of a block: by its sketch, or where none was made by itself.
    func estimate(_ block: MemoryBlock, into cosines: UnsafeMutablePointer<Float>) {
        if block.codes.isEmpty {
            for row in block.memories.indices {
                let isComparable = block.kinds[row] & MemoryBlock.unrelated == 0
                cosines[row] = isComparable ? Float(cosine(block.memories[row].embedding, query)) : 0
            }
            return
        }
        block.codes.withUnsafeBytes { codes in
            factors.withUnsafeBytes { factors in
                block.scales.withUnsafeBufferPointer { scales in
                    guard let row = codes.baseAddress, let factor = factors.baseAddress else { return }
                    for index in 0..<scales.count {
                        let sum = product(row + index &* segments &* 128, factor)
                        cosines[index] = Float(Double(sum) * Double(scales[index]) * scale)
                    }
                }
            }
        }
    }

    @inline(__always) private func product(_ row: UnsafeRawPointer, _ factor: UnsafeRawPointer) -> Int32 {
        var total = SIMD4<Int32>()
        for segment in 0..<segments {
            let (row, factor) = (row + segment &* 128, factor + segment &* 272)
            var low = (factor + 256).loadUnaligned(as: SIMD8<Int16>.self)
            var high = SIMD8<Int16>()
            for group in 0..<8 {
                let pairs = (row + group &* 16).loadUnaligned(as: SIMD8<Int16>.self)
                high &+= (pairs &>> 8) &* (factor + group &* 32).loadUnaligned(as: SIMD8<Int16>.self)
                low &+= (pairs & 255) &* (factor + group &* 32 + 16).loadUnaligned(as: SIMD8<Int16>.self)
            }
            let lanes = unsafeBitCast(high &+ low, to: SIMD4<Int32>.self)
            total &+= (lanes &>> 16) &+ ((lanes &<< 16) &>> 16)
        }
        return total.wrappedSum()
    }
}

/// The scalar product, which is the cosine where both have unit length.
///
/// Products are exact in Double; number e is added to sum e modulo 8, and the sums in pairs.
func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var sums = SIMD8<Double>()
    a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            let count = min(a.count, b.count)
            for first in stride(from: 0, to: count & ~7, by: 8) {
                for lane in 0..<8 { sums[lane] += Double(a[first + lane]) * Double(b[first + lane]) }
            }
            for rest in (count & ~7)..<count { sums[rest & 7] += Double(a[rest]) * Double(b[rest]) }
        }
    }
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
}
