import CEdit
import Foundation
import Studies
import Synchronization

/// Lines from standard input: with editing, history and completion on a terminal, plain and echoed from a pipe.
///
/// The history is of lines as they were typed; what is printed is never in it.
/// Reading blocks, and therefore has a thread of its own.
struct LineEditor: Sendable {
    private let queue = DispatchQueue(label: "populace.line-editor")
    let isTerminal = isatty(STDIN_FILENO) != 0
    private let history: String?

    init() {
        history = isTerminal ? Self.historyFile() : nil
        guard isTerminal else { return }
        // The editor counts columns by the C library's idea of characters; nothing else of ours asks it.
        setlocale(LC_CTYPE, "C.UTF-8")
        using_history()
        stifle_history(1000)
        if let history { read_history(history) }
        populace_begin { text, _, end in
            populace_offer_no_files()
            guard let text, let line = populace_line() else { return nil }
            // The end is counted in characters of the C library, which are Unicode's scalars.
            let before = String(String.UnicodeScalarView(String(cString: line).unicodeScalars.prefix(Int(end))))
            matches.withLock { $0 = words.withLock { $0 }.continuations(of: before) }
            return rl_completion_matches(text, { _, _ in matches.withLock { $0.isEmpty ? nil : strdup($0.removeFirst()) } })
        }
    }

    /// - Returns: `nil` at the end of the input, or after Ctrl-D.
    func line(prompt: String, offering vocabulary: ReplVocabulary) async -> String? {
        words.withLock { $0 = vocabulary }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: isTerminal ? edited(prompt) : piped(prompt)) }
        }
    }

    private func edited(_ prompt: String) -> String? {
        guard let typed = populace_readline(prompt) else {
            Terminal.print("")
            return nil
        }
        defer { free(typed) }
        let line = String(cString: typed)
        if line.contains(where: { !$0.isWhitespace }) {
            add_history(typed)
            if let history {
                write_history(history)
                chmod(history, 0o600)
            }
        }
        return line
    }

    private func piped(_ prompt: String) -> String? {
        guard let line = readLine() else { return nil }
        Terminal.print(prompt + line)
        return line
    }

    /// In the user's state folder, which is made where it is missing; `nil` where it cannot be.
    private static func historyFile() -> String? {
        let environment = ProcessInfo.processInfo.environment
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/state")
        let folder = state.appending(path: "populace")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { return nil }
        let path = folder.appending(path: "history").path
        // Nobody else reads it, not even while it is written for the first time.
        let descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        fchmod(descriptor, 0o600)
        close(descriptor)
        return path
    }
}

/// What the line being edited can be completed with.
private let words = Mutex(ReplVocabulary.empty)
/// What is left to offer for the word being completed.
private let matches = Mutex<[String]>([])
