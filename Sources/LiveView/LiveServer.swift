import Foundation
import Hummingbird
import Logging
import NIOCore
public import Studies

/// The page of one run, for browsers on this machine that know its address.
///
///     try await LiveServer(watched).run(port: 0) { address in print("Watch at \(address)") }
///
/// It answers nobody who does not know the token in the address, or who calls this machine by another name.
public struct LiveServer: Sendable {
    private let watched: WatchedRun
    private let token: AccessToken
    private let heartbeat: Duration

    /// - Parameter heartbeat: How long a silent connection is kept before it is tried.
    public init(_ watched: WatchedRun, heartbeat: Duration = .seconds(10)) {
        self.init(watched, token: AccessToken(), heartbeat: heartbeat)
    }

    init(_ watched: WatchedRun, token: AccessToken, heartbeat: Duration) {
        (self.watched, self.token, self.heartbeat) = (watched, token, heartbeat)
    }

    /// Serves until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - listening: Called with the page's address.
    /// - Throws: ``LiveViewError/portTaken(_:)``.
    public func run(port: Int, listening: @escaping @Sendable (String) async -> Void) async throws {
        let (bound, announce) = AsyncStream.makeStream(of: Int.self)
        let responder = LiveResponder(watched: watched, token: token)
        var silent = Logger(label: "populace.live")
        silent.logLevel = .critical
        let application = Application(
            responder: responder, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                announce.yield(channel.localAddress?.port ?? port)
                announce.finish()
            },
            logger: silent)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await application.run()
                } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
                    throw LiveViewError.portTaken(port)
                }
            }
            group.addTask {
                for await port in bound {
                    responder.listen(at: port)
                    await listening("http://127.0.0.1:\(port)/\(token.text)/")
                }
                while true {
                    try await Task.sleep(for: heartbeat)
                    await watched.nudge()
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
