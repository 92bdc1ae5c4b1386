import Agents
import Kernel
import LanguageModels
import Results
import Surveys
import Worlds

/// A world under way: its simulation, its models, and the run it is recorded as.
struct WorldSession: Sendable {
    let loaded: LoadedWorld
    let seed: UInt64
    let models: ModelSet
    let recorder: Recorder
    let run: String
    var simulation: Simulation
    /// Calls whose answer could not be read, and insights that cited nothing: shown at the end.
    var unparsed = 0
    var uncited = 0

    var minds: Minds {
        let (speaker, scribe, embedder) = (models.speaker, models.scribe, models.embedder)
        let section = loaded.models
        return Minds(
            speaker: { try await speaker.complete($0) }, scribe: { try await scribe.complete($0) },
            embedder: { try await embedder.complete($0) },
            temperatures: Minds.Temperatures(
                plan: section.speaker.temperature, speak: section.speaker.temperature,
                reflect: section.speaker.temperature),
            speech: speaker.identity.backEnd == "openai" ? .chat : .plain)
    }

    /// Lets everything due at the next moment happen, asks the polls due, and records it all as one step.
    ///
    /// - Returns: `nil` when the world has stopped.
    mutating func step(jobs: Int) async throws -> StepRecord? {
        var next = simulation
        guard var record = try await next.step(minds: minds, jobs: jobs) else { return nil }
        var answers: [ElicitedAnswer] = []
        for poll in record.pollsDue {
            let (given, uses) = try await Self.ask(
                poll, of: next, loaded: loaded, models: models, seed: seed, jobs: jobs)
            answers += given
            record.uses += uses
        }
        try await recorder.commitStep(
            run: run, time: record.time, occurrences: record.occurrences, memories: changes(of: record),
            uses: record.uses, answers: answers)
        simulation = next
        unparsed += record.unparsed
        uncited += record.uncited
        return record
    }

    private func changes(of record: StepRecord) -> [MemoryChange] {
        simulation.world.residents.map(\.persona.id).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { id in
            MemoryChange(
                resident: id, added: record.memories.filter { $0.resident == id }.map(\.memory),
                accessed: record.accesses.filter { $0.resident == id }.map {
                    MemoryChange.Access(memory: $0.memory, time: record.time)
                })
        }.filter { !$0.added.isEmpty || !$0.accessed.isEmpty }
    }

    /// Asks a copy of every resident; nobody remembers it.
    static func ask(
        _ poll: World.ScheduledPoll, of simulation: Simulation, loaded: LoadedWorld, models: ModelSet, seed: UInt64,
        jobs: Int, method: ElicitationMethod? = nil
    ) async throws -> ([ElicitedAnswer], [Use]) {
        guard let codebook = loaded.surveys[poll.survey] else {
            throw StudyError.usage("the world names the survey \(poll.survey), which was not loaded")
        }
        let questions = poll.questions.compactMap(codebook.question)
        let elicitor = Elicitor(
            setting: SurveySetting(codebook), possible: ElicitationMethod.possible(on: models.speaker.identity))
        let seed = RandomStream.draw(seed: seed, "poll", simulation.time.description, codebook.id)
        let minds = simulation.who.compactMap { simulation.mind(of: $0.id) }
        let asked = try await concurrently(minds, jobs: jobs) { mind in
            var answers: [ElicitedAnswer] = []
            var uses: [Use] = []
            for question in questions {
                let interview = try await Interview(
                    mind.persona, memories: mind.memories, question: question, time: simulation.time, settings: simulation.world.memory,
                    models: models, elicitor: elicitor, seed: seed, method: method)
                answers += interview.answers
                uses += interview.uses
            }
            return (answers, uses)
        }
        return (asked.flatMap(\.0), asked.flatMap(\.1))
    }
}
