// Simulated time per second on the scripted model, by number of residents: what everything but a model costs.
import Agents
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
let hours = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2
// town [HOURS [RESIDENTS...]]
/// A line at once, also into a pipe.
func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
show("residents  hours  seconds  simulated h/s  resident-hours/s  calls/s  MiB")
let sizes = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
for count in sizes.isEmpty ? [25, 100, 1_000, 10_000] : sizes {
    var simulation = Simulation(world: town(count), seed: 1)
    let clock = ContinuousClock()
    let start = clock.now
    var calls = 0
    let end = SimulationTime(day: 1, hour: 6 + hours)
    while let due = simulation.nextTime, due < end, let record = try await simulation.step(minds: minds, jobs: 2) {
        calls += record.uses.count
    }
    let seconds = (clock.now - start) / .seconds(1)
    let peak = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?
        .split(separator: "\n").first { $0.hasPrefix("VmRSS") }?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    show(
        "\(count)  \(hours)  \(String(format: "%.2f", seconds))  \(String(format: "%.4f", Double(hours) / seconds))  "
            + "\(String(format: "%.0f", Double(count * hours) / seconds))  \(String(format: "%.0f", Double(calls) / seconds))  \(peak / 1024)")
}
