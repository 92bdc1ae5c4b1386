// What a call to a server costs beside the server: 200 personas x 10 questions, about 1.1 KB each, by `ServerModel`.
//
//     calls [--at-once N] [--delay MILLISECONDS] [--server URL] [--calls N] [--json]
//
// Starts `answering`, which lies beside this program, unless --server names one that runs already (rivals in other
// languages are put to the same server: see answering/main.swift). Prints wall and processor seconds, the most memory,
// and what the server counted.
import Foundation
import LanguageModels

func option(_ name: String) -> String? {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

let atOnce = option("--at-once").flatMap { Int($0) } ?? 64
let delay = option("--delay").flatMap(Double.init) ?? 0
let count = option("--calls").flatMap { Int($0) } ?? 2_000
let asJSON = CommandLine.arguments.contains("--json")

/// Starts the server and reads its address.
func start() throws -> (address: String, stop: () -> Void) {
    if let server = option("--server") { return (server, {}) }
    let (process, input, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "answering")
    process.arguments = ["--delay", String(delay)]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    return (
        line.trimmingCharacters(in: .whitespacesAndNewlines),
        {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    )
}

/// Processor seconds of this process.
func processorSeconds() -> Double {
    var usage = rusage()
    #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
    getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func mostMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?
        .split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0
}

let (address, stop) = try start()
let model = try ServerModel(
    name: "constant", endpoints: [ServerEndpoint(try ServerAddress(address + "/v1"))], maximumConcurrentRequests: atOnce)
let life = String(repeating: "You live in a small town and work hard. ", count: 20)
let request = { @Sendable (index: Int) in
    let question =
        "Question \(index % 10): How satisfied are you with public services? A) very B) fairly C) neither D) not very E) not at all. Answer with one letter."
    return LanguageModels.Request.score(
        ScoreRequest(
            prompt: Prompt(form: .chat, segments: [.init(.system, "You are persona \(index / 10). \(life)"), .init(.user, question)]),
            purpose: "poll", continuations: ["A", "B", "C", "D", "E"]))
}
let (before, idleMemory) = (processorSeconds(), mostMemory())
let clock = ContinuousClock()
let began = clock.now
let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
    func ask(_ index: Int) {
        group.addTask {
            guard case .scores(let scores) = try await model.respond(to: request(index)).response else { return false }
            return scores.count == 5 && scores[0].logLikelihood == -0.1
        }
    }
    // As studies do, more are in hand than are asked at once.
    var next = min(count, 2 * atOnce)
    for index in 0..<next { ask(index) }
    var right = 0
    while let isRight = try await group.next() {
        if isRight { right += 1 }
        if next < count {
            ask(next)
            next += 1
        }
    }
    return right
}
let wall = (clock.now - began) / .seconds(1)
let processor = processorSeconds() - before
let memory = mostMemory()
precondition(answered == count, "\(count - answered) answers were wrong")
/// What the server counted, read after everything is measured.
func statistics() throws -> String {
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "-s", address + "/stats"]
    process.standardOutput = output
    try process.run()
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
}
let stats = try statistics()
stop()
let perCall = processor / Double(count) * 1_000
func rounded(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
if asJSON {
    print(
        #"{"benchmark":"calls","client":"populace","calls":\#(count),"atOnce":\#(atOnce),"delayMilliseconds":\#(delay),"wallSeconds":\#(rounded(wall, 4)),"processorSeconds":\#(rounded(processor, 4)),"processorMillisecondsPerCall":\#(rounded(perCall, 4)),"mostMemoryKilobytes":\#(memory),"idleMemoryKilobytes":\#(idleMemory),"server":\#(stats)}"#)
} else {
    print("at once  delay ms  calls  wall s  processor s  ms/call  MiB (idle)  server")
    print("\(atOnce)  \(delay)  \(count)  \(rounded(wall, 3))  \(rounded(processor, 3))  \(rounded(perCall, 3))  \(rounded(Double(memory) / 1024, 1)) (\(rounded(Double(idleMemory) / 1024, 1)))  \(stats)")
}
