import ArgumentParser
import LiveView
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

/// Where the page is served.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port of this machine that the page is served at; any that is free if left out.", valueName: "n"))
    var port: Int?

    func validate() throws {
        if let port, !(1...65_535).contains(port) { throw ValidationError("--port is 1 to 65535") }
    }

    /// Says where the page is once there is a run to show.
    private func announce(_ address: String, of watched: WatchedRun) async {
        for await _ in await watched.changes() where await watched.opening != nil {
            return Terminal.note("Watch at \(address)  (Ctrl-C ends it)")
        }
    }

    /// Serves the page while the work goes on and then until Ctrl-C, which also cancels the work.
    func serve(_ watched: WatchedRun, while work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (addresses, found) = AsyncStream.makeStream(of: String.self)
            group.addTask { await Interrupt.first() }
            group.addTask {
                try await LiveServer(watched).run(port: port ?? 0) { address in
                    found.yield(address)
                    found.finish()
                }
            }
            group.addTask {
                for await address in addresses {
                    async let announced: Void = announce(address, of: watched)
                    try await work()
                    await announced
                }
                try? await Task.sleep(for: .seconds(Int.max / 4))
            }
            defer { group.cancelAll() }
            try await group.next()
            group.cancelAll()
            while !group.isEmpty {
                do {
                    try await group.next()
                } catch is CancellationError {
                    continue
                }
            }
        }
    }
}
