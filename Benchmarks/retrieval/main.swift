import Agents
import Foundation
import Kernel

// Times retrieval of the best 20 over seeded random unit vectors of 384 numbers, importances 1...10 and last accesses that are a
// permutation of the last n hours, and writes a line a size: n, least and median milliseconds, GB/s of embeddings.

func gaussianUnit(_ random: inout RandomStream) -> [Float] {
    var values: [Float] = []
    while values.count < 384 {
        let radius = (-2 * log(1 - random.unit())).squareRoot()
        let angle = 2 * Double.pi * random.unit()
        values += [Float(radius * cos(angle)), Float(radius * sin(angle))]
    }
    let length = Float(values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
    return values.map { $0 / length }
}

func milliseconds(_ work: () -> Void) -> Double {
    let taken = ContinuousClock().measure(work).components
    return Double(taken.seconds) * 1e3 + Double(taken.attoseconds) / 1e15
}

func line(_ name: String, _ size: Int, _ times: [Double], bytes: Int? = nil) {
    let sorted = times.sorted()
    let speed = bytes.map { String(format: " %.1f", Double($0) / sorted[0] / 1e6) } ?? ""
    print("\(name) \(size) \(String(format: "%.4f %.4f", sorted[0], sorted[sorted.count / 2]))\(speed)")
}

let sizes = CommandLine.arguments.dropFirst().compactMap(Int.init)
for size in sizes.isEmpty ? [1000, 10_000, 100_000] : sizes {
    var random = RandomStream(seed: 7, "retrieval")
    let now = SimulationTime(seconds: size * 3600)
    let ages = (0..<size).shuffled(using: &random)
    var stream = MemoryStream()
    for age in ages {
        let time = SimulationTime(seconds: now.seconds - age * 3600)
        stream.append(
            Memory(
                sequence: 0, time: time, kind: .observation, text: "m", importance: Double(Int.random(in: 1...10, using: &random)),
                embedding: gaussianUnit(&random), lastAccess: time))
    }
    let queries = (0..<50).map { _ in gaussianUnit(&random) }
    let settings = MemorySettings()
    var found = 0
    let times = (0..<(size > 50_000 ? 100 : 1000)).map { turn in
        milliseconds { found += stream.retrieve(query: queries[turn % 50], at: now, count: 20, settings: settings).count }
    }
    precondition(found == times.count * 20)
    line("retrieve", size, times, bytes: size * 384 * 4)
    let more = stream[1]
    // What a step costs: a copy of the stream that remembers one thing more and recalls twenty.
    line("step", size, (0..<50).map { turn in
        milliseconds {
            var copy = stream
            copy.append(more)
            for sequence in 1...20 { copy.touch(sequence * size / 21, at: now) }
            found += copy.count
        }
    })
}
