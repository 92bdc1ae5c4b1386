import ArgumentParser
import Foundation
import Studies

/// The command line's two streams: results on standard output, progress and errors on standard error.
enum Terminal {
    static let errorIsTerminal = isatty(STDERR_FILENO) != 0
    /// Whether standard output shows dimmed text: a terminal whose user has not asked for plain words.
    static let outputDims: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) != 0 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }()

    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }

    static func note(_ text: String) {
        FileHandle.standardError.write(Data(((errorIsTerminal ? "\r\u{1B}[K" : "") + text + "\n").utf8))
    }

    /// A bar with rate and time left on a terminal; a line a stage elsewhere.
    static let progress = StudyProgress { event in
        switch event {
        case .note(let text): note(text)
        case .advanced(let done, let total, let what, let seconds):
            guard errorIsTerminal, done > 0 else { return }
            let rate = Double(done) / max(seconds, 0.001)
            let left = total > done ? Int(Double(total - done) / max(rate, 1e-9)) : 0
            let filled = total > 0 ? min(24, 24 * done / total) : 0
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            let pace = (rate * 10).rounded() / 10
            FileHandle.standardError.write(
                Data("\r\u{1B}[K\(bar) \(done)/\(total) \(what)  \(pace)/s  \(left / 60) min \(left % 60) s left".utf8))
            if done >= total { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        }
    }

    /// Takes a bar away that has not come to its end.
    static func endProgress() {
        if errorIsTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    /// Runs a command's work; its errors are printed whole and decide the exit code.
    static func exiting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            note(describe(error))
            throw ExitCode(isUsersMistake(error) ? 64 : 1)
        }
    }
}
