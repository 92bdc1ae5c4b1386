import ArgumentParser
import Studies

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Let a world happen and record it.",
        discussion: """
            populace run Worlds/alder-creek.yaml
            populace run --resume run-3      goes on where a run was cut off, with the same bytes
            populace run Worlds/alder-creek.yaml --serve
            The last shows it on a page of this machine; Ctrl-C ends it, and says how to go on.
            """)

    @Argument(help: ArgumentHelp("A world file.", valueName: "world"), completion: .file(extensions: ["yaml", "yml"]))
    var world: String?

    @Option(help: ArgumentHelp("Stop at this moment, 'day 1 12:00'.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Go on with this run, from its stored files.", valueName: "run"))
    var resume: String?

    @Flag(help: "Show the run on a page of this machine while it happens, and after it until Ctrl-C.")
    var serve = false

    @OptionGroup var page: PageOptions
    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard (world == nil) != (resume == nil) else {
            throw ValidationError("name either a world file or --resume RUN")
        }
        guard serve || page.port == nil else { throw ValidationError("--port is the page's: add --serve") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let study = RunStudy(environment: shared.environment(models))
            let source: RunStudy.Source = if let resume { .recorded(resume) } else { .file(world ?? "") }
            if models.dryRun {
                Terminal.print(try await study.estimate(source, until: until).text(json: shared.json))
                return
            }
            guard serve else {
                Terminal.print(try await study.run(source, until: until).text(json: shared.json))
                return
            }
            let watched = WatchedRun()
            try await page.serve(watched) { [until, shared] in
                Terminal.print(try await study.run(source, until: until, watched: watched).text(json: shared.json))
            }
        }
    }
}
