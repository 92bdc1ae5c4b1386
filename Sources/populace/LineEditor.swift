import CEdit
import Foundation
import Synchronization

/// Lines from standard input: with editing, history and completion on a terminal, plain and echoed from a pipe.
///
/// Reading blocks, and therefore has a thread of its own.
struct LineEditor: Sendable {
    private let queue = DispatchQueue(label: "populace.line-editor")
    private let isTerminal = isatty(STDIN_FILENO) != 0
    private let history: String?

    init() {
        history = isTerminal ? Self.historyFile() : nil
        guard isTerminal else { return }
        // The editor counts columns by the C library's idea of characters; nothing else of ours asks it.
        setlocale(LC_CTYPE, "C.UTF-8")
        using_history()
        stifle_history(1000)
        if let history { read_history(history) }
        populace_complete_with { text, _, _ in
            populace_offer_no_files()
            return text.flatMap { rl_completion_matches($0, { text, state in nextMatch(text, state) }) }
        }
    }

    /// - Returns: `nil` at the end of the input, or after Ctrl-D.
    func line(prompt: String, offering vocabulary: [String]) async -> String? {
        words.withLock { $0 = vocabulary }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: isTerminal ? edited(prompt) : piped(prompt)) }
        }
    }

    private func edited(_ prompt: String) -> String? {
        guard let typed = readline(prompt) else {
            Terminal.print("")
            return nil
        }
        defer { free(typed) }
        let line = String(cString: typed)
        if line.contains(where: { !$0.isWhitespace }) {
            add_history(typed)
            if let history { write_history(history) }
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
        return folder.appending(path: "history").path
    }
}

/// What the line being edited can be completed with.
private let words = Mutex<[String]>([])
/// What is left to offer for the word being completed.
private let matches = Mutex<[String]>([])

/// The next word that begins with `text`, in either case if none does in the same, allocated for the editor to free; `nil` after the last.
private func nextMatch(_ text: UnsafePointer<CChar>?, _ state: CInt) -> UnsafeMutablePointer<CChar>? {
    guard let text else { return nil }
    if state == 0 {
        let start = String(cString: text)
        let all = words.withLock { $0 }
        let same = all.filter { $0.hasPrefix(start) }
        let found = same.isEmpty ? all.filter { $0.lowercased().hasPrefix(start.lowercased()) } : same
        matches.withLock { $0 = found }
    }
    return matches.withLock { $0.isEmpty ? nil : strdup($0.removeFirst()) }
}
