import Foundation
import Testing

/// The built binary, run as a user runs it, in a folder of its own beside the shipped files.
struct Command {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let binary = root.appending(path: ".build/debug/populace")

    /// Removed with all that is in it when the last command of a test is gone.
    final class Folder: Sendable {
        let url = FileManager.default.temporaryDirectory.appending(path: "populace-test-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: url) }
    }

    private let kept: Folder
    var folder: URL { kept.url }
    var environment: [String: String] = [:]

    init() throws {
        kept = try Folder()
        for name in ["Worlds", "Personas"] {
            try FileManager.default.copyItem(at: Self.root.appending(path: name), to: folder.appending(path: name))
        }
    }

    var database: String { folder.appending(path: "db.sqlite").path }

    func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        return process
    }

    func run(_ arguments: String..., input: String? = nil) throws -> Outcome { try run(arguments, input: input) }

    func run(_ arguments: [String], input: String? = nil) throws -> Outcome {
        let process = process(arguments)
        let (output, errors) = (folder.appending(path: "out-\(UUID().uuidString)"), folder.appending(path: "err-\(UUID().uuidString)"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        if let input {
            let file = folder.appending(path: "in-\(UUID().uuidString)")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
