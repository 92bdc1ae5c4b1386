public import Kernel

/// Everything one resident remembers, oldest first, and the retrieval of what bears on a moment.
///
///     stream.retrieve(query: embedding, at: now, count: 20, settings: MemorySettings())
///
/// Sequences run from 1 without gaps. Full blocks never change and are shared between copies, so that a copy which
/// remembers or recalls something more costs one open block and the times of last access, not the whole stream.
public struct MemoryStream: Sendable {
    /// A memory with why it was recalled.
    public struct Recalled: Hashable, Sendable {
        public var memory: Memory
        public var use: Use.Recall
        /// The weighted sum of the scaled components, rounded to 1e-9.
        public var score: Double
    }

    /// Full blocks, first those of `MemoryBlock.large` memories, then fewer than sixteen of `MemoryBlock.small`.
    private var full: [SealedBlock] = []
    private var largeCount = 0
    private var open = MemoryBlock()
    /// Seconds of last access, by sequence less 1; memories in blocks hold 0.
    private(set) var lastAccess: [Int] = []
    /// What holds of all sketches: what a query must be encoded for.
    private(set) var reach = SketchReach()
    /// Numbers in an embedding: as many as the first that is not empty has.
    private(set) var dimension = 0

    /// Streams this short are read as they are: a sketch is a quarter more to keep and would save microseconds.
    static let unsketched = 128
    private var isSketched: Bool { count > Self.unsketched }

    public init() {}

    public var count: Int { lastAccess.count }
    /// Every memory, oldest first. Prefer `latest` where a few will do.
    ///
    /// - Complexity: O(n).
    public var memories: [Memory] { latest(count) }
    public subscript(sequence: Int) -> Memory { memory(sequence - 1) }

    /// The last `wanted` memories, oldest first; all of them if they are fewer.
    public func latest(_ wanted: Int) -> [Memory] { (max(0, count - max(0, wanted))..<count).map(memory) }

    /// Adds a memory, giving it the next sequence.
    ///
    /// An embedding of another length than the first one's counts as unrelated to everything, and so does one that is
    /// not finite; an importance that is not finite counts as 1.
    @discardableResult
    public mutating func append(_ memory: Memory) -> Memory {
        var memory = memory
        memory.sequence = count + 1
        if dimension == 0 && !memory.embedding.isEmpty {
            dimension = memory.embedding.count
            if isSketched {
                open.codes = Array(repeating: 0, count: open.memories.count * EmbeddingSketch.words(dimension: dimension))
            }
        }
        let wasSketched = isSketched
        lastAccess.append(memory.lastAccess.seconds)
        open.append(memory, dimension: dimension, sketching: wasSketched, reach: &reach)
        if isSketched != wasSketched { open.sketchAll(dimension: dimension, reach: &reach) }
        if open.memories.count == MemoryBlock.small {
            full.append(SealedBlock(open))
            open = MemoryBlock()
            if (full.count - largeCount) * MemoryBlock.small == MemoryBlock.large {
                let joined = SealedBlock(MemoryBlock(joining: Array(full[largeCount...]), dimension: dimension))
                full.replaceSubrange(largeCount..., with: [joined])
                largeCount += 1
            }
        }
        return memory
    }

    /// Marks a memory as just recalled.
    public mutating func touch(_ sequence: Int, at time: SimulationTime) {
        lastAccess[sequence - 1] = time.seconds
    }

    /// - Parameter index: Sequence less 1.
    func memory(_ index: Int) -> Memory {
        let (number, row) = place(of: index)
        var memory = number < full.count ? full[number].block.memories[row] : open.memories[row]
        memory.lastAccess = SimulationTime(seconds: lastAccess[index])
        return memory
    }

    func importance(_ index: Int) -> Double {
        let (number, row) = place(of: index)
        return number < full.count ? full[number].block.importance[row] : open.importance[row]
    }

    /// `nil` where it can't be compared with others.
    func comparableEmbedding(_ index: Int) -> [Float]? {
        let (number, row) = place(of: index)
        let kind = number < full.count ? full[number].block.kinds[row] : open.kinds[row]
        if kind & MemoryBlock.unrelated != 0 { return nil }
        return number < full.count ? full[number].block.memories[row].embedding : open.memories[row].embedding
    }

    var blockCount: Int { full.count + 1 }
    func block(_ number: Int) -> MemoryBlock { number < full.count ? full[number].block : open }
    /// Index of a block's first memory.
    func start(of number: Int) -> Int {
        min(number, largeCount) * MemoryBlock.large + max(0, number - largeCount) * MemoryBlock.small
    }

    private func place(of index: Int) -> (block: Int, row: Int) {
        let inSmall = index - largeCount * MemoryBlock.large
        return inSmall < 0
            ? (index / MemoryBlock.large, index % MemoryBlock.large)
            : (largeCount + inSmall / MemoryBlock.small, inSmall % MemoryBlock.small)
    }
}

extension MemoryStream: Hashable {
    public static func == (a: Self, b: Self) -> Bool {
        a.lastAccess == b.lastAccess && a.open.memories == b.open.memories
            && zip(a.full, b.full).allSatisfy { $0 === $1 || $0.block.memories == $1.block.memories }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(lastAccess)
        hasher.combine(open.memories)
    }
}
