import Testing

@testable import Surveys

@Suite struct PersonaWeightTests {
    private let question = Question(
        id: "q", ask: "?", scale: .ordinal, options: (0..<3).map { AnswerOption(code: $0, text: "\($0)") })

    private func person(_ id: String, _ respondent: String?, _ shares: [Double], weight: Double, group: String = "a") -> PersonAnswer {
        PersonAnswer(
            persona: id, respondent: respondent, attributes: ["g": group], shares: ["q": shares], weight: weight)
    }

    @Test func `a comparison averages personas by their weights, and Kish's size sums a respondent's`() throws {
        let humans = (0..<6).map { Respondent(id: "r\($0)", variables: ["g": "a"], answers: ["q": .option($0 % 3)]) }
        let people = [
            person("p", "r0", [1, 0, 0], weight: 3), person("p-2", "r0", [0, 1, 0], weight: 1),
            person("o", "r1", [0, 0, 1], weight: 2),
        ]
        let codebook = Codebook(id: "s", title: "S", questions: [question])
        var draws = Seeded(state: 1)
        let cells = Comparer(
            codebook: codebook, questions: [question], humans: humans, people: people, correction: "none", repeats: 20
        ).compare(by: nil, using: &draws).cells
        let model = try #require(cells.first?.model)
        #expect(zip(model.shares, [3.0 / 6, 1.0 / 6, 2.0 / 6]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(model.count == 3)
        // Respondents weigh 4 and 2: 36 / 20.
        #expect(abs(model.effectiveSize - 1.8) < 1e-12)
    }

    @Test func `calibrated people shrink toward the whole by as much as their group is small`() {
        let model = CalibratedModel(
            choice: CalibrationChoice(candidate: "c", priorSize: 2), tried: 1, tunedDistance: 0, rawTunedDistance: 0,
            questions: [], respondents: [], pooled: [:])
        let people = [
            person("a", "r0", [1, 0, 0], weight: 1, group: "a"), person("b", "r1", [1, 0, 0], weight: 1, group: "a"),
            person("c", "r2", [0, 0, 1], weight: 2, group: "b"),
        ]
        let shrunk = model.applied(to: people, by: "g").map { $0.shares["q"] ?? [] }
        // The whole is half and half; group a has 2 people (trust 1/2), b has 1 (trust 1/3).
        #expect(zip(shrunk[0], [0.75, 0, 0.25]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(zip(shrunk[2], [1.0 / 3, 0, 2.0 / 3]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(model.applied(to: people, by: nil) == people)
    }

    @Test func `shrinkage is chosen where a model exaggerates the groups, and left out where it does not`() throws {
        let survey = PlantedSurvey(questions: 24, people: 400, seed: 6)
        func choice(_ exaggeration: Double) throws -> CalibrationChoice {
            let candidate = survey.candidate("c") { question, group in
                let (own, other) = (survey.truth[question][group], survey.truth[question][1 - group])
                let middle = zip(own, other).map { ($0 + $1) / 2 }
                let far = zip(own, middle).map { max(0, $1 + exaggeration * ($0 - $1)) }
                return far.map { $0 / far.reduce(0, +) }
            }
            let study = try CalibrationStudy(
                questions: survey.questions, humans: survey.humans, candidates: [candidate], by: "g")
            var draws = Seeded(state: 3)
            let parts = try study.parts(
                CalibrationSplit(questions: survey.questions, respondents: survey.humans, using: &draws))
            var calibrator = Calibrator()
            (calibrator.temperatures, calibrator.pulls, calibrator.priorSizes) = ([1], [0], [0, 5, 20, 100, 500])
            return try calibrator.choose(on: parts.calibration)
                .choice
        }
        #expect(try choice(1).priorSize == 0)
        #expect(try choice(3).priorSize >= 20)
    }
}
