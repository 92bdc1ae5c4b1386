import Foundation
import Testing

private let everything = ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"
private let installed = FileManager.default.isExecutableFile(atPath: "/usr/sbin/slurmctld")

/// A cluster of this one machine, as `Scripts/slurm` starts it.
private final class Cluster {
    let folder = FileManager.default.temporaryDirectory.appending(path: "slurm-\(UUID().uuidString)").path
    let script = Command.root.appending(path: "Scripts/slurm")

    init() throws { try #require(try run(script, ["up", folder]).status == 0, "Scripts/slurm did not start") }

    deinit { _ = try? run(script, ["down", folder]) }

    var variables: [String: String] { ["SLURM_CONF": folder + "/slurm.conf"] }

    @discardableResult
    func run(_ program: URL, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    func run(_ name: String, _ arguments: String...) throws -> String { try run(URL(fileURLWithPath: "/usr/bin/\(name)"), arguments).output }
}

@Suite(.serialized) struct `A real Slurm on this machine` {
    @Test(.enabled(if: everything && installed, "set POPULACE_TEST_ALL=1 where Slurm is installed ('Scripts/slurm install')"), .timeLimit(.minutes(5)))
    func `runs a sweep of 12 tasks with one killed, resubmitted and merged, to the tables of a serial sweep`() throws {
        let cluster = try Cluster()
        let serial = try Command()
        var command = try Command()
        command.environment = cluster.variables
        for folder in [serial.folder, command.folder] {
            let text = "study: Twelve mornings\nrun: Worlds/alder-creek.yaml\nuntil: day 1 09:00\nsweep: { seed: 1..12 }\n"
            try Data(text.utf8).write(to: folder.appending(path: "Worlds/twelve.study.yaml"))
        }
        let arguments = ["sweep", "Worlds/twelve.study.yaml", "--model", "scripted"]
        let alone = try serial.run(arguments + ["--jobs", "1", "--db", serial.database, "--quiet"])
        #expect(alone.status == 0, "\(alone.errors)")

        let process = command.process(arguments + ["--on", "slurm", "--batch", "1", "--db", command.database])
        let errors = command.folder.appending(path: "errors")
        try Data().write(to: errors)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        // Kill one that runs, its commands with it.
        var victim = ""
        for _ in 0..<3000 where victim.isEmpty {
            Thread.sleep(forTimeInterval: 0.02)
            victim = try cluster.run("squeue", "-h", "-r", "-t", "running", "-o", "%F_%K").split(separator: "\n").last.map(String.init) ?? ""
        }
        _ = try cluster.run("scancel", "--signal=KILL", "--full", victim)
        process.waitUntilExit()
        let said = try String(contentsOf: errors, encoding: .utf8)
        #expect(process.terminationStatus == 1 && said.contains("1 of 12 cells is not done"), "\(victim): \(said)")

        let resubmitted = try command.run(arguments + ["--on", "slurm", "--resubmit", "--db", command.database])
        #expect(resubmitted.status == 0, "\(resubmitted.errors)")
        #expect(resubmitted.errors.contains("1 cell in 1 task") && resubmitted.output.contains("1 run now, 11 before"), "\(resubmitted)")
        #expect(try SweptTables.difference(serial.database, command.database) == [])
        let merged = try command.run(arguments + ["--on", "slurm", "--db", command.database, "--quiet"])
        #expect(merged.status == 0 && merged.output.contains("0 run now, 12 before"))
        #expect(try SweptTables.difference(serial.database, command.database) == [])
    }
}
