// Looking ahead against lock step: the wall of a world whose model calls wait for slots.
//
// lookahead WORLD [HOURS [SLOTS [MILLISECONDS]]]
import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Worlds

/// The scripted model, whose answers take as long as a draw by their request says: lognormal, spread .8.
struct Waiting: LanguageModel {
    let identity = ScriptedModel().identity
    let script = ScriptedModel()
    let slots: Slots
    /// Mean, in seconds.
    let mean: Double
    /// Share of the calls that take any time.
    let share: Double

    /// - Parameter key: Of the completion.
    func seconds(_ key: String) -> Double {
        var stream = RandomStream(seed: 1, "latency", key)
        if stream.unit() >= share { return 0 }
        let (a, b) = (1 - stream.unit(), stream.unit())
        let normal = (-2 * log(a)).squareRoot() * cos(2 * .pi * b)
        return mean * exp(0.8 * normal - 0.32)
    }

    func respond(to request: Request) async throws -> Answer {
        let seconds = seconds(try CompletionKey(identity: identity, request: request).hexadecimal)
        let answer = try await script.respond(to: request)
        if seconds == 0 { return answer }
        await slots.take()
        try await Task.sleep(for: .seconds(seconds))
        await slots.give()
        return answer
    }
}

struct Course {
    var wall = 0.0
    var asked = 0
    var wasted = 0
    var trace = Trace()
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard let path = arguments.first else {
    try FileHandle.standardError.write(contentsOf: Data("lookahead WORLD [HOURS [SLOTS [MILLISECONDS]]]\n".utf8))
    exit(64)
}
let hours = arguments.count > 1 ? Int(arguments[1]) ?? 4 : 4
let slots = arguments.count > 2 ? Int(arguments[2]) ?? 8 : 8
let mean = (arguments.count > 3 ? Double(arguments[3]) ?? 20 : 20) / 1000
var world = try StudyFiles().loadWorld(path).value
world.stop = [.at(world.clock.starts + .hours(hours))]

func course(_ world: World, ahead: Bool, slots: Int, mean: Double, share: Double) async throws -> Course {
    let waiting = Waiting(slots: Slots(slots), mean: mean, share: share)
    let model = CachedModel(waiting, store: MemoryStore())
    let complete: Complete = { try await model.complete($0) }
    let minds = Minds(speaker: complete, scribe: complete, embedder: complete)
    var simulation = Simulation(world: world, seed: world.seed)
    var course = Course()
    var used: Set<String> = []
    let start = ContinuousClock.now
    let beginning = simulation
    async let looking: Void = ahead ? beginning.lookAhead(minds: minds) : ()
    while let record = try await simulation.step(minds: minds, jobs: slots) {
        used.formUnion(record.uses.map(\.completion))
        let places = Dictionary(uniqueKeysWithValues: simulation.who.map { ($0.id, $0.place) })
        course.trace.add(
            record.uses.map { ($0.persona ?? "", $0.purpose, $0.completion) }, place: { places[$0] ?? "" }, seconds: waiting.seconds)
    }
    try await looking
    course.wall = (ContinuousClock.now - start) / .seconds(1)
    course.asked = await model.meter.calls
    course.wasted = course.asked - used.count
    return course
}

func show(_ name: String, _ seconds: Double, _ note: String = "") {
    print(String(format: "  %-58@ %8.2f s  %@", name as NSString, seconds, note as NSString))
}

print("\(world.title), \(world.residents.count) residents, \(hours) h, \(slots) slots, \(Int(mean * 1000)) ms")
for (name, share) in [("every call takes time", 1.0), ("15% of the calls take time", 0.15)] {
    print("\(name):")
    let lock = try await course(world, ahead: false, slots: slots, mean: mean, share: share)
    let ahead = try await course(world, ahead: true, slots: slots, mean: mean, share: share)
    let unbounded = try await course(world, ahead: true, slots: 100_000, mean: mean, share: share)
    let work = lock.trace.work
    let oracle = lock.trace.wall(slots: slots, lockStep: false)
    let traced = lock.trace.wall(slots: slots, lockStep: true)
    func times(_ seconds: Double, of lockStep: Double) -> String { String(format: "%.2fx", lockStep / seconds) }
    show("lock step, measured", lock.wall, "\(lock.asked) calls")
    show("ahead, measured", ahead.wall, "\(times(ahead.wall, of: lock.wall)), \(ahead.wasted) calls wasted")
    show("work / slots", work / Double(slots))
    show("the rule with a slot for every call, measured", unbounded.wall)
    let bound = max(work / Double(slots), unbounded.wall)
    show("the rule's bound: the greater of the two", bound, String(format: "reached to %.0f%%", 100 * bound / ahead.wall))
    show("lock step, by the trace", traced)
    let share = lock.wall / ahead.wall / (traced / oracle) * 100
    show(
        "who really meets whom, by the trace (oracle)", oracle,
        times(oracle, of: traced) + String(format: ", of which ahead reaches %.0f%%", share))
    show("who really meets whom, a slot for every call", lock.trace.wall(slots: 100_000, lockStep: false))
}
