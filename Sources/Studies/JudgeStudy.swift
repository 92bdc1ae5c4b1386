import Agents
import LanguageModels
import Reports
import Results
import Surveys
import Worlds

/// A model judges which of several polls' answers to open questions are the more believable.
struct JudgeStudy: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase
    /// Judges in place of the model the environment names.
    var model: CachedModel?

    /// One poll among those compared.
    struct Condition: Sendable {
        var run: Run
        /// What its residents were asked without, in their world or in the poll.
        var without: [World.Ablation]
        /// By person and question; people without one are not there.
        var answers: [String: [String: String]]
        /// Questions put to people who said nothing.
        var silent: Int

        var label: String {
            without.isEmpty ? "full" : "no " + without.map(\.rawValue).joined(separator: ", ")
        }
    }

    /// Whose answers to what are compared.
    struct Material: Sendable {
        var codebook: Codebook
        var questions: [Question]
        var personas: [Persona]
        var conditions: [Condition]
    }

    func compare(_ request: CompareStudy.Request) async throws -> CompareStudy.Comparison {
        guard request.require == nil, request.by == nil, request.correction == nil else {
            throw StudyError.usage("--require, --by and --correct are for questions with options, not for --judge")
        }
        let material = try await material(request)
        let recorder = Recorder(database)
        let judge = if let model { model } else { try await judge(material, store: recorder) }
        guard ElicitationMethod.possible(on: judge.identity).contains(.letters) else {
            throw StudyError.usage("\(judge.identity.name) cannot score the letters of answers, so it cannot judge")
        }
        let units = material.personas.flatMap { persona in material.questions.map { (persona, $0) } }
        let counter = Counter(total: units.count, what: "answers judged", progress: environment.progress)
        let pairs: [JudgedPair]
        do {
            let conditions = material.conditions.count
            let width = judge.width(jobs: environment.jobs, requests: conditions * (conditions - 1))
            pairs = try await concurrently(units, jobs: width) { unit in
                let pairs = try await Self.judged(unit.0, unit.1, material.conditions, judge)
                await counter.advance()
                return pairs
            }.flatMap { $0 }
            try await recorder.settle()
        } catch let error as StudyError {
            throw error
        } catch {
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")), resume: "the same command: what was judged is not asked again")
        }
        guard !pairs.isEmpty else {
            throw StudyError.usage("the polls hold no open question that the same person answered in two of them")
        }
        let result = JudgeResult(
            material: material, judge: judge.identity, pairs: pairs, meter: await judge.meter,
            seed: environment.seed ?? material.conditions[0].run.header.seed)
        return CompareStudy.Comparison(text: result.text, json: result.json.written(), csv: result.csv, unmet: nil)
    }

    /// Every pair of conditions in both orders, for one person and question.
    private static func judged(
        _ persona: Persona, _ question: Question, _ conditions: [Condition], _ judge: CachedModel
    ) async throws -> [JudgedPair] {
        let said = conditions.map { $0.answers[persona.id]?[question.id] }
        var pairs: [JudgedPair] = []
        for first in conditions.indices {
            for second in conditions.indices where first < second {
                guard let one = said[first], let other = said[second] else { continue }
                var pair = JudgedPair(
                    persona: persona.id, question: question.id, category: question.category, first: first,
                    second: second, judgement: .same)
                if Array(one.utf8) != Array(other.utf8) {
                    async let ahead = judge.complete(
                        JudgePrompt.request(persona, question: question.ask, first: one, second: other))
                    async let back = judge.complete(
                        JudgePrompt.request(persona, question: question.ask, first: other, second: one))
                    if let forward = try JudgePrompt.verdict(try await ahead),
                        let backward = try JudgePrompt.verdict(try await back)
                    {
                        pair.judgement = .judged(SwappedPair(forward: forward, backward: backward))
                    } else {
                        pair.judgement = .unread
                    }
                }
                pairs.append(pair)
            }
        }
        return pairs
    }

    private func material(_ request: CompareStudy.Request) async throws -> Material {
        guard request.runs.count >= 2 else {
            throw StudyError.usage("--judge compares polls: name two or more that put the same open questions")
        }
        var conditions: [Condition] = []
        var (surveys, people): ([String], [[Persona]]) = ([], [])
        for name in request.runs {
            let run = try await database.run(named: name)
            guard !conditions.contains(where: { $0.run.id == run.id }) else {
                throw StudyError.usage("\(run.id) is named twice; --judge compares different polls")
            }
            guard run.header.kind == "poll" else {
                throw StudyError.usage("\(run.id) is not a poll: ask its residents with 'populace poll \(run.id) --survey FILE'")
            }
            let recorded = try await database.answers(run: run.id).filter { $0.answer.method == .interview }
            guard let survey = recorded.first?.survey else {
                throw StudyError.usage("\(run.id) put no open question, so there is nothing to judge")
            }
            surveys.append(survey)
            people.append(try await database.personas(run: run.id))
            var answers: [String: [String: String]] = [:]
            for answer in recorded.map(\.answer) where !answer.unparsed {
                answers[answer.persona, default: [:]][answer.question] = answer.text
            }
            conditions.append(
                Condition(
                    run: run, without: try await ablations(of: run), answers: answers,
                    silent: recorded.count { $0.answer.unparsed }))
        }
        for (index, condition) in conditions.enumerated() where surveys[index] != surveys[0] || people[index] != people[0] {
            let what = surveys[index] != surveys[0] ? "another survey" : "other people"
            throw StudyError.usage("\(condition.run.id) asked \(what) than \(conditions[0].run.id); --judge compares answers of the same people to the same questions")
        }
        guard let stored = try await database.survey(surveys[0]) else {
            throw StudyError.usage("\(conditions[0].run.id) asked a survey that is not in the database")
        }
        let wanted = try PollStudy.questions(request.questions, of: stored.codebook)
        return Material(
            codebook: stored.codebook, questions: wanted.filter { $0.scale == .open }, personas: people[0],
            conditions: conditions)
    }

    private func ablations(of poll: Run) async throws -> [World.Ablation] {
        var names = (poll.header.settings["without"] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        if let source = poll.header.source {
            names += try await world(source).world.without.map(\.rawValue)
        }
        return World.Ablation.allCases.filter { names.contains($0.rawValue) }
    }

    private func world(_ run: String) async throws -> LoadedWorld {
        try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run), path: try await database.run(run).header.settings["path"] ?? "")
    }

    /// `--model`, or the model that answered in the first poll.
    private func judge(_ material: Material, store: any CompletionStore) async throws -> CachedModel {
        let poll = material.conditions[0].run
        var section = ModelSection()
        if environment.model == nil, let speaker = poll.header.models.first(where: { $0.role == "speaker" })?.identity {
            section.speaker = ModelSection.Choice(again: speaker, environment: environment)
            if let source = poll.header.source {
                let named = try await world(source).models.speaker
                if named.names(speaker) { section.speaker = named }
            }
            guard speaker.backEnd != "openai" || !section.speaker.servers.isEmpty else {
                throw StudyError.usage("\(poll.id) was answered by a server; name the judge with --model NAME --server URL")
            }
        }
        return try ModelSet.speaker(
            section: section, environment: environment, store: store,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
    }
}
