import Foundation
import Testing

private let tmuxPath = ["/usr/bin/tmux", "/opt/homebrew/bin/tmux", "/usr/local/bin/tmux"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

/// The REPL on a real terminal, which tmux is: keys go in, a screen comes out.
@Suite(.serialized, .enabled(if: tmuxPath != nil, "tmux is not installed; Scripts/setup installs it"))
struct ReplTerminalTests {
    /// A terminal with a command in it; gone with the last use of it.
    private final class Screen {
        /// Kept, so that the socket is there until the server is gone.
        private let command: Command
        private var folder: URL { command.folder }
        private var socket: String { folder.appending(path: "tmux").path }

        init(_ command: Command, _ line: String) throws {
            self.command = command
            let state = folder.appending(path: "state").path
            try tmux([
                "-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "40", "-c", folder.path,
                "env -u NO_COLOR XDG_STATE_HOME='\(state)' TERM=screen LC_ALL=C.UTF-8 '\(Command.binary.path)' \(line); "
                    + "echo left with $?; sleep 60",
            ])
        }

        deinit { _ = try? tmux(["kill-server"]) }

        @discardableResult func tmux(_ arguments: [String]) throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            // The server outlives the client: holding on to what it inherits, it would keep us waiting.
            let closing = "for i in {3..255}; do eval \"exec $i>&-\"; done; exec \"$0\" \"$@\""
            process.arguments = ["-c", closing, tmuxPath ?? "", "-S", socket] + arguments
            let output = folder.appending(path: "tmux-\(UUID().uuidString)")
            try Data().write(to: output)
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            // A worker thread's blocked signals would be inherited, and a server that blocks SIGTERM does not go.
            var (none, before) = (sigset_t(), sigset_t())
            sigemptyset(&none)
            pthread_sigmask(SIG_SETMASK, &none, &before)
            defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
            try process.run()
            process.waitUntilExit()
            return String(decoding: try Data(contentsOf: output), as: UTF8.self)
        }

        func type(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

        func type(words: String) throws { try tmux(["send-keys", "-l", words]) }

        /// The screen as soon as it satisfies the condition; as it is after 20 seconds where it never does.
        func shows(_ condition: (String) -> Bool) async throws -> (text: String, found: Bool) {
            var text = ""
            for _ in 0..<200 {
                text = try tmux(["capture-pane", "-p"])
                if condition(text) { return (text, true) }
                try await Task.sleep(for: .milliseconds(100))
            }
            return (text, false)
        }

        func expect(_ words: String, _ location: SourceLocation = #_sourceLocation) async throws {
            let (text, found) = try await shows { $0.contains(words) }
            #expect(found, "\(words) is not on the screen:\n\(text)", sourceLocation: location)
        }
    }

    private func screen(_ command: Command) throws -> Screen {
        try Screen(command, "repl Worlds/alder-creek.yaml --model scripted --quiet --db db.sqlite")
    }

    @Test func `words are completed, the history comes back, and nobody else can read it`() async throws {
        let command = try Command()
        let first = try screen(command)
        try await first.expect("day 1 06:00>")
        try first.type(words: "look to")
        try first.type("Tab")
        try await first.expect("> look town hall")
        try first.type("Enter")
        try await first.expect("town hall: One meeting room")
        try first.type(words: "poll natp")
        try first.type("Tab")
        try await first.expect("> poll natpark")
        try first.type("C-u")
        try first.type("C-d")
        try await first.expect("left with 0")
        let history = command.folder.appending(path: "state/populace/history")
        let attributes = try FileManager.default.attributesOfItem(atPath: history.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // What was typed is in it, and nothing that was printed.
        let lines = try String(contentsOf: history, encoding: .utf8)
        #expect(lines.contains("look") && !lines.contains("meeting"))

        let second = try screen(command)
        try await second.expect("day 1 06:00>")
        try second.type("Up")
        try await second.expect("> look town hall")
    }

    @Test func `Ctrl-C clears the line at the prompt, and the session goes on`() async throws {
        let command = try Command()
        let screen = try screen(command)
        try await screen.expect("day 1 06:00>")
        try screen.type(words: "nonsense that is not wanted")
        try await screen.expect("> nonsense that is not wanted")
        try screen.type("C-c")
        let (text, cleared) = try await screen.shows { !$0.contains("nonsense") }
        #expect(cleared, "\(text)")
        try screen.type(words: "cost")
        try screen.type("Enter")
        try await screen.expect("has asked nothing of a model yet")
    }

    @Test func `Ctrl-C stops a step, which is discarded, and keeps the session`() async throws {
        let command = try Command()
        let screen = try Screen(command, "repl Worlds/valentine.yaml --model scripted --db db.sqlite")
        try await screen.expect("day 1 00:00>")
        try screen.type(words: "run 40 h")
        try screen.type("Enter")
        // The bar is there while steps are taken.
        try await screen.expect("simulated minutes")
        try screen.type("C-c")
        try await screen.expect("Stopped: the step is discarded, and it is still day ")
        #expect(try !screen.tmux(["capture-pane", "-p"]).contains("simulated minutes"))
        try screen.type(words: "who")
        try screen.type("Enter")
        try await screen.expect("abigail-chen")
        try screen.type(words: "quit")
        try screen.type("Enter")
        try await screen.expect("left with 0")
    }

    @Test func `addresses are dimmed on a terminal`() async throws {
        let command = try Command()
        let screen = try screen(command)
        try await screen.expect("day 1 06:00>")
        try screen.type(words: "step")
        try screen.type("Enter")
        try await screen.expect("run-1#1")
        #expect(try screen.tmux(["capture-pane", "-p", "-e"]).contains("\u{1B}[2m"))
    }
}
