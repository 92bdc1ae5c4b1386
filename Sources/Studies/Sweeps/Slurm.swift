import Foundation

/// The scheduler's own commands, called without a shell.
struct Slurm: Sendable {
    /// Why the scheduler did not do what was asked, in its words.
    struct Refusal: Error {
        var command: String
        var words: String
        /// It was ended by a signal, whatever it had done by then.
        var isCutOff = false
    }

    /// What the array's tasks run. Nothing of a study is in it: the list of cells is a file, read by number.
    static let script = """
        #!/bin/bash
        # A task of a sweep: runs the cells that the list has under its number.
        exec "$1" sweep-task "$2" "$SLURM_ARRAY_TASK_ID"

        """

    /// - Returns: The job's id.
    func submit(
        name: String, tasks: Int, script: String, arguments: [String], log: String, folder: String, partition: String?, options: [String]
    ) async throws -> String {
        // In a file's name the scheduler replaces %a by the task's number, and %% by %.
        let log = log.replacing("%", with: "%%")
        var words = [
            "--parsable", "--job-name=\(name)", "--array=1-\(tasks)", "--output=\(log)/task-%a.log", "--open-mode=append",
            "--chdir=\(folder)",
        ]
        if let partition { words.append("--partition=\(partition)") }
        let said = try await Self.call("sbatch", words + options + [script] + arguments)
        // With several clusters: ID;CLUSTER.
        guard let id = said.split(whereSeparator: { $0.isNewline || $0 == ";" }).first, id.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Refusal(command: "sbatch", words: "it gave no job's number: \(said)") }
        return String(id)
    }

    /// Numbers of the tasks that wait or run, by job name.
    func alive(_ names: [String]) async throws -> [String: Set<Int>] {
        guard !names.isEmpty else { return [:] }
        let said = try await Self.call("squeue", ["-h", "-r", "-o", "%K %j", "-n", names.joined(separator: ",")])
        var alive: [String: Set<Int>] = [:]
        for line in said.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count == 2, let task = Int(words[0]) else { continue }
            alive[String(words[1]), default: []].insert(task)
        }
        return alive
    }

    /// Processors of a partition, the default one where `nil`, that are idle or in use; `nil` where none is told.
    func processors(_ partition: String?) async -> Int? {
        let words = ["-h", "-o", "%P %C"] + (partition.map { ["-p", $0] } ?? [])
        guard let said = try? await Self.call("sinfo", words) else { return nil }
        // "main* 0/2/0/2": allocated, idle, other, in all.
        let rows = said.split(whereSeparator: \.isNewline).compactMap { line -> (isDefault: Bool, count: Int)? in
            let words = line.split(separator: " ")
            guard words.count == 2 else { return nil }
            let counts = words[1].split(separator: "/").compactMap { Int($0) }
            return counts.count == 4 ? (words[0].hasSuffix("*"), counts[0] + counts[1]) : nil
        }
        let wanted = partition == nil && rows.contains(where: \.isDefault) ? rows.filter(\.isDefault) : rows
        let count = wanted.reduce(0) { $0 + $1.count }
        return count > 0 ? count : nil
    }

    /// What a command of the scheduler's writes.
    private static func call(_ command: String, _ arguments: [String]) async throws -> String {
        guard let program = path(of: command) else {
            throw StudyError.usage("there is no '\(command)' on this machine; '--on slurm' is for a machine that submits jobs to Slurm")
        }
        // What is asked of the scheduler is not left half done when the user stops waiting.
        return try await Task { try await output(of: program, arguments, command) }.value
    }

    private static func output(of program: String, _ arguments: [String], _ command: String) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "populace-\(command)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appending(path: "out").path, folder.appending(path: "err").path)
        guard let nothing = FileHandle(forReadingAtPath: "/dev/null") else { throw Refusal(command: command, words: "there is no /dev/null") }
        let status = try await CellProcess.run(
            program, arguments, folder: FileManager.default.currentDirectoryPath, output: output, errors: errors,
            input: nothing.fileDescriptor)
        try? nothing.close()
        guard status == 0 else {
            throw Refusal(command: command, words: CellRunner.last(of: errors) ?? "exit status \(status)", isCutOff: status < 0)
        }
        return String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
    }

    private static func path(of command: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(command)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
