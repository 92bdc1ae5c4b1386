import ArgumentParser
import Foundation
import Studies

struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl", abstract: "Step through a world by hand: ask, tell, poll, branch, go back.",
        discussion: """
            populace repl Worlds/alder-creek.yaml
            populace repl run-1 --at 'day 1 12:00'      a recorded run, as it was at noon
            populace repl Worlds/alder-creek.yaml < session.txt
            Type 'help' for what can be done there. Ctrl-C stops a step and keeps the session; Ctrl-D leaves.
            """)

    @Argument(help: ArgumentHelp("A world file, or a run; 'latest' is the newest.", valueName: "world"), completion: .file())
    var world: String

    @Option(help: ArgumentHelp("Go on to this moment first, 'day 1 12:00'.", valueName: "time"))
    var at: String?

    @Option(
        name: .customLong("survey"),
        help: ArgumentHelp("A survey file to poll with besides the world's; may be repeated.", valueName: "file"))
    var surveys: [String] = []

    @Flag(
        name: [.customLong("prompts"), .customLong("show-prompts")],
        help: "Let 'why' and 'show' print prompts and answers of models whole.")
    var showPrompts = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if models.dryRun { throw ValidationError("--dry-run is for run and poll") }
        if shared.json { throw ValidationError("repl answers in words; --json is for run, poll, compare and show") }
    }

    /// A file where there is one or its name looks like one, so that a mistyped path is not taken for a run.
    private var source: RunStudy.Source {
        let isFile = FileManager.default.fileExists(atPath: world) || world.hasSuffix(".yaml") || world.hasSuffix(".yml")
        return isFile ? .file(world) : .recorded(world)
    }

    func run() async throws {
        try await Terminal.exiting {
            let look = Repl.Look(dims: Terminal.outputDims, showsPrompts: showPrompts)
            var repl = try await Repl.open(
                source, at: at, surveys: surveys, look: look, environment: shared.environment(models))
            let editor = LineEditor()
            let interrupts = Interrupts()
            Terminal.print(repl.greeting)
            while let line = await editor.line(prompt: repl.prompt, offering: repl.vocabulary) {
                let now = repl
                let ((next, reply), interrupted) = await interrupts.during {
                    var next = now
                    let reply = await next.answer(line)
                    return (next, reply)
                }
                repl = next
                Terminal.endProgress()
                guard case .text(let text) = reply else { return }
                if !text.isEmpty { Terminal.print(text) }
                // Of a script nothing more is done after it was interrupted.
                if interrupted, !editor.isTerminal {
                    try await repl.close()
                    throw ExitCode(1)
                }
            }
            try await repl.close()
        }
    }
}
