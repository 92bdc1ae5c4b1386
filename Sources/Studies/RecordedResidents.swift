import Agents
import Files
import Kernel
import LanguageModels
import Results
import Worlds

/// The residents of a recorded run as they are at its end, with all that they remember.
struct RecordedResidents: Sendable {
    let run: Run
    let world: LoadedWorld
    let personas: [Persona]
    /// By persona id.
    let streams: [String: MemoryStream]
    /// Of the run's end.
    let time: SimulationTime

    init(_ run: Run, environment: StudyEnvironment, database: ResultsDatabase) async throws {
        guard run.header.kind == "run" else { throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world") }
        self.run = run
        world = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        personas = try await database.personas(run: run.id)
        var streams: [String: MemoryStream] = [:]
        for persona in personas {
            var stream = MemoryStream()
            for memory in try await database.memories(run: run.id, resident: persona.id) { stream.append(memory) }
            streams[persona.id] = stream
        }
        self.streams = streams
        time = try await database.lastCommittedTime(run: run.id) ?? world.world.clock.starts
    }
}
