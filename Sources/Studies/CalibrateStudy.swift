import Agents
import Files
import Foundation
import Kernel
import LanguageModels
import Results
import Surveys

/// Chooses how to ask a panel, and how to correct its answers, on one part of questions and people, and judges the
/// choice on the rest.
public struct CalibrateStudy: Sendable {
    public struct Request: Sendable {
        /// A panel file.
        public var panel: String
        public var by: String?
        public var questions: [String]?
        public var methods: [String]?
        public var askAs: [String]?
        /// `ordinal` or `nominal`; where `nil`, whichever has more questions.
        public var scale: String?
        /// Of questions and of respondents, that goes to calibration, 0...1.
        public var share: Double
        /// Of the one-sided tests.
        public var level: Double

        public init(
            panel: String, by: String? = nil, questions: [String]? = nil, methods: [String]? = nil,
            askAs: [String]? = nil, scale: String? = nil, share: Double = 0.5, level: Double = 0.05
        ) {
            self.panel = panel
            self.by = by
            self.questions = questions
            self.methods = methods
            self.askAs = askAs
            self.scale = scale
            self.share = share
            self.level = level
        }
    }

    /// n0 that are tried, in personas.
    static let priorSizes: [Double] = [0, 5, 20, 100, 500]

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    public func calibrate(_ request: Request) async throws -> StudyOutcome {
        let database = try environment.openDatabase()
        let recorder = Recorder(database)
        let prepared = try prepare(request)
        return try await calibrate(request, prepared, recorder, try await speaker(prepared, recorder, database))
    }

    func speaker(
        _ prepared: PollStudy.Prepared, _ store: any CompletionStore, _ database: ResultsDatabase
    ) async throws -> CachedModel {
        try ModelSet.speaker(
            section: prepared.models, environment: environment, store: store,
            recorded: environment.offline ? try await database.recordedIdentities() : [])
    }

    /// - Throws: ``StudyError`` where the split, the scale or the level make no sense.
    func prepare(_ request: Request) throws -> PollStudy.Prepared {
        guard request.share > 0, request.share < 1 else {
            throw StudyError.usage("--share is the part that goes to calibration, above 0 and below 1")
        }
        guard request.level > 0, request.level < 0.5 else {
            throw StudyError.usage("--level is that of a one-sided test, above 0 and below 0.5")
        }
        var prepared = try PollStudy(environment: environment).prepare(
            PollStudy.Request(whom: request.panel, questions: request.questions))
        guard prepared.panel != nil else { throw StudyError.usage("\(request.panel) is no panel, and only a panel has people beside it") }
        _ = try BaselineReader.variables(request.by, of: prepared.survey.codebook)
        let (scale, left) = try Self.scale(request.scale, of: prepared.questions.filter(\.hasBaseline))
        prepared.questions = prepared.questions.filter { $0.hasBaseline && $0.scale == scale }
        if !left.isEmpty {
            let other = scale == .ordinal ? "nominal" : "ordinal"
            prepared.notes.append("Left out, of another scale (--scale \(other) calibrates them): \(left.joined(separator: ", ")).")
        }
        guard prepared.questions.count >= 4 else {
            throw StudyError.usage(
                "a calibration needs 4 \(scale.rawValue) questions with answers at least, 2 for either part; there are \(prepared.questions.count)")
        }
        return prepared
    }

    /// The scale to calibrate, and the questions of the other one.
    static func scale(_ name: String?, of questions: [Question]) throws -> (Scale, [String]) {
        let ordinal = questions.filter { $0.scale == .ordinal }.map(\.id)
        let nominal = questions.filter { $0.scale == .nominal }.map(\.id)
        switch name {
        case nil: return ordinal.count >= nominal.count ? (.ordinal, nominal) : (.nominal, ordinal)
        case "ordinal": return (.ordinal, nominal)
        case "nominal": return (.nominal, ordinal)
        case .some(let other): throw StudyError.usage("--scale \(other) is unknown; it may be ordinal or nominal")
        }
    }

    /// The panel's humans, in two parts with the questions.
    func split(
        _ request: Request, _ prepared: PollStudy.Prepared, _ respondents: [Respondent]
    ) throws -> (humans: [Respondent], split: CalibrationSplit) {
        let universe = prepared.panel?.universe ?? Universe()
        let humans = respondents.filter(universe.contains)
        var stream = RandomStream(seed: prepared.seed, "calibrate/split", prepared.survey.codebook.id)
        let split = try adjusting {
            try CalibrationSplit(
                questions: prepared.questions, respondents: humans, calibrationShare: request.share,
                block: \.category, using: &stream)
        }
        return (humans, split)
    }

    /// How it is asked: the beginnings of every candidate.
    func askings(_ request: Request, _ prepared: PollStudy.Prepared, _ interviewer: Interviewer) throws -> [Asking] {
        try Asking.all(
            methods: request.methods, askAs: request.askAs, questions: prepared.questions,
            possible: interviewer.possible)
    }

    /// The candidates that one way of asking yields: one a correction.
    static func candidates(
        _ asking: Asking, _ answers: [ElicitedAnswer], _ personas: [Persona], _ questions: [Question], names: [String],
        codebook: Codebook
    ) -> [CalibrationStudy.Candidate] {
        Correction.applicable(to: asking.method).map { correction in
            var people = personas.map { persona in
                var attributes = persona.attributes
                if names.count == 2 {
                    attributes[Codebook.crossing(names)] = codebook.cell(crossing: names, of: attributes)
                }
                return PersonAnswer(
                    persona: persona.id, respondent: persona.respondent, attributes: attributes, shares: [:],
                    weight: persona.weight)
            }
            let places = Dictionary(zip(people.map(\.persona), people.indices), uniquingKeysWith: { first, _ in first })
            for question in questions {
                for (persona, shares) in PollStudy.persons(answers, question: question, correction: correction) {
                    if let place = places[persona] { people[place].shares[question.id] = shares }
                }
            }
            return CalibrationStudy.Candidate(name: "\(asking.name), \(correction.rawValue)", people: people)
        }
    }
}

/// Runs a computation of `Surveys`; what it cannot do is said as a user reads it.
func adjusting<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as AdjustmentError { throw StudyError.usage("\(error)") }
}
