import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Results
import Surveys

/// What a calibration chose, with what it was chosen on, as its run keeps it.
struct StoredCalibration: Codable, Sendable {
    var model: CalibratedModel
    var split: CalibrationSplit
    /// Whose groups were calibrated, as in `--by`; empty for none.
    var names: [String]
    /// Id of the survey whose respondents the split is of.
    var survey: String
    var method: ElicitationMethod
    var askAs: AskAs
    var correction: Correction

    /// The variable of the groups, crossed where there are two.
    var variable: String? { names.count == 2 ? Codebook.crossing(names) : names.first }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension CalibrateStudy {
    /// What a calibration found.
    struct Found: Sendable {
        var run: String
        var report: CalibrationReport
        var stored: StoredCalibration
        var candidates: [String]
        var raw: String
        var meter: CachedModel.Meter
    }

    func calibrate(
        _ request: Request, _ prepared: PollStudy.Prepared, _ recorder: Recorder, _ speaker: CachedModel
    ) async throws -> StudyOutcome {
        let found = try await find(request, prepared, recorder, speaker)
        return StudyOutcome(text: Self.text(found, prepared), json: Self.json(found, prepared))
    }

    func find(
        _ request: Request, _ prepared: PollStudy.Prepared, _ recorder: Recorder, _ speaker: CachedModel
    ) async throws -> Found {
        let baseline = try await recorder.database.baseline(
            prepared.survey, progress: environment.progress)
        let names = try BaselineReader.variables(request.by, of: prepared.survey.codebook)
        var (humans, split) = try split(request, prepared, try StudyLoader.respondents(prepared.survey))
        let interviewer = Interviewer(speaker, prepared, jobs: environment.jobs)
        let askings = try askings(request, prepared, interviewer)
        // Everything impossible is said before anything is asked.
        for asking in askings { _ = try interviewer.requests(Array(prepared.personas.prefix(1)), prepared.questions, asking) }
        if names.count == 2 {
            for index in humans.indices {
                humans[index].variables[Codebook.crossing(names)] = prepared.survey.codebook.cell(
                    crossing: names, of: humans[index].variables)
            }
        }
        var settings = prepared.settings
        settings["asked"] = askings.map(\.name).joined(separator: "; ")
        settings["share"] = String(request.share)
        settings["level"] = String(request.level)
        settings["by"] = request.by
        settings["ask-as"] = nil
        let run = try await recorder.beginRun(
            RunHeader(
                kind: "calibrate", created: environment.now(), commandLine: environment.commandLine,
                version: populaceVersion, seed: prepared.seed, files: prepared.files,
                models: [RunModel(role: "speaker", model: speaker)], settings: settings),
            personas: prepared.personas)
        let clock = ContinuousClock()
        let start = clock.now
        var candidates: [CalibrationStudy.Candidate] = []
        var chosenFrom: [(asking: Asking, correction: Correction)] = []
        do {
            let counter = Counter(
                total: askings.count * prepared.personas.count, what: "interviews", progress: environment.progress)
            for asking in askings {
                let answers = try await interviewer.ask(prepared.personas, prepared.questions, asking, counter: counter)
                try await recorder.commitStep(run: run, answers: answers, survey: baseline.digest)
                candidates += Self.candidates(
                    asking, answers, prepared.personas, prepared.questions, names: names,
                    codebook: prepared.survey.codebook)
                chosenFrom += Correction.applicable(to: asking.method).map { (asking, $0) }
            }
            let (model, report) = try judge(request, prepared, humans, split, candidates, names)
            guard let place = candidates.firstIndex(where: { $0.name == model.choice.candidate }) else {
                throw StudyError.stopped("the choice \(model.choice.candidate) is none of the candidates", resume: nil)
            }
            let chosen = chosenFrom[place]
            let stored = StoredCalibration(
                model: model, split: split, names: names, survey: prepared.survey.codebook.id,
                method: chosen.asking.method, askAs: chosen.asking.askAs, correction: chosen.correction)
            try await recorder.addSettings(["calibration": try stored.text()], run: run)
            let meter = await speaker.meter
            try await recorder.finishRun(
                run, status: .done, tokens: meter.usage.total, wallSeconds: (clock.now - start) / .seconds(1))
            return Found(
                run: run, report: report, stored: stored, candidates: candidates.map(\.name), raw: candidates[0].name,
                meter: meter)
        } catch let error as StudyError {
            try await recorder.finishRun(run, status: .failed, tokens: 0, wallSeconds: (clock.now - start) / .seconds(1))
            throw error
        } catch {
            try await recorder.finishRun(run, status: .stopped, tokens: 0, wallSeconds: (clock.now - start) / .seconds(1))
            throw StudyError.stopped(
                String(describe(error).trimmingPrefix("error: ")),
                resume: "the same command: answers already given are not asked again")
        }
    }

    private func judge(
        _ request: Request, _ prepared: PollStudy.Prepared, _ humans: [Respondent], _ split: CalibrationSplit,
        _ candidates: [CalibrationStudy.Candidate], _ names: [String]
    ) throws -> (CalibratedModel, CalibrationReport) {
        try adjusting {
            let variable = names.count == 2 ? Codebook.crossing(names) : names.first
            let study = try CalibrationStudy(
                questions: prepared.questions, humans: humans, candidates: candidates, by: variable)
            let parts = try study.parts(split)
            var calibrator = Calibrator()
            // One group is its own whole.
            if parts.calibration.groups.count > 1 { calibrator.priorSizes = Self.priorSizes }
            let model = try calibrator.choose(on: parts.calibration)
            var stream = RandomStream(seed: prepared.seed, "calibrate/report", prepared.survey.codebook.id)
            return (model, try parts.heldOut.report(on: model, level: request.level, using: &stream))
        }
    }

    /// What a calibration would ask: distinct requests, and how many of them are recorded already.
    public func estimate(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let prepared = try prepare(request)
        let speaker = try await speaker(prepared, MemoryStore(), database)
        let interviewer = Interviewer(speaker, prepared, jobs: 1)
        var estimate = try await CallEstimate(
            speaker.identity, ModelSet.replaced(prepared.models, environment: environment).speaker,
            plan: ModelSet.plan(section: prepared.models, environment: environment), environment: environment,
            database: database)
        let askings = try askings(request, prepared, interviewer)
        for asking in askings {
            try await estimate.add(interviewer.requests(prepared.personas, prepared.questions, asking))
        }
        let what = "\(counted(prepared.personas.count, "person", "people")) x \(prepared.questions.count) questions x \(counted(askings.count, "way", "ways")) of asking"
        return estimate.outcome("calibrate", what, people: prepared.personas.count, questions: prepared.questions.count)
    }
}
