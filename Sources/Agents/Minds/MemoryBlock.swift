internal import Kernel

/// Successive memories, with what retrieval reads of them laid out for one pass.
///
/// A block is filled to 256; sixteen of those are then joined in one, since long runs of memory read faster.
struct MemoryBlock: Sendable {
    static let small = 256
    static let large = 4096
    /// Set in `kinds` where the embedding can't be compared.
    static let unrelated: UInt8 = 1 << 7

    /// Their last access is 0: the stream holds it.
    var memories: [Memory] = []
    /// A bit for the kind, by `bit`, and `unrelated`.
    var kinds: [UInt8] = []
    var importance: [Double] = []
    /// Sketches of the embeddings, one after the other; empty while no memory had an embedding, and while a stream is
    /// so short that reading its embeddings costs no more.
    var codes: [Int16] = []
    var scales: [Float] = []
    var residuals: [Float] = []
    var importanceRange = MinMax()
    /// The greatest of the residuals.
    var widest: Float = 0

    /// - Parameter sketching: Whether the embedding is sketched at once, as those of all rows before it are.
    mutating func append(_ memory: Memory, dimension: Int, sketching: Bool, reach: inout SketchReach) {
        var stored = memory
        stored.lastAccess = SimulationTime(seconds: 0)
        memories.append(stored)
        let weight = memory.importance.isFinite ? memory.importance : 1
        importance.append(weight)
        importanceRange.take(weight)
        let comparable = memory.embedding.count == dimension && EmbeddingSketch.isComparable(memory.embedding)
        kinds.append(Self.bit(memory.kind) | (comparable ? 0 : Self.unrelated))
        scales.append(0)
        residuals.append(0)
        if sketching {
            sketch(memories.count - 1, dimension: dimension, reach: &reach)
        } else {
            residuals[memories.count - 1] = EmbeddingSketch.rounding(of: memory.embedding, comparable: comparable)
            widest = max(widest, residuals[memories.count - 1])
        }
    }

    /// Sketches the embeddings of all rows, none of which has been.
    mutating func sketchAll(dimension: Int, reach: inout SketchReach) {
        codes.reserveCapacity(Self.small * EmbeddingSketch.words(dimension: dimension))
        widest = 0
        for row in memories.indices { sketch(row, dimension: dimension, reach: &reach) }
    }

    private mutating func sketch(_ row: Int, dimension: Int, reach: inout SketchReach) {
        let made =
            kinds[row] & Self.unrelated == 0
            ? EmbeddingSketch(memories[row].embedding, codes: &codes, reach: &reach)
            : EmbeddingSketch(nothingOf: dimension, codes: &codes)
        (scales[row], residuals[row]) = (made.scale, made.residual)
        widest = max(widest, made.residual)
    }

    /// Blocks one after the other. A block without codes, of memories before the first embedding, gets empty ones.
    init(joining blocks: [SealedBlock], dimension: Int) {
        for part in blocks.lazy.map(\.block) {
            memories += part.memories
            kinds += part.kinds
            importance += part.importance
            codes += part.codes.isEmpty
                ? Array(repeating: 0, count: part.memories.count * EmbeddingSketch.words(dimension: dimension)) : part.codes
            scales += part.scales
            residuals += part.residuals
            importanceRange.take(part.importanceRange.least)
            importanceRange.take(part.importanceRange.greatest)
            widest = max(widest, part.widest)
        }
    }

    init() {}

    static let anyKind = Memory.Kind.allCases.reduce(0) { $0 | bit($1) }

    static func bit(_ kind: Memory.Kind) -> UInt8 {
        switch kind {
        case .seed: 1
        case .observation: 2
        case .plan: 4
        case .reflection: 8
        case .utterance: 16
        }
    }
}

/// A full block, shared by all copies of a stream.
final class SealedBlock: Sendable {
    let block: MemoryBlock

    init(_ block: MemoryBlock) { self.block = block }
}
