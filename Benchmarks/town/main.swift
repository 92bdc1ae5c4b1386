// Simulated time per second on the scripted model without a database: what everything but a real model costs.
import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Worlds

/// Residents five to a place, the places on a grid.
func town(_ count: Int) -> World {
    let places = max(1, count / 5)
    let width = max(1, Int(Double(places).squareRoot()))
    func name(_ index: Int) -> String { "place \(index)" }
    return World(
        id: "town", title: "Town", about: "A grid.", seed: 1,
        clock: .init(date: CivilDate(year: 2026, month: 3, day: 2), starts: SimulationTime(day: 1, hour: 6)),
        places: (0..<places).map { index in
            var near: [World.Way] = []
            if index % width > 0 { near.append(.init(to: name(index - 1), takes: .minutes(5))) }
            if index >= width { near.append(.init(to: name(index - width), takes: .minutes(5))) }
            return .init(
                name: name(index), about: "One of many.", near: near,
                objects: [.init(name: "stove", state: "off"), .init(name: "table", state: "bare")])
        },
        residents: (0..<count).map { index in
            .init(
                persona: Persona(
                    id: "r\(index)", name: "Resident \(index)", age: 20 + index % 60, work: "Keeps a shop.",
                    believes: ["Work comes first."], habits: ["Opens at nine.", "Walks at noon."],
                    remembers: [.init(when: "1994", what: "The flood took the bridge.", importance: 8)]),
                lives: name(index / 5 % places))
        },
        stop: [.at(SimulationTime(day: 3))])
}

let model = ScriptedModel()
/// Answers without a store; the key stands for the digest that a recorder would need.
let complete: Complete = { request in
    let answer = try await model.respond(to: request)
    return Completion(
        key: "", model: "scripted", kind: "scripted", request: "", response: answer.response, usage: answer.usage,
        milliseconds: 0)
}
let minds = Minds(speaker: complete, scribe: complete, embedder: complete)
/// A line at once, also into a pipe.
func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// What the process takes now.
func residentMebibytes() -> Int {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}

/// Lets a world happen until `end`, or its own end, and shows what it cost.
func measure(_ world: World, until end: SimulationTime?) async throws {
    var simulation = Simulation(world: world, seed: world.seed)
    let start = ContinuousClock.now
    var calls = 0
    while let due = simulation.nextTime, end.map({ due < $0 }) ?? true,
        let record = try await simulation.step(minds: minds, jobs: 2)
    {
        calls += record.uses.count
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let hours = Double((simulation.time - world.clock.starts).seconds) / 3600
    let count = world.residents.count
    show(
        "\(count)  \(String(format: "%.1f", hours))  \(String(format: "%.2f", seconds))  "
            + "\(String(format: "%.4f", hours / seconds))  \(String(format: "%.0f", Double(count) * hours / seconds))  "
            + "\(calls)  \(String(format: "%.1f", seconds / Double(calls) * 1e6))  \(residentMebibytes())")
}

/// What minds take that remember `each` things, in embeddings of so many numbers.
func measureMemories(residents: Int, each: Int, dimension: Int) {
    var stream = RandomStream(seed: 1, "embeddings")
    let before = residentMebibytes()
    let minds = (0..<residents).map { resident in
        var memories = MemoryStream()
        for number in 0..<each {
            let embedding = (0..<dimension).map { _ in Float(stream.unit() - 0.5) }
            let length = embedding.reduce(0) { $0 + $1 * $1 }.squareRoot()
            memories.append(
                Memory(
                    sequence: 0, time: SimulationTime(seconds: number * 600), kind: .observation,
                    text: "Resident \(resident) turns to this: mend the nets and read for an hour, \(number).", importance: 3,
                    embedding: embedding.map { $0 / length }, lastAccess: SimulationTime(seconds: number * 600),
                    completion: String(repeating: "0123456789abcdef", count: 4) + "\(number)"))
        }
        return memories
    }
    show("\(minds.count) residents, \(each) memories each of \(dimension) numbers: \(residentMebibytes() - before) MiB")
}

// town [HOURS [RESIDENTS...]], or town WORLD to its end, or town memories [NUMBERS]
let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "memories" {
    measureMemories(residents: 10_000, each: 100, dimension: arguments.dropFirst().first.flatMap { Int($0) } ?? 384)
    exit(0)
}
show("residents  hours  seconds  simulated h/s  resident-hours/s  calls  microseconds/call  MiB")
if let path = arguments.first, path.hasSuffix(".yaml") {
    try await measure(StudyFiles().loadWorld(path).value, until: nil)
} else {
    let hours = arguments.first.flatMap { Int($0) } ?? 2
    let sizes = arguments.dropFirst().compactMap { Int($0) }
    for count in sizes.isEmpty ? [25, 100, 1_000, 10_000] : sizes {
        try await measure(town(count), until: SimulationTime(day: 1, hour: 6 + hours))
    }
}
