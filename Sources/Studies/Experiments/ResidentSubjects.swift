import Agents
import Files
import Kernel
import LanguageModels
import Results
import Worlds

/// Residents of a recorded run who decide in an experiment, with what comes to mind when they hear the situation. They
/// remember nothing of it afterwards.
struct ResidentSubjects: Sendable {
    let residents: RecordedResidents
    let models: ModelSet

    init(_ residents: RecordedResidents, environment: StudyEnvironment, store: any CompletionStore, database: ResultsDatabase)
        async throws
    {
        self.residents = residents
        models = try ModelSet(
            section: residents.world.models, environment: environment, store: store,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
    }

    /// The task with what the subject remembers of the situation, and how that was found.
    ///
    /// The situation is what is heard, not the decision: in all rounds and arms with the same situation the same comes to
    /// mind.
    func remembering(_ task: ExperimentDesign.Task) async throws -> (task: ExperimentDesign.Task, uses: [Use]) {
        let id = task.encounter.subject
        guard let stream = residents.streams[id], stream.count > 0 else { return (task, []) }
        let heard = task.encounter.situation.isEmpty ? task.encounter.decision.ask : task.encounter.situation
        let (recalled, query) = try await Interview.recalled(
            heard, by: id, from: stream, at: residents.time, count: Interview.recall, settings: residents.world.world.memory,
            models: models)
        var task = task
        // Told in the order they were made, as one remembers a day.
        task.encounter.memories = recalled.map(\.memory).sorted { $0.sequence < $1.sequence }.map(\.text)
        return (
            task,
            [
                Use(
                    persona: id, purpose: "embed", time: residents.time, completion: query.key, tokens: query.usage.total,
                    recalled: recalled.map(\.use))
            ]
        )
    }
}
