import Agents
public import Kernel
import LanguageModels
import Reports
import Results
public import Worlds

/// A run that people look on at while it happens, or its record: everything so far, moment by moment.
///
///     let watched = WatchedRun()
///     async let outcome = RunStudy(environment: environment).run(.file("Worlds/alder-creek.yaml"), watched: watched)
///     for await _ in await watched.changes() { show(await watched.moments(after: shown)) }
///
/// Onlookers can hold a run up; they change nothing of what happens, and what they ask nobody remembers.
public actor WatchedRun {
    /// What happened at a moment, and where those are seen now who are seen elsewhere or otherwise than before.
    public struct Moment: Hashable, Sendable {
        public var time: SimulationTime
        public var occurrences: [Occurrence]
        public var sightings: [Sighting]
    }

    /// What does not change as the run goes on.
    public struct Opening: Sendable {
        public var run: String
        public var world: World
        /// Whether it is over and read from the database: nothing can be asked.
        public var isRecorded: Bool
    }

    /// Who holds the run up, and how.
    public struct Pace: Hashable, Sendable {
        public var paused = false
        /// Simulated minutes a second; as fast as models answer where `nil`.
        public var speed: Int?
        /// Why nothing more happens.
        public var ended: String?
    }

    enum Source {
        case unopened
        case live(WorldSession)
        case recorded(ResultsDatabase)
    }

    var source = Source.unopened
    var sightings: Sightings?
    /// Steps that a paused run may still take.
    var steps = 0
    private var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    private var watchersEver = 0
    public internal(set) var opening: Opening?
    public internal(set) var moments: [Moment] = []
    public internal(set) var pace = Pace()

    public init() {}

    /// A recorded run as far as it was committed.
    public static func recorded(_ name: String, environment: StudyEnvironment) async throws -> WatchedRun {
        let database = try environment.openExisting()
        let run = try await database.run(named: name)
        guard run.header.kind == "run" else {
            throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world")
        }
        let loaded = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        let watched = WatchedRun()
        await watched.open(
            .recorded(database), Opening(run: run.id, world: loaded.world, isRecorded: true),
            occurrences: try await database.occurrences(run: run.id))
        return watched
    }

    /// Whether more may happen.
    public var isUnderWay: Bool { opening.map { !$0.isRecorded && pace.ended == nil } ?? false }

    /// Something has changed since one last looked; the stream ends when the watcher's task does.
    public func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        watchersEver += 1
        let number = watchersEver
        watchers[number] = continuation
        continuation.onTermination = { _ in Task { await self.leave(number) } }
        continuation.yield()
        return stream
    }

    /// Lets every watcher look again, whether or not something has changed.
    public func nudge() {
        for watcher in watchers.values { watcher.yield() }
    }

    public var watcherCount: Int { watchers.count }

    private func leave(_ watcher: Int) { watchers[watcher] = nil }

    /// - Parameter number: How many moments one has seen.
    public func moments(after number: Int) -> ArraySlice<Moment> { moments.dropFirst(number) }
}
