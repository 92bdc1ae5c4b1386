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
    var models: ModelSet
    let recorder: Recorder
    let run: String
    var simulation: Simulation
    /// Calls whose answer could not be read, and insights that cited nothing: shown at the end.
    var unparsed = 0
    var uncited = 0
    /// Answers that could be read only after the one repair.
    var repaired = 0

    var minds: Minds {
        let (speaker, scribe, embedder) = (models.speaker, models.scribe, models.embedder)
        let section = loaded.models
        var minds = Minds(
            speaker: { try await speaker.complete($0) }, scribe: { try await scribe.complete($0) },
            embedder: { try await embedder.complete($0) },
            temperatures: Minds.Temperatures(
                plan: section.speaker.temperature, speak: section.speaker.temperature,
                reflect: section.speaker.temperature),
            speech: Self.speech(speaker))
        minds.residents = models.residents.mapValues { own in
            Minds.Roles(
                speaker: { try await own.speaker.complete($0) }, scribe: { try await own.scribe.complete($0) },
                embedder: { try await own.embedder.complete($0) }, speech: Self.speech(own.speaker))
        }
        return minds
    }

    /// Small embedded models go on with a text better than they follow an instruction.
    static func speech(_ model: CachedModel) -> Prompt.Form {
        model.identity.backEnd == "openai" ? .chat : .plain
    }

    /// Lets everything due at the next moment happen, asks the polls due, and records it all as one step.
    ///
    /// - Returns: `nil` when the world has stopped.
    mutating func step(jobs: Int) async throws -> StepRecord? {
        var next = simulation
        // A resident who decides makes a handful of calls.
        let width = models.speaker.width(jobs: jobs, requests: 8)
        guard var record = try await next.step(minds: minds, jobs: width) else { return nil }
        var answers: [ElicitedAnswer] = []
        for poll in record.pollsDue {
            let (given, uses) = try await Self.ask(
                poll, of: next, loaded: loaded, models: models, seed: seed, jobs: jobs)
            answers += given
            record.uses += uses
        }
        try await commit(record, answers)
        simulation = next
        unparsed += record.unparsed
        uncited += record.uncited
        repaired += record.repaired
        return record
    }

    /// Whoever is told to stop stops before a step is written or after it, never within.
    private func commit(_ record: StepRecord, _ answers: [ElicitedAnswer]) async throws {
        try Task.checkCancellation()
        let memories = changes(of: record)
        try await Task { [run, recorder] in
            try await recorder.commitStep(
                run: run, time: record.time, occurrences: record.occurrences, memories: memories, uses: record.uses,
                answers: answers)
        }.value
    }

    /// What each resident remembers anew and recalled, by persona id.
    private func changes(of record: StepRecord) -> [MemoryChange] {
        var changes: [String: MemoryChange] = [:]
        for entry in record.memories {
            changes[entry.resident, default: MemoryChange(resident: entry.resident, added: [], accessed: [])].added
                .append(entry.memory)
        }
        for access in record.accesses {
            changes[access.resident, default: MemoryChange(resident: access.resident, added: [], accessed: [])].accessed
                .append(MemoryChange.Access(memory: access.memory, time: record.time))
        }
        return changes.keys.sorted(by: precedes).compactMap { changes[$0] }
    }

    /// Asks a copy of every resident; nobody remembers it.
    static func ask(
        _ poll: World.ScheduledPoll, of simulation: Simulation, loaded: LoadedWorld, models: ModelSet, seed: UInt64,
        jobs: Int
    ) async throws -> ([ElicitedAnswer], [Use]) {
        guard let codebook = loaded.surveys[poll.survey] else {
            throw StudyError.usage("the world names the survey \(poll.survey), which was not loaded")
        }
        return try await ask(
            poll.questions.compactMap(codebook.question), from: codebook, of: simulation, loaded: loaded, models: models,
            seed: seed, jobs: jobs)
    }

    /// Asks a copy of every resident these questions of a survey.
    static func ask(
        _ questions: [Question], from codebook: Codebook, of simulation: Simulation, loaded: LoadedWorld,
        models: ModelSet, seed: UInt64, jobs: Int
    ) async throws -> ([ElicitedAnswer], [Use]) {
        let seed = RandomStream.draw(seed: seed, "poll", simulation.time.description, codebook.id)
        let minds = simulation.who.compactMap { simulation.mind(of: $0.id) }
        let width = models.speaker.width(jobs: jobs, requests: questions.count)
        let asked = try await concurrently(minds, jobs: width) { mind in
            let elicitor = Elicitor(
                setting: SurveySetting(codebook),
                possible: ElicitationMethod.possible(on: models.speaker(of: mind.persona.id).identity))
            let scene = InterviewScene(
                for: models.speaker(of: mind.persona.id).identity, knows: mind.knows,
                when: simulation.world.clock.words(simulation.time), temperature: loaded.models.speaker.temperature)
            // All at once: they begin with the same person.
            let interviews = try await concurrently(questions, jobs: questions.count) { question in
                try await Interview(
                    mind.persona, memories: mind.memories, question: question, time: simulation.time, settings: simulation.world.memory,
                    models: models, elicitor: elicitor, seed: seed, method: nil, scene: scene)
            }
            return (interviews.flatMap(\.answers), interviews.flatMap(\.uses))
        }
        return (asked.flatMap(\.0), asked.flatMap(\.1))
    }
}
