import ArgumentParser
import Studies

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Watch a recorded run again, on a page of this machine.",
        discussion: """
            populace serve latest:run
            populace serve run-3 --port 8008
            No model is asked. The page is for browsers on this machine that know its address; Ctrl-C ends it.
            A run under way is watched with:  populace run Worlds/alder-creek.yaml --serve
            """)

    @Argument(help: ArgumentHelp("A run of a world; 'latest' is the newest.", valueName: "run"))
    var run: String

    @OptionGroup var page: PageOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if shared.json { throw ValidationError("serve shows a page; --json is for run, poll, compare and show") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let watched = try await WatchedRun.recorded(run, environment: shared.environment())
            try await page.serve(watched) {}
        }
    }
}
