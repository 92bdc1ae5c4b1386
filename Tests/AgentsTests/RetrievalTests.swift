@testable import Agents
import Foundation
import Kernel
import Testing

private let now = SimulationTime(day: 30, hour: 12)

private func memory(
    _ text: String, _ importance: Double, _ embedding: [Float], hoursAgo: Double, kind: Memory.Kind = .observation
) -> Memory {
    let time = SimulationTime(seconds: now.seconds - Int(hoursAgo * 3600))
    return Memory(sequence: 0, time: time, kind: kind, text: text, importance: importance, embedding: embedding, lastAccess: time)
}

private func stream(_ memories: [Memory]) -> MemoryStream {
    var stream = MemoryStream()
    for memory in memories { stream.append(memory) }
    return stream
}

/// Retrieval as it is defined, a candidate at a time: the reference.
private func naive(
    _ memories: [Memory], query: [Float], at time: SimulationTime, count: Int, settings: MemorySettings, kinds: Set<Memory.Kind>? = nil
) -> [MemoryStream.Recalled] {
    let length = memories.first { !$0.embedding.isEmpty }?.embedding.count
    let candidates = memories.filter { kinds?.contains($0.kind) ?? true }
    func finite(_ values: [Float]) -> Bool { values.allSatisfy(\.isFinite) }
    func scaled(_ values: [Double]) -> [Double] {
        guard let least = values.min(), let greatest = values.max(), greatest > least else { return values.map { _ in 0.5 } }
        return values.map { ($0 - least) / (greatest - least) }
    }
    func product(_ a: [Float], _ b: [Float]) -> Double {
        var sums = [Double](repeating: 0, count: 8)
        for index in a.indices { sums[index % 8] += Double(a[index]) * Double(b[index]) }
        return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    }
    let recency = scaled(candidates.map { pow(settings.recencyDecay, max(0, (time - $0.lastAccess).hours)) })
    let importance = scaled(candidates.map { $0.importance.isFinite ? $0.importance : 1 })
    let relevance = scaled(candidates.map {
        $0.embedding.count == length && query.count == length && finite($0.embedding) && finite(query) ? product($0.embedding, query) : 0
    })
    let scores = candidates.indices.map { index in
        let score =
            settings.weights.recency * recency[index] + settings.weights.importance * importance[index]
            + settings.weights.relevance * relevance[index]
        return (score * 1e9).rounded() / 1e9
    }
    let order = candidates.indices.sorted { a, b in
        if scores[a] != scores[b] { return scores[a] > scores[b] }
        if candidates[a].lastAccess != candidates[b].lastAccess { return candidates[a].lastAccess > candidates[b].lastAccess }
        return a > b
    }
    return order.prefix(max(0, count)).enumerated().map { rank, index in
        MemoryStream.Recalled(
            memory: candidates[index],
            use: Use.Recall(
                memory: candidates[index].sequence, rank: rank + 1, recency: recency[index], importance: importance[index],
                relevance: relevance[index]),
            score: scores[index])
    }
}

/// Embeddings of the shapes that strain a sketch: even, spiky, one number alone, near copies, zeros.
private func embedding(_ dimension: Int, _ shape: Int, _ random: inout RandomStream) -> [Float] {
    var values: [Float]
    switch shape {
    case 0: values = (0..<dimension).map { _ in Float(random.unit() + random.unit() - 1) }
    case 1: values = (0..<dimension).map { _ in Float(pow(random.unit() * 2 - 1, 9)) }
    case 2: values = (0..<dimension).map { $0 == dimension / 2 ? -1 : 0 }
    case 3: values = (0..<dimension).map { Float($0 % 7) - 2.5 + Float(random.unit()) * 1e-5 }
    default: return Array(repeating: 0, count: dimension)
    }
    let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    if length > 0 { for index in values.indices { values[index] /= Float(length) } }
    return values
}

private func memories(_ count: Int, dimension: Int, shapes: ClosedRange<Int>, _ random: inout RandomStream) -> [Memory] {
    (0..<count).map { index in
        let shape = Int.random(in: shapes, using: &random)
        return memory(
            "\(index)", Double(Int.random(in: 1...10, using: &random)), embedding(dimension, shape, &random),
            hoursAgo: random.unit() * 600, kind: Memory.Kind.allCases[Int.random(in: 0...4, using: &random)])
    }
}

@Suite struct `retrieval` {
    // Decay .5, ages 0, 1, 2, 3 hours: r = 1, .5, .25, .125, scaled (r - .125) / .875 = 1, 3/7, 1/7, 0.
    // Importance 1, 10, 4, 10: scaled 0, 1, 1/3, 1. Cosines with [1, 0] 0, .5, 1, -.5: scaled 1/3, 2/3, 1, 0.
    // Sums: a 1 + 0 + 1/3 = 1.333333333, b 3/7 + 1 + 2/3 = 2.095238095, c 1/7 + 1/3 + 1 = 1.476190476, d 0 + 1 + 0 = 1.
    // Weighted .5, 2, 3: a .5 + 0 + 1 = 1.5, b 3/14 + 2 + 2 = 4.214285714, c 1/14 + 2/3 + 3 = 3.738095238, d 0 + 2 + 0 = 2.
    private let golden = stream([
        memory("a", 1, [0, 1], hoursAgo: 0), memory("b", 10, [0.5, 0.8660254], hoursAgo: 1, kind: .plan),
        memory("c", 4, [1, 0], hoursAgo: 2), memory("d", 10, [-0.5, 0.8660254], hoursAgo: 3, kind: .reflection),
    ])

    @Test func `scores four memories as worked out by hand`() {
        let recalled = golden.retrieve(query: [1, 0], at: now, count: 4, settings: MemorySettings(recencyDecay: 0.5))
        #expect(recalled.map(\.memory.text) == ["b", "c", "a", "d"])
        #expect(recalled.map(\.score) == [2.095238095, 1.476190476, 1.333333333, 1])
        #expect(recalled.map(\.use.rank) == [1, 2, 3, 4] && recalled.map(\.use.memory) == [2, 3, 1, 4])
        #expect(abs(recalled[0].use.recency - 3 / 7) < 1e-15 && recalled[1].use.relevance == 1 && recalled[3].use.importance == 1)
    }

    @Test func `with the weights of the authors' code recalls an important old memory before a fresh trifle`() {
        let settings = MemorySettings(recencyDecay: 0.5, weights: .reverie)
        let recalled = golden.retrieve(query: [1, 0], at: now, count: 4, settings: settings)
        #expect(recalled.map(\.memory.text) == ["b", "c", "d", "a"])
        #expect(recalled.map(\.score) == [4.214285714, 3.738095238, 2, 1.5])
    }

    // Of plans and reflections only, each part has two values, so it scales to 0 and 1, and equal importances to .5.
    @Test func `scales over the kinds it is asked for and recalls no other`() {
        let settings = MemorySettings(recencyDecay: 0.5)
        let recalled = golden.retrieve(query: [1, 0], at: now, count: 4, settings: settings, kinds: [.plan, .reflection])
        #expect(recalled.map(\.memory.text) == ["b", "d"] && recalled.map(\.score) == [2.5, 0.5])
        #expect(golden.retrieve(query: [1, 0], at: now, count: 4, settings: settings, kinds: [.seed]).isEmpty)
        #expect(golden.retrieve(query: [1, 0], at: now, count: 4, settings: settings, kinds: []).isEmpty)
    }

    @Test func `of a few kinds is not disturbed by far older and later memories of others`() {
        var random = RandomStream(seed: 6, "kinds")
        let all = memories(900, dimension: 12, shapes: 0...1, &random).enumerated().map { index, memory in
            var memory = memory
            memory.kind = index % 3 == 0 ? .plan : .seed
            if memory.kind == .seed { memory.lastAccess.seconds += index % 2 == 0 ? -90_000_000_000 : 90_000_000_000 }
            return memory
        }
        let stream = stream(all)
        let query = embedding(12, 0, &random)
        let recalled = stream.retrieve(query: query, at: now, count: 20, settings: MemorySettings(), kinds: [.plan])
        #expect(recalled == naive(stream.memories, query: query, at: now, count: 20, settings: MemorySettings(), kinds: [.plan]))
    }

    @Test func `has recency the right way round: the oldest does not score highest`() {
        let ages = [5.0, 700, 0, 48, 200]
        let alike = stream(ages.map { memory("\($0)", 5, [0.6, 0.8], hoursAgo: $0) })
        let recalled = alike.retrieve(query: [0.6, 0.8], at: now, count: 5, settings: MemorySettings())
        #expect(recalled.map(\.memory.text) == ages.sorted().map { "\($0)" })
        #expect(recalled[0].use.recency == 1 && recalled[4].use.recency == 0)
    }

    @Test func `of equal scores gives neither NaN nor another ranking than last access, then sequence, latest first`() {
        for count in [1, 2, 63, 64, 700] {
            var equal = stream((1...count).map { memory("\($0)", 5, [1, 0], hoursAgo: 9) })
            let recalled = equal.retrieve(query: [0, 1], at: now, count: count, settings: MemorySettings())
            #expect(recalled.map(\.memory.sequence) == (1...count).reversed())
            #expect(recalled.allSatisfy { $0.score == 1.5 && $0.use.recency == 0.5 && $0.use.importance == 0.5 && $0.use.relevance == 0.5 })
            for sequence in 1...count { equal.touch(sequence, at: now) }
            equal.touch(1, at: now + TimeSpan(seconds: 60))
            // Ages in the future count as 0: still equal, but the first was the last to be recalled.
            #expect(equal.retrieve(query: [0, 1], at: now, count: 1, settings: MemorySettings())[0].memory.sequence == 1)
        }
    }

    @Test func `never gives NaN, whatever it is given`() {
        var random = RandomStream(seed: 3, "strange")
        let strange = [
            memory("zero", 5, [0, 0, 0], hoursAgo: 1), memory("short", 5, [1], hoursAgo: 2), memory("none", .nan, [], hoursAgo: 3),
            memory("not a number", 5, [.nan, 0, 1], hoursAgo: 4), memory("infinite", .infinity, [.infinity, 0, 0], hoursAgo: 5),
            memory("tiny", -.infinity, [.leastNonzeroMagnitude, 0, 0], hoursAgo: -5), memory("old", 5, [0, 1, 0], hoursAgo: 1e9),
        ]
        for query in [[0, 0, 0], [1, 0, 0], [.nan, 0, 0], [], [1], [.infinity, 1, 1]] as [[Float]] {
            for decay in [0, 0.5, 0.995, 1 - 1e-9, 1] {
                let order = strange.shuffled(using: &random)
                let recalled = stream(order).retrieve(query: query, at: now, count: 9, settings: MemorySettings(recencyDecay: decay))
                #expect(recalled.count == 7)
                #expect(recalled.allSatisfy { (0...3).contains($0.score) && [$0.use.recency, $0.use.importance, $0.use.relevance].allSatisfy((0...1).contains) })
            }
        }
    }

    @Test func `recalls nothing from nothing, and no more than there is or than was asked for`() {
        #expect(MemoryStream().retrieve(query: [1], at: now, count: 3, settings: MemorySettings()).isEmpty)
        for count in [-1, 0, 1, 4, 99] {
            #expect(golden.retrieve(query: [1, 0], at: now, count: count, settings: MemorySettings()).count == max(0, min(4, count)))
        }
    }

    @Test(arguments: [1, 2, 3, 31, 127, 128, 129, 200, 384, 768])
    func `is what computing every candidate gives, however hard its embeddings are to sketch`(dimension: Int) {
        for (seed, shapes) in [0...0, 0...4, 3...3, 1...2, 2...2, 3...4].enumerated() {
            var random = RandomStream(seed: UInt64(seed), "sketch")
            let stream = stream(memories([0, 1, 2, 65, 257, 600][seed], dimension: dimension, shapes: shapes, &random))
            for (turn, decay) in [0.995, 0.5, 1, 1 - 1e-9, 0, 0.995].enumerated() {
                let query = embedding(dimension, turn % 4, &random)
                let weights = [.init(), .reverie, .init(recency: 0, importance: 0, relevance: 1), .init(recency: -1), .init(relevance: 0), .init()][turn] as MemorySettings.Weights
                let settings = MemorySettings(recencyDecay: decay, weights: weights)
                let kinds: Set<Memory.Kind>? = turn == 5 ? [.seed, .utterance] : nil
                for count in [1, 20, 1000] {
                    let recalled = stream.retrieve(query: query, at: now, count: count, settings: settings, kinds: kinds)
                    #expect(recalled == naive(stream.memories, query: query, at: now, count: count, settings: settings, kinds: kinds))
                }
            }
        }
    }

    @Test func `of 100,000 memories is what computing every one gives`() {
        var random = RandomStream(seed: 1, "many")
        var stream = stream(memories(100_000, dimension: 384, shapes: 0...0, &random))
        for sequence in stride(from: 1, through: 100_000, by: 997) { stream.touch(sequence, at: now) }
        let all = stream.memories
        for (weights, kinds) in [(.init(), nil), (.reverie, nil), (.init(), [.reflection])] as [(MemorySettings.Weights, Set<Memory.Kind>?)] {
            let query = embedding(384, 0, &random)
            let settings = MemorySettings(weights: weights)
            let recalled = stream.retrieve(query: query, at: now, count: 20, settings: settings, kinds: kinds)
            #expect(recalled == naive(all, query: query, at: now, count: 20, settings: settings, kinds: kinds))
        }
    }

    @Test(arguments: [127, 128, 129, 130, 255, 256, 257, 512, 4095, 4096, 4097, 8192]) func `is exact where sketches begin and where a block has just been filled`(_ count: Int) {
        var random = RandomStream(seed: 9, "blocks")
        let all = (0..<count).map { index in
            memory(
                "m", 1 + 9 * random.unit(), (0..<4).map { _ in Float(random.unit() * 2 - 1) }, hoursAgo: Double(count - index),
                kind: index == 3 ? .plan : .observation)
        }
        let stream = stream(all)
        for kinds in [nil, [.plan], [.observation]] as [Set<Memory.Kind>?] {
            let recalled = stream.retrieve(query: [1, 0, 0, 0], at: now, count: 20, settings: MemorySettings(), kinds: kinds)
            #expect(
                recalled == naive(stream.memories, query: [1, 0, 0, 0], at: now, count: 20, settings: MemorySettings(), kinds: kinds))
        }
    }

    @Test func `never ranks a memory lower for being fresher, weightier or nearer`() {
        for seed in 0..<60 as Range<UInt64> {
            var random = RandomStream(seed: seed, "monotone")
            let before = memories(40, dimension: 6, shapes: 0...1, &random)
            let query = embedding(6, 0, &random)
            let settings = MemorySettings(weights: seed % 2 == 0 ? .init() : .reverie)
            func rank(_ memories: [Memory]) -> Int {
                let recalled = stream(memories).retrieve(query: query, at: now, count: 40, settings: settings)
                return recalled.firstIndex { $0.memory.text == "7" } ?? 99
            }
            var (fresher, weightier, nearer) = (before, before, before)
            fresher[7].lastAccess = now
            weightier[7].importance += 2
            nearer[7].embedding = query
            for after in [fresher, weightier, nearer] { #expect(rank(after) <= rank(before)) }
        }
    }

    @Test func `of the rest does not change when equal memories change places`() {
        for seed in 0..<30 as Range<UInt64> {
            var random = RandomStream(seed: seed, "permuted")
            let rest = memories(300, dimension: 20, shapes: 0...0, &random)
            let twin = memory("twin", 6, embedding(20, 0, &random), hoursAgo: 40)
            func recalled(_ places: [Int]) -> [String] {
                var all = rest
                for place in places { all.insert(twin, at: place) }
                return stream(all).retrieve(query: rest[9].embedding, at: now, count: 305, settings: MemorySettings())
                    .filter { $0.memory.text != "twin" }.map { "\($0.memory.text) \($0.score)" }
            }
            #expect(recalled([0, 0, 0, 0, 0]) == recalled([3, 80, 290, 150, 256]))
        }
    }

    @Test(arguments: [2, 129, 384, 1024], [true, false])
    func `estimates a cosine within the bound it states`(dimension: Int, sketching: Bool) {
        var random = RandomStream(seed: 5, "bound")
        var (block, reach) = (MemoryBlock(), SketchReach())
        for shape in 0..<200 {
            block.append(
                memory("", 1, embedding(dimension, shape % 5, &random), hoursAgo: 0), dimension: dimension, sketching: sketching,
                reach: &reach)
        }
        var widest = 0.0
        for shape in 0..<20 {
            let query = embedding(dimension, shape % 4, &random)
            let sketch = QuerySketch(query, reach: reach)
            var estimates = [Float](repeating: .nan, count: 200)
            estimates.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { sketch.estimate(block, into: base) } }
            for (row, estimate) in estimates.enumerated() {
                let exact = zip(block.memories[row].embedding, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                let bound = Double(sketch.errorSlope * block.residuals[row] + sketch.errorBase)
                #expect(abs(Double(estimate) - exact) <= bound)
                widest = max(widest, bound)
            }
        }
        #expect(widest < (sketching ? 0.2 : 1e-5), "a bound that rules nothing out is of no use")
    }
}

@Suite struct `a memory stream` {
    @Test func `copied and continued leaves the original as it was`() {
        var random = RandomStream(seed: 2, "copy")
        let all = memories(600, dimension: 5, shapes: 0...0, &random)
        var original = stream(Array(all.prefix(511)))
        let before = original.memories
        var copy = original
        for memory in all.suffix(89) { copy.append(memory) }
        copy.touch(3, at: now)
        #expect(original.memories == before && copy.count == 600 && copy[3].lastAccess == now)
        #expect(copy.memories.map(\.sequence) == Array(1...600) && copy.memories.map(\.embedding) == all.map(\.embedding))
        #expect(copy.latest(2).map(\.sequence) == [599, 600] && copy.latest(0).isEmpty && copy.latest(9999).count == 600)
        for memory in all.suffix(89) { original.append(memory) }
        #expect(original != copy)
        original.touch(3, at: now)
        #expect(original == copy && original.hashValue == copy.hashValue)
    }

    @Test func `does not lose its last accesses when it is saved`() throws {
        var random = RandomStream(seed: 4, "saved")
        var original = stream(memories(300, dimension: 5, shapes: 0...0, &random))
        original.touch(7, at: now)
        let saved = try JSONDecoder().decode([Memory].self, from: JSONEncoder().encode(original.memories))
        #expect(saved[6].lastAccess == now && stream(saved) == original)
    }

    @Test func `remembers embeddings that come late`() {
        var late = stream((1...300).map { memory("\($0)", 5, [], hoursAgo: 1) })
        late.append(memory("late", 5, [0.6, 0.8], hoursAgo: 1))
        late.append(memory("later", 5, [1, 0], hoursAgo: 1))
        let recalled = late.retrieve(query: [1, 0], at: now, count: 3, settings: MemorySettings())
        #expect(recalled.map(\.memory.text) == ["later", "late", "300"] && recalled[2].use.relevance == 0)
    }
}
