import ArgumentParser
import LiveView
import Studies

/// Where the page is served.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port of this machine for the page; a free one if left out.", valueName: "n"))
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
                do {
                    try await LiveServer(watched).run(port: port ?? 0) { address in
                        found.yield(address)
                        found.finish()
                    }
                } catch let error as LiveViewError {
                    throw StudyError.usage(error.description)
                }
            }
            group.addTask {
                for await address in addresses {
                    async let announced: Void = announce(address, of: watched)
                    do {
                        try await work()
                    } catch is CancellationError {
                        throw StudyError.stopped("stopped by hand before anything happened", resume: nil)
                    }
                    await announced
                }
                try? await Task.sleep(for: .seconds(Int.max / 4))
            }
            defer { group.cancelAll() }
            try await group.next()
            group.cancelAll()
            if await watched.isUnderWay {
                Terminal.note(
                    "Finishing the model calls under way; Ctrl-C again ends at once and loses nothing recorded.")
            }
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
