import CSpawn
import Foundation
import Synchronization

/// A command in a process of its own, in the group of ours, so that Ctrl-C and Slurm reach both.
enum CellProcess {
    private final class Living: Sendable {
        let state = Mutex(true)
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - folder: Where it works.
    ///   - output: File for its standard output; standard error goes to `errors`.
    ///   - input: Open; what is locked by it stays so until the program ends, even where we end before.
    /// - Returns: Its exit status, or minus the signal that ended it.
    /// - Throws: `CancellationError` after it was told to terminate, and has ended.
    static func run(
        _ program: String, _ arguments: [String], folder: String, output: String, errors: String, input: Int32
    ) async throws -> Int {
        try Task.checkCancellation()
        let child = try start(program, arguments, folder: folder, output: output, errors: errors, input: input)
        let living = Living()
        let status = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    var status: Int32 = 0
                    while waitpid(child, &status, 0) < 0, errno == EINTR {}
                    living.state.withLock { $0 = false }
                    continuation.resume(returning: status)
                }
            }
        } onCancel: {
            // Once waited for, the number may be somebody else's.
            living.state.withLock { if $0 { _ = kill(child, SIGTERM) } }
        }
        try Task.checkCancellation()
        return status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : -Int(status & 0x7F)
    }

    private static func start(
        _ program: String, _ arguments: [String], folder: String, output: String, errors: String, input: Int32
    ) throws -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = ProcessInfo.processInfo.environment.sorted { $0.key < $1.key }
            .map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let result = populace_spawn_in(folder, program, &words, &variables, input, output, errors, &child)
        guard result == 0 else {
            throw StudyError.stopped("\(program) could not be started: \(String(cString: strerror(result)))", resume: nil)
        }
        return child
    }
}
