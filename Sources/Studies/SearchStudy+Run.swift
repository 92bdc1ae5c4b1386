import Agents
import Files
import Kernel
import LanguageModels
import Results
import Surveys

extension SearchStudy {
    /// What a search found.
    struct Found: Sendable {
        var run: String
        var plan: Plan
        var outcome: FactSearch.Outcome
        var ablation: FactAblation
        var mixture: PersonaMixture
        /// The typical persona told what was found, and the mixture of all, each beside the unsearched persona.
        var one: SearchReport
        var mixed: SearchReport
        var meter: CachedModel.Meter

        var facts: [Persona.Fact] { outcome.facts.map { plan.candidates[$0] } }
    }

    func search(
        _ request: Request, _ prepared: PollStudy.Prepared, _ recorder: Recorder, _ speaker: CachedModel
    ) async throws -> StudyOutcome {
        let found = try await find(request, prepared, recorder, speaker)
        return StudyOutcome(text: Self.text(found), json: Self.json(found))
    }

    func find(
        _ request: Request, _ prepared: PollStudy.Prepared, _ recorder: Recorder, _ speaker: CachedModel
    ) async throws -> Found {
        let baseline = try await recorder.database.baseline(
            prepared.survey, progress: environment.progress)
        let interviewer = Interviewer(speaker, prepared, jobs: environment.jobs)
        let plan = try plan(request, prepared, try StudyLoader.respondents(prepared.survey), interviewer)
        var settings = prepared.settings
        settings["for"] = request.group
        settings["budget"] = String(request.budget)
        settings["personas"] = String(request.personas)
        settings["facts"] = request.facts?.joined(separator: ",")
        settings["asked"] = plan.asking.name
        settings["ask-as"] = plan.asking.askAs.rawValue
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "search", created: environment.now(), commandLine: environment.commandLine,
                version: populaceVersion, seed: prepared.seed, files: prepared.files,
                models: [RunModel(role: "speaker", model: speaker)], settings: settings),
            personas: plan.personas)
        let clock = ContinuousClock()
        let start = clock.now
        func spent() -> Double { (clock.now - start) / .seconds(1) }
        do {
            let found = try await find(request, plan, run, interviewer, recorder, survey: baseline.digest)
            try await recorder.finishRun(run, status: .done, tokens: found.meter.usage.total, wallSeconds: spent())
            return found
        } catch let error as AdjustmentError {
            try await recorder.finishRun(run, status: .failed, tokens: 0, wallSeconds: spent())
            throw StudyError.usage("\(error)")
        } catch {
            try await recorder.finishRun(run, status: .stopped, tokens: 0, wallSeconds: spent())
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")),
                resume: "the same command: answers already given are not asked again")
        }
    }

    private func find(
        _ request: Request, _ plan: Plan, _ run: String, _ interviewer: Interviewer, _ recorder: Recorder, survey: String
    ) async throws -> Found {
        let all = plan.prepared.questions
        let asked = plan.calibrationQuestions
        let typical = plan.personas[0]
        let counter = Counter(total: request.budget, what: "lists of facts", progress: environment.progress)
        func told(_ facts: [Int]) -> Persona {
            var persona = typical
            persona.facts = facts.map { plan.candidates[$0] }
            return persona
        }
        let search = FactSearch(count: plan.candidates.count, budget: request.budget, minimumGain: Self.leastGain)
        let outcome = try await search.run(from: Array(plan.candidates.indices)) { facts in
            let answers = try await interviewer.ask([told(facts)], asked, plan.asking)
            await counter.advance()
            return plan.calibration.logLikelihood(of: try Self.shares(answers, typical.id, all, asked: asked)) ?? -.infinity
        }
        // What was found is told to everybody in the mixture, each in the words of their own answers.
        let variables = outcome.facts.map { plan.candidates[$0].variable }
        let searched = plan.personas.map { persona in
            var new = persona
            new.id += "-searched"
            new.facts = variables.compactMap { name in persona.facts.first { $0.variable == name } }
            return new
        }
        try await recorder.addPersonas(searched, run: run)
        let plain = try await interviewer.ask([typical], all, plan.asking)
        let answers = try await interviewer.ask(searched, all, plan.asking)
        try await recorder.commitStep(run: run, answers: plain + answers, survey: survey)
        let unsearched = try Self.shares(plain, typical.id, all, asked: all)
        let shares = try searched.map { try Self.shares(answers, $0.id, all, asked: all) }
        let mixture = try PersonaMixture(of: shares, on: plan.calibration)
        let ablation = try await FactAblation(facts: outcome.facts) { facts in
            try Self.shares(try await interviewer.ask([told(facts)], all, plan.asking), typical.id, all, asked: all)
        }
        // Two claims are made, so that each is tested at half the level.
        func report(_ shares: [[Double]], _ name: String, tried: Int) throws -> SearchReport {
            var stream = RandomStream(seed: plan.prepared.seed, "search/report", plan.variable, plan.cell, name)
            return try plan.heldOut.report(
                searched: shares, unsearched: unsearched, tuned: plan.calibration, tried: tried, level: 0.025,
                using: &stream)
        }
        return Found(
            run: run, plan: plan, outcome: outcome, ablation: ablation, mixture: mixture,
            one: try report(shares[0], "one", tried: outcome.tried),
            mixed: try report(mixture.shares(of: shares), "mixture", tried: outcome.tried), meter: await interviewer.speaker.meter)
    }

    /// By question, in the order of all; uniform where it was not asked, so that nothing is looked at there.
    private static func shares(
        _ answers: [ElicitedAnswer], _ persona: String, _ all: [Question], asked: [Question]
    ) throws -> [[Double]] {
        let asked = Set(asked.map(\.id))
        return try all.map { question in
            guard asked.contains(question.id) else {
                return [Double](repeating: 1 / Double(question.options.count), count: question.options.count)
            }
            let given = PollStudy.persons(answers, question: question, correction: .uncorrected)
            guard let shares = given.first(where: { $0.persona == persona })?.shares else {
                throw StudyError.stopped("\(persona) gave no readable answer to \(question.id)", resume: nil)
            }
            return shares
        }
    }

    /// Bounds on what a search would ask.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let prepared = try prepare(request)
        let speaker = try await CalibrateStudy(environment: environment).speaker(prepared, MemoryStore(), database)
        let interviewer = Interviewer(speaker, prepared, jobs: 1)
        let plan = try plan(request, prepared, try StudyLoader.respondents(prepared.survey), interviewer)
        var one = try await CallEstimate(
            speaker.identity, ModelSet.replaced(prepared.models, environment: environment).speaker,
            environment: environment, database: database)
        try await one.add(interviewer.requests([plan.personas[0]], prepared.questions, plan.asking))
        let (all, asked) = (prepared.questions.count, plan.calibrationQuestions.count)
        let lists = Double(request.budget) * Double(asked) / Double(all)
        let interviews = lists + Double(plan.personas.count + plan.candidates.count + 2)
        return one.bound(
            "search", "\(plan.group), at most \(request.budget) lists of \(plan.candidates.count) facts on \(asked) of \(all) questions",
            times: interviews)
    }
}
