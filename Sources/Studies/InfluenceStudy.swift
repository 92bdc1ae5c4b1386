import Agents
import Kernel
import LanguageModels
import Results
import Surveys
import Worlds

/// Where an answer comes from: each thing that the person was told or had in mind is left out in turn, and the answer
/// asked for again.
///
/// It is the influence of words in the prompt on this model, never of what the model was trained on.
struct InfluenceStudy: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase

    /// Something that an answer was given with.
    struct Part: Hashable, Sendable {
        /// The variable of a fact, `believes`, `work`, ...; `memory (reflection)`.
        var kind: String
        var text: String
        /// What `show` takes, for memories: `run-1/rosa-delgado/12`.
        var address: String?
        fileprivate var told: Persona.Part?
        /// `nil` for what is no article.
        var reading: Reading?
    }

    /// What is left out in turn.
    enum Scope: Sendable {
        case everything
        /// Articles: all that is told besides stays.
        case reading
    }

    /// What all articles of one source do to an answer.
    struct SourceEffect: Sendable {
        /// The folder.
        var source: String
        /// Of its articles among the parts.
        var places: [Int]
        /// Shares with them minus shares without.
        var effect: [Double]
    }

    /// One person's answer to one question at one time.
    struct Answered: Sendable {
        var persona: Persona
        var question: Question
        var time: SimulationTime?
        var parts: [Part]
        var influence: AnswerInfluence
        /// By path.
        var sources: [SourceEffect]
    }

    struct Found: Sendable {
        var run: Run
        var correction: Correction
        var answers: [Answered]
        var meter: CachedModel.Meter
    }

    /// An answer to be asked for again, with and without each part.
    private struct Work: Sendable {
        var persona: Persona
        var question: Question
        var time: SimulationTime?
        var method: ElicitationMethod
        var elicitor: Elicitor
        var speaker: CachedModel
        /// In the order in which they were told; `nil` for a person without a memory stream.
        var memories: [Memory]?
        var parts: [Part]
        /// What was recorded.
        var shares: [Double]

        /// The persona and memory lines without the parts at these places.
        func told(without places: Set<Int>) -> (Persona, String?) {
            let persona = persona.without(places.sorted().compactMap { parts[$0].told })
            guard let memories else { return (persona, nil) }
            let first = parts.count - parts.count { $0.address != nil }
            let left = memories.enumerated().filter { !places.contains(first + $0.offset) }.map(\.element.text)
            // Without any the persona would say what it remembers in their stead.
            return (persona, left.joined(separator: "\n"))
        }

        /// Places of the articles of each source, by its path.
        var sources: [(source: String, places: [Int])] {
            let read = parts.indices.filter { parts[$0].reading != nil }
            let places = Dictionary(grouping: read) { parts[$0].reading?.article.source ?? "" }
            return places.keys.sorted(by: precedes).map { ($0, places[$0] ?? []) }
        }

        /// Everything told, nothing told, all but each part, and all but each source's articles.
        var variants: [Set<Int>] {
            [[], Set(parts.indices)] + parts.indices.map { [$0] } + sources.map { Set($0.places) }
        }
    }

    /// - Parameters:
    ///   - persona: Only theirs.
    ///   - questions: Ids; all where `nil`.
    /// - Throws: ``StudyError`` where answers were sampled, so that chance would move them, or the model is another.
    func influence(
        of run: Run, persona: String? = nil, questions: [String]? = nil, correction: Correction = .uncorrected,
        scope: Scope = .everything, store: Recorder
    ) async throws -> Found {
        let work = try await prepare(run, persona, questions, correction, scope, store)
        let counter = Counter(total: work.count, what: "answers traced", progress: environment.progress)
        let jobs = work.contains { $0.speaker.identity.backEnd == "llama" } ? 1 : environment.jobs
        let answers = try await concurrently(work, jobs: jobs) { one in
            var shares: [[Double]] = []
            for variant in one.variants {
                let (persona, memories) = one.told(without: variant)
                let answers = try await one.elicitor.elicit(
                    persona, questions: [one.question], method: one.method, seed: run.header.seed, memories: memories
                ) { try await one.speaker.complete($0) }
                guard let found = correction.shares(answers, optionCount: one.question.options.count) else {
                    throw StudyError.usage("the model gives no shares for \(one.question.id) without some of what was told")
                }
                shares.append(found)
            }
            guard shares[0] == one.shares else {
                throw StudyError.usage(
                    "asked again, \(one.persona.id) answers \(one.question.id) otherwise than recorded: the poll was made by another version or model")
            }
            await counter.advance()
            let each = shares.dropFirst(2).prefix(one.parts.count)
            let sources = zip(one.sources, shares.dropFirst(2 + one.parts.count)).map { source, without in
                SourceEffect(
                    source: source.source, places: source.places, effect: zip(shares[0], without).map { $0 - $1 })
            }
            return Answered(
                persona: one.persona, question: one.question, time: one.time, parts: one.parts,
                influence: AnswerInfluence(whole: shares[0], bare: shares[1], without: Array(each)), sources: sources)
        }
        try await store.settle()
        return Found(run: run, correction: correction, answers: answers, meter: await CachedModel.Meter(of: work.map(\.speaker)))
    }

    /// What ``influence(of:persona:questions:correction:scope:store:)`` would ask.
    func estimate(
        of run: Run, persona: String? = nil, questions: [String]? = nil, scope: Scope = .everything, store: Recorder
    ) async throws -> StudyOutcome {
        let work = try await prepare(run, persona, questions, .uncorrected, scope, store)
        let identities = work.reduce(into: [ModelIdentity]()) { if !$0.contains($1.speaker.identity) { $0.append($1.speaker.identity) } }
        guard identities.count == 1, let identity = identities.first else {
            throw StudyError.usage("the residents of \(run.id) answered with different models; there is no --dry-run of that")
        }
        let section = ModelSet.section(again: identity, of: run, environment: environment)
        var estimate = try await CallEstimate(
            identity, section.speaker, plan: ModelSet.plan(section: section, environment: environment),
            environment: environment, database: database)
        for one in work {
            for variant in one.variants {
                let (persona, memories) = one.told(without: variant)
                try await estimate.add(
                    one.elicitor.requests(
                        persona, questions: [one.question], method: one.method, seed: run.header.seed, memories: memories))
            }
        }
        return estimate.outcome(
            "influence", "\(work.count) answers, each part left out in turn",
            people: Set(work.map(\.persona.id)).count, questions: Set(work.map(\.question.id)).count)
    }

    private func prepare(
        _ run: Run, _ persona: String?, _ questions: [String]?, _ correction: Correction, _ scope: Scope, _ store: Recorder
    ) async throws -> [Work] {
        let recorded = try await database.answers(run: run.id).filter { persona == nil || $0.answer.persona == persona }
        let people = try await database.personas(run: run.id)
        if let persona, !people.contains(where: { $0.id == persona }) {
            throw StudyError.usage("\(run.id) has nobody called '\(persona)'; see 'populace show \(run.id)'")
        }
        if recorded.contains(where: { $0.answer.method == .sample }) {
            throw StudyError.usage("answers drawn by 'sample' move by chance; poll with --method words or letters")
        }
        let codebooks = try await environment.codebooks(of: run, recorded, in: database)
        guard !codebooks.isEmpty else {
            throw StudyError.usage("\(run.id) holds no answers to a survey; poll it first: populace poll \(run.id) --survey FILE")
        }
        let answered = Set(recorded.map(\.answer.question))
        if let unknown = questions?.first(where: { !answered.contains($0) }) {
            throw StudyError.usage("\(run.id) did not ask '\(unknown)'; it asked \(answered.sorted(by: precedes).joined(separator: ", "))")
        }
        guard let askAs = AskAs(rawValue: run.header.settings["ask-as"] ?? "bio") else {
            throw StudyError.usage("\(run.id) does not say how it was asked")
        }
        let recalled = try await recalled(run, recorded)
        var speakers: [ModelIdentity: CachedModel] = [:]
        var work: [Work] = []
        for group in Self.grouped(recorded, questions) {
            guard let first = group.first, let persona = people.first(where: { $0.id == first.answer.persona }),
                let codebook = codebooks.first(where: { $0.question(first.answer.question) != nil }),
                let question = codebook.question(first.answer.question)
            else { continue }
            guard let shares = correction.shares(group.map(\.answer), optionCount: question.options.count) else {
                throw StudyError.usage("--correct \(correction.rawValue) does not apply to answers by \(first.answer.method.rawValue)")
            }
            let memories = first.answer.completions.first.flatMap { recalled["\(persona.id)\u{0}\($0)"] }
            var parts = persona.parts(remembering: memories == nil).map { part in
                Part(kind: part.kind, text: part.text, told: part, reading: part.article.map { persona.read[$0] })
            }
            if scope == .reading { parts.removeAll { $0.reading == nil } }
            parts += (scope == .reading ? [] : memories ?? []).map { memory in
                Part(
                    kind: "memory (\(memory.kind.rawValue))", text: memory.text,
                    address: "\(run.header.source ?? run.id)/\(persona.id)/\(memory.sequence)")
            }
            let speaker = try speaker(of: persona.id, run, store, &speakers)
            work.append(
                Work(
                    persona: persona, question: question, time: first.time, method: first.answer.method,
                    elicitor: Elicitor(
                        setting: SurveySetting(codebook), askAs: askAs,
                        possible: ElicitationMethod.possible(on: speaker.identity)),
                    speaker: speaker, memories: memories, parts: parts, shares: shares))
        }
        guard !work.isEmpty else {
            throw StudyError.usage("\(run.id) holds no answers to questions with options" + (persona.map { " by '\($0)'" } ?? ""))
        }
        return work
    }

    /// The model that somebody answered with: as it was, or not at all.
    private func speaker(
        of persona: String, _ run: Run, _ store: Recorder, _ made: inout [ModelIdentity: CachedModel]
    ) throws -> CachedModel {
        let models = run.header.models
        guard let identity = (models.first { $0.role == "speaker/\(persona)" } ?? models.first { $0.role == "speaker" })?.identity
        else { throw StudyError.usage("\(run.id) does not name the model that answered") }
        if let there = made[identity] { return there }
        let speaker = try ModelSet.model(again: identity, of: run, environment: environment, store: store)
        made[identity] = speaker
        return speaker
    }

    /// Answers of one person to one question at one time, in the order recorded, without open ones.
    private static func grouped(_ recorded: [RecordedAnswer], _ questions: [String]?) -> [[RecordedAnswer]] {
        struct Asked: Hashable { var persona: String, question: String, time: SimulationTime? }
        var groups: [Asked: [RecordedAnswer]] = [:]
        var order: [Asked] = []
        for answer in recorded
        where answer.answer.method != .interview && questions?.contains(answer.answer.question) != false {
            let asked = Asked(persona: answer.answer.persona, question: answer.answer.question, time: answer.time)
            if groups[asked] == nil { order.append(asked) }
            groups[asked, default: []].append(answer)
        }
        return order.compactMap { groups[$0] }
    }

    /// The memories that came to mind, as told, by persona and completion; empty where nobody has a memory stream.
    private func recalled(_ run: Run, _ answers: [RecordedAnswer]) async throws -> [String: [Memory]] {
        let people = Set(answers.map(\.answer.persona))
        var streams: [String: [Int: Memory]] = [:]
        var found: [String: [Memory]] = [:]
        for use in try await database.uses(run: run.id).map(\.use) where use.purpose == "poll" {
            guard let persona = use.persona, people.contains(persona), !use.recalled.isEmpty else { continue }
            if streams[persona] == nil {
                let memories = try await database.memories(run: run.header.source ?? run.id, resident: persona)
                streams[persona] = Dictionary(uniqueKeysWithValues: memories.map { ($0.sequence, $0) })
            }
            found["\(persona)\u{0}\(use.completion)"] = use.recalled.map(\.memory).sorted().compactMap { streams[persona]?[$0] }
        }
        return found
    }
}
