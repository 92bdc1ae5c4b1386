import Foundation
import Testing

@testable import Surveys

/// Synthetic people whose answers follow from their group and the question, and models that know it, or do not.
struct PlantedSurvey {
    var questions: [Question]
    var humans: [Respondent]
    /// Question x group: what the people answer.
    var truth: [[[Double]]]

    init(questions count: Int, people: Int, options: Int = 4, seed: UInt64) {
        var draws = Seeded(state: seed &* 7919 &+ 1)
        questions = (0..<count).map { index in
            Question(
                id: "q\(index)", ask: "?", scale: .ordinal,
                options: (0..<options).map { AnswerOption(code: $0, text: "\($0)") })
        }
        truth = (0..<count).map { _ in (0..<2).map { _ in Self.shares(options, &draws) } }
        humans = []
        for person in 0..<people {
            var respondent = Respondent(id: "r\(person)", variables: ["g": person % 2 == 0 ? "a" : "b"])
            for question in 0..<count {
                respondent.answers["q\(question)"] = .option(Self.draw(truth[question][person % 2], &draws))
            }
            humans.append(respondent)
        }
    }

    static func shares(_ count: Int, _ draws: inout Seeded) -> [Double] {
        let raw = (0..<count).map { _ in -log(1 - Double.random(in: 0..<1, using: &draws)) }
        return raw.map { $0 / raw.reduce(0, +) }
    }

    static func draw(_ shares: [Double], _ draws: inout Seeded) -> Int {
        var roll = Double.random(in: 0..<1, using: &draws)
        for (index, share) in shares.enumerated() {
            roll -= share
            if roll < 0 { return index }
        }
        return shares.count - 1
    }

    /// A model by a function of question and group.
    func candidate(_ name: String, _ shares: (Int, Int) -> [Double]) -> CalibrationStudy.Candidate {
        CalibrationStudy.Candidate(
            name: name,
            people: humans.enumerated().map { index, human in
                PersonAnswer(
                    persona: human.id, respondent: human.id, attributes: human.variables,
                    shares: Dictionary(uniqueKeysWithValues: questions.indices.map { ("q\($0)", shares($0, index % 2)) }))
            })
    }

    /// Answers that have nothing to do with the people.
    func noise(_ name: String, sharpness: Double, _ draws: inout Seeded) -> CalibrationStudy.Candidate {
        let made = questions.map { question in
            (0..<2).map { _ in tempered(Self.shares(question.options.count, &draws), 1 / sharpness) }
        }
        return candidate(name) { made[$0][$1] }
    }
}

@Suite struct CalibratorTests {
    private func report(
        _ survey: PlantedSurvey, _ candidates: [CalibrationStudy.Candidate], seed: UInt64, repeats: Int = 300
    ) throws -> (CalibratedModel, CalibrationReport) {
        var draws = Seeded(state: seed &+ 17)
        let study = try CalibrationStudy(questions: survey.questions, humans: survey.humans, candidates: candidates, by: "g")
        let split = try CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws)
        let parts = try study.parts(split)
        let model = try Calibrator().choose(on: parts.calibration)
        return (model, try parts.heldOut.report(on: model, repeats: repeats, using: &draws))
    }

    @Test func `a planted truth that was told too surely is recovered on held-out questions`() throws {
        let survey = PlantedSurvey(questions: 20, people: 600, seed: 4)
        var draws = Seeded(state: 9)
        // Candidate "c" knows the truth but is 3 times too sure; the raw model and another know nothing.
        let candidates = [
            survey.noise("raw", sharpness: 2, &draws), survey.noise("b", sharpness: 1, &draws),
            survey.candidate("c") { tempered(survey.truth[$0][$1], 1 / 3.0) },
        ]
        let (model, report) = try report(survey, candidates, seed: 1)
        #expect(model.choice == CalibrationChoice(candidate: "c", temperature: 3))
        #expect(report.verdict == .improvement)
        #expect(report.beatsMarginal)
        #expect(report.tried == 3 * 7 * 13)
        let closed = try #require(report.overall.closed)
        #expect(closed.value > 0.9 && (closed.low ?? 0) > 0.8 && (closed.high ?? 9) < 1.3)
        #expect(report.groups.map(\.group) == ["a", "b"])
        #expect(report.worse.isEmpty && report.certainlyWorse.isEmpty)
        #expect(report.overall.calibrated > report.overall.marginal ?? 1)
        #expect(abs(report.overall.calibrated - report.overall.noiseFloor) < 0.03)
        #expect(Set(report.heldOutQuestions).isDisjoint(with: report.calibrationQuestions))
        #expect(report.heldOutRespondents + report.calibrationRespondents == 600)
    }

    @Test func `a model without signal seldom shows an improvement: at most 7.5% of 200 seeds at 5%`() throws {
        var false5 = 0
        var overRaw = 0
        for seed in 0..<200 as Range<UInt64> {
            let survey = PlantedSurvey(questions: 16, people: 120, options: 3, seed: seed)
            var draws = Seeded(state: seed &+ 1000)
            let candidates = [
                survey.noise("raw", sharpness: 3, &draws), survey.noise("b", sharpness: 1, &draws),
                survey.noise("c", sharpness: 0.5, &draws), survey.noise("d", sharpness: 0.2, &draws),
            ]
            let (_, report) = try report(survey, candidates, seed: seed, repeats: 120)
            if report.verdict == .improvement { false5 += 1 }
            if report.overall.overRaw.isCertain { overRaw += 1 }
        }
        #expect(false5 <= 15)
        // Evening out noise beats noise: that alone is no improvement.
        #expect(overRaw > 100)
    }

    @Test func `one noise is certainly better than another at about the nominal rate`() throws {
        var (better, chosen) = (0, 0)
        for seed in 0..<200 as Range<UInt64> {
            let survey = PlantedSurvey(questions: 16, people: 120, options: 3, seed: seed &+ 300)
            var draws = Seeded(state: seed &+ 2000)
            let candidates = ["raw", "b", "c", "d", "e", "f", "g", "h"].map { survey.noise($0, sharpness: 1, &draws) }
            let study = try CalibrationStudy(questions: survey.questions, humans: survey.humans, candidates: candidates, by: "g")
            let parts = try study.parts(CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws))
            var calibrator = Calibrator()
            (calibrator.temperatures, calibrator.pulls) = ([1], [0])
            let model = try calibrator.choose(on: parts.calibration)
            #expect(model.tried == 8)
            #expect(model.tunedDistance <= model.rawTunedDistance)
            let report = try parts.heldOut.report(on: model, repeats: 120, using: &draws)
            if model.choice.candidate != "raw" { chosen += 1 }
            if report.overall.overRaw.isCertain { better += 1 }
            #expect(report.verdict != .improvement || report.overall.overUniform.isCertain)
        }
        #expect(chosen > 150)
        #expect(better >= 1 && better <= 15)
    }

    @Test func `the test of a gain that is nothing passes about 5% of the time, also with few questions`() {
        for count in [4, 10] {
            var passed = 0
            for seed in 0..<400 as Range<UInt64> {
                var draws = Seeded(state: seed &* 31 &+ UInt64(count))
                func normal() -> Double {
                    (-2 * log(1 - Double.random(in: 0..<1, using: &draws))).squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &draws))
                }
                let people = (0..<30).map { _ in normal() }
                let gains = (0..<count).map { _ in
                    let question = normal()
                    return people.map { question + 0.5 * $0 + normal() }
                }
                func value(_ asked: [Int], _ drawn: [Int]) -> Double {
                    asked.reduce(0) { sum, q in sum + drawn.reduce(0) { $0 + gains[q][$1] } / Double(drawn.count) } / Double(asked.count)
                }
                let drawn = (0..<200).map { _ in
                    value(
                        (0..<count).map { _ in Int.random(in: 0..<count, using: &draws) },
                        (0..<30).map { _ in Int.random(in: 0..<30, using: &draws) })
                }
                let gain = HeldOutGain(value(Array(0..<count), Array(0..<30)), draws: drawn, questions: count, level: 0.05)
                if gain.isCertain { passed += 1 }
                #expect(gain.isCertain == ((gain.p ?? 1) < 0.05))
            }
            #expect(passed <= 30)
            #expect(passed >= 4)
        }
    }

    @Test func `what was tuned on is refused, whatever the split`() throws {
        let survey = PlantedSurvey(questions: 8, people: 100, seed: 2)
        let study = try CalibrationStudy(
            questions: survey.questions, humans: survey.humans,
            candidates: [survey.candidate("raw") { survey.truth[$0][$1] }], by: nil)
        var draws = Seeded(state: 1)
        let one = try study.parts(CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws))
        let two = try study.parts(CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws))
        let model = try Calibrator().choose(on: one.calibration)
        #expect(throws: AdjustmentError.self) { try two.heldOut.report(on: model, using: &draws) }
        #expect(throws: AdjustmentError.tunedOnReported(["q1"])) {
            try CalibrationSplit(
                calibrationQuestions: ["q0", "q1"], heldOutQuestions: ["q1"], calibrationRespondents: ["r0"],
                heldOutRespondents: ["r1"])
        }
        // The raw model is the truth: nothing is left to improve.
        let report = try one.heldOut.report(on: model, repeats: 50, using: &draws)
        #expect(report.verdict != .improvement)
    }

    @Test func `held-out answers change nothing about the choice`() throws {
        var survey = PlantedSurvey(questions: 10, people: 200, seed: 6)
        var draws = Seeded(state: 3)
        let candidates = [survey.noise("raw", sharpness: 1, &draws), survey.candidate("c") { tempered(survey.truth[$0][$1], 0.5) }]
        let split = try CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws)
        func choose() throws -> CalibratedModel {
            try Calibrator().choose(
                on: CalibrationStudy(questions: survey.questions, humans: survey.humans, candidates: candidates, by: "g")
                    .parts(split).calibration)
        }
        let before = try choose()
        let (questions, people) = (Set(split.heldOutQuestions), Set(split.heldOutRespondents))
        for index in survey.humans.indices {
            for question in survey.questions.map(\.id) where questions.contains(question) || people.contains(survey.humans[index].id) {
                survey.humans[index].answers[question] = .option(0)
            }
        }
        #expect(try choose() == before)
    }

    @Test func `groups that calibration harms are named`() throws {
        let survey = PlantedSurvey(questions: 20, people: 600, seed: 12)
        // The raw model knows group b; "c" knows a better and b not at all.
        let candidates = [
            survey.candidate("raw") { question, group in group == 1 ? survey.truth[question][1] : survey.truth[question][0].reversed() },
            survey.candidate("c") { question, group in
                group == 0 ? survey.truth[question][0] : [0.25, 0.25, 0.25, 0.25]
            },
        ]
        let (model, report) = try report(survey, candidates, seed: 5)
        #expect(model.choice.candidate == "c")
        #expect(report.worse == ["b"])
        #expect(report.certainlyWorse == ["b"])
    }

    @Test func `small groups are left out by name, and mixed scales are refused`() throws {
        var survey = PlantedSurvey(questions: 6, people: 100, seed: 3)
        survey.humans[0].variables["g"] = "tiny"
        let (_, report) = try report(survey, [survey.candidate("raw") { survey.truth[$0][$1] }], seed: 1, repeats: 20)
        #expect(report.leftOut == ["tiny"])
        var mixed = survey.questions
        mixed[0].scale = .nominal
        #expect(throws: AdjustmentError.mixedScales) {
            try CalibrationStudy(questions: mixed, humans: survey.humans, candidates: [survey.candidate("raw") { survey.truth[$0][$1] }], by: "g")
        }
    }

    @Test func `tempering and the split keep their promises`() throws {
        #expect(tempered([0.2, 0.8], 1) == [0.2, 0.8])
        #expect(abs(tempered([0.2, 0.8], 0.5)[1] - 0.64 / 0.68) < 1e-12)
        #expect(tempered([1, 0, 0], 5) == [1, 0, 0])
        var survey = PlantedSurvey(questions: 12, people: 90, seed: 1)
        for index in survey.humans.indices { survey.humans[index].cluster = "\(index / 9)" }
        for seed in 0..<50 as Range<UInt64> {
            var draws = Seeded(state: seed)
            let split = try CalibrationSplit(
                questions: survey.questions, respondents: survey.humans,
                block: { ["q0", "q1"].contains($0.id) ? "one" : nil }, using: &draws)
            #expect(split.calibrationQuestions.count + split.heldOutQuestions.count == 12)
            #expect((5...7).contains(split.heldOutQuestions.count))
            #expect(split.heldOutQuestions.contains("q0") == split.heldOutQuestions.contains("q1"))
            let held = Set(split.heldOutRespondents)
            #expect(Set(survey.humans.filter { held.contains($0.id) }.map(\.cluster)).count * 9 == held.count)
            #expect(held.count == 45)
        }
    }

    @Test func `Student's t agrees with its tables`() {
        #expect(near(StudentT.quantile(0.95, degreesOfFreedom: 1), 6.313751515, 1e-8))
        #expect(near(StudentT.quantile(0.975, degreesOfFreedom: 4), 2.776445105, 1e-8))
        #expect(near(StudentT.quantile(0.95, degreesOfFreedom: 9), 1.833112933, 1e-8))
        #expect(near(StudentT.survival(2, degreesOfFreedom: 2), 0.0917517095, 1e-9))
    }
}
