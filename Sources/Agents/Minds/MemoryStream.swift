internal import Foundation
public import Kernel

/// Everything one resident remembers, oldest first, and the retrieval of what bears on a moment.
///
///     stream.retrieve(query: embedding, at: now, count: 20, settings: MemorySettings())
///
/// Sequences run from 1 without gaps. Embeddings also lie in one contiguous array, so that retrieval is a single pass.
public struct MemoryStream: Hashable, Sendable {
    /// A memory with why it was recalled.
    public struct Recalled: Hashable, Sendable {
        public var memory: Memory
        public var use: Use.Recall
        /// The weighted sum of the scaled components, rounded to 1e-9.
        public var score: Double
    }

    public private(set) var memories: [Memory] = []
    private var vectors: [Float] = []
    private var dimension = 0

    public init() {}

    public var count: Int { memories.count }
    public subscript(sequence: Int) -> Memory { memories[sequence - 1] }

    /// Adds a memory, giving it the next sequence.
    ///
    /// An embedding of another length than the first one's counts as unrelated to everything.
    @discardableResult
    public mutating func append(_ memory: Memory) -> Memory {
        var memory = memory
        memory.sequence = memories.count + 1
        if dimension == 0 { dimension = memory.embedding.count }
        vectors += memory.embedding.count == dimension ? memory.embedding : [Float](repeating: 0, count: dimension)
        memories.append(memory)
        return memory
    }

    /// Marks a memory as just recalled.
    public mutating func touch(_ sequence: Int, at time: SimulationTime) {
        memories[sequence - 1].lastAccess = time
    }

    /// The memories that score highest, best first.
    ///
    /// Score = w_recency r + w_importance i + w_relevance c, where r = decay^(hours since last access), i the importance
    /// and c the cosine, each scaled to 0...1 over all memories (0.5 where all are equal). Equal scores go by last
    /// access, then by sequence, latest first. With the default decay an hour is .995, a day .887, a week .431.
    ///
    /// - Parameter query: Unit length.
    /// - Complexity: O(n d + n log n) for n memories of d dimensions.
    /// - Source: Park et al. 2023, "Generative Agents", section 4.1.
    public func retrieve(
        query: [Float], at time: SimulationTime, count: Int, settings: MemorySettings
    ) -> [Recalled] {
        let recency = scaled(memories.map { pow(settings.recencyDecay, max(0, (time - $0.lastAccess).hours)) })
        let importance = scaled(memories.map(\.importance))
        let relevance = scaled(cosines(with: query))
        let scores = memories.indices.map { index in
            let score =
                settings.weights.recency * recency[index] + settings.weights.importance * importance[index]
                + settings.weights.relevance * relevance[index]
            return (score * 1e9).rounded() / 1e9
        }
        let order = memories.indices.sorted { a, b in
            if scores[a] != scores[b] { return scores[a] > scores[b] }
            if memories[a].lastAccess != memories[b].lastAccess { return memories[a].lastAccess > memories[b].lastAccess }
            return a > b
        }
        return order.prefix(max(0, count)).enumerated().map { rank, index in
            Recalled(
                memory: memories[index],
                use: Use.Recall(
                    memory: memories[index].sequence, rank: rank + 1, recency: recency[index],
                    importance: importance[index], relevance: relevance[index]),
                score: scores[index])
        }
    }

    private func cosines(with query: [Float]) -> [Double] {
        guard query.count == dimension else { return memories.map { _ in 0 } }
        return memories.indices.map { index in
            var sum = 0.0
            for offset in 0..<dimension { sum += Double(vectors[index * dimension + offset]) * Double(query[offset]) }
            return sum
        }
    }
}

/// Values scaled so that the least is 0 and the greatest 1; all 0.5 where they are equal.
func scaled(_ values: [Double]) -> [Double] {
    guard let least = values.min(), let greatest = values.max(), greatest > least else { return values.map { _ in 0.5 } }
    return values.map { ($0 - least) / (greatest - least) }
}
