import Agents
import Foundation
import LanguageModels
import Reports
import Results
@testable import Studies
import Surveys
import Testing

@Suite struct CalibrateStudyTests {
    private let request = { (panel: String) in
        CalibrateStudy.Request(panel: panel, by: "side", methods: ["words"], askAs: ["bio", "portray"])
    }

    private func find(_ planted: PlantedStudy, _ model: CachedModel, jobs: Int = 2) async throws -> CalibrateStudy.Found {
        let study = CalibrateStudy(environment: planted.environment(jobs: jobs))
        let request = request(planted.panel)
        return try await study.find(request, try study.prepare(request), planted.recorder, model)
    }

    @Test func `a model that knows the groups in one shape is found, cooled and confirmed on held-out questions`() async throws {
        let planted = try await PlantedStudy(people: 600, size: 120)
        let found = try await find(planted, planted.model("knowing", PlantedStudy.knowing))
        #expect(found.report.choice.candidate == "words, portray, none")
        // The model is three times too sure; a pull may stand in for the last of the cooling.
        #expect(found.report.choice.temperature >= 2)
        #expect(found.report.verdict == .improvement)
        #expect(found.report.beatsMarginal)
        #expect((found.report.overall.closed?.value ?? 0) > 0.8)
        #expect(found.report.tried == found.candidates.count * 7 * 13 * CalibrateStudy.priorSizes.count)
        #expect(Set(found.report.heldOutQuestions).isDisjoint(with: found.stored.split.calibrationQuestions))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a model without signal yields no improvement`(seed: UInt64) async throws {
        let planted = try await PlantedStudy(seed: seed)
        let found = try await find(
            planted, planted.model("noise") { text, question in
                PlantedStudy.noise("\(seed) \(text.contains("you felt"))", question, sharp: 2)
            })
        #expect(found.report.verdict != .improvement)
        #expect(CalibrateStudy.sentences(found.report, raw: found.raw).contains { $0.hasPrefix("No improvement found") })
    }

    @Test func `a second run asks nothing anew, and any number of jobs gives the same bytes`() async throws {
        let planted = try await PlantedStudy()
        let study = CalibrateStudy(environment: planted.environment(jobs: 1))
        let request = request(planted.panel)
        let prepared = try study.prepare(request)
        func json(_ found: CalibrateStudy.Found) -> String {
            var found = found
            (found.run, found.meter) = ("", CachedModel.Meter())
            return CalibrateStudy.json(found, prepared).written() + CalibrateStudy.text(found, prepared)
        }
        let first = try await find(planted, planted.model("knowing", PlantedStudy.knowing), jobs: 1)
        #expect(first.meter.calls > 0)
        let second = try await find(planted, planted.model("knowing", PlantedStudy.knowing), jobs: 8)
        #expect(second.meter.calls == 0)
        #expect(json(first) == json(second))
        let other = try await PlantedStudy()
        #expect(json(try await find(other, other.model("knowing", PlantedStudy.knowing), jobs: 8)) == json(first))
    }

    @Test func `a calibration is refused on what it was tuned on, and applied to the rest`() async throws {
        let planted = try await PlantedStudy()
        let found = try await find(planted, planted.model("knowing", PlantedStudy.knowing))
        // The same model asked as the calibration chose, by a poll recorded here.
        let study = CalibrateStudy(environment: planted.environment())
        let prepared = try study.prepare(request(planted.panel))
        let speaker = planted.model("knowing", PlantedStudy.knowing)
        let interviewer = Interviewer(speaker, prepared, jobs: 2)
        let asking = Asking(method: found.stored.method, askAs: found.stored.askAs)
        let baseline = try await planted.database.baseline(prepared.survey, progress: .silent)
        var settings = prepared.settings
        settings["ask-as"] = asking.askAs.rawValue
        let poll = try await planted.recorder.beginRun(
            RunHeader(
                kind: "poll", created: "", commandLine: "", version: "", seed: prepared.seed, files: prepared.files,
                models: [RunModel(role: "speaker", identity: speaker.identity)], settings: settings),
            personas: prepared.personas)
        let answers = try await interviewer.ask(prepared.personas, prepared.questions, asking)
        try await planted.recorder.commitStep(run: poll, answers: answers, survey: baseline.digest)
        try await planted.recorder.finishRun(poll, status: .done, tokens: 0, wallSeconds: 0)
        let compare = CompareStudy(environment: planted.environment())
        var request = CompareStudy.Request(runs: [poll], by: "side", bootstrap: 50, calibration: found.run)
        do {
            _ = try await compare.compare(request)
            Issue.record("a comparison on what the calibration was tuned on went through")
        } catch let error as StudyError {
            for question in found.stored.split.calibrationQuestions { #expect("\(error)".contains(question)) }
            #expect("\(error)".contains(found.stored.split.calibrationRespondents[0]))
            #expect(isUsersMistake(error))
        }
        request.heldOut = true
        let run = try await planted.database.run(named: poll)
        let result = try await compare.baseline(run, request, database: planted.database)
        #expect(Set(result.cells.map(\.question)) == Set(found.stored.split.heldOutQuestions))
        #expect(result.summaries[0].humanCount <= found.stored.split.heldOutRespondents.count)
        let plain = try await compare.baseline(
            run, CompareStudy.Request(runs: [poll], questions: found.report.heldOutQuestions, correction: "none", bootstrap: 0),
            database: planted.database)
        #expect(result.summaries[0].similarity.value > plain.summaries[0].similarity.value)
    }

    @Test func `weights that meet margins change the panel's answers and are told`() async throws {
        let planted = try await PlantedStudy(extra: "margins: { side: { Left: 80, Right: 20 } }\nmargins source: Made up")
        let prepared = try CalibrateStudy(environment: planted.environment()).prepare(request(planted.panel))
        let left = prepared.personas.filter { $0.attributes["side"] == "Left" }.reduce(0) { $0 + $1.weight }
        #expect(abs(left / Double(prepared.personas.count) - 0.8) < 1e-9)
        #expect(prepared.notes.contains { $0.hasPrefix("Raked to the margins of side (Made up): effective size 60.0 before,") })
        let empty = try await PlantedStudy(size: 4, extra: "where: { side: Left }\nmargins: { side: { Left: 80, Right: 20 } }")
        #expect(throws: StudyError.self) {
            try CalibrateStudy(environment: empty.environment()).prepare(request(empty.panel))
        }
    }
}
