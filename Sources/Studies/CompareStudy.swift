import Agents
import Kernel
import Reports
import Results
import Surveys

/// Answers beside the human baseline, over time, or beside another run.
public struct CompareStudy: Sendable {
    public struct Request: Sendable {
        public var runs: [String]
        public var by: String?
        public var questions: [String]?
        public var correction: String?
        public var require: String?
        public var bootstrap: Int
        /// Whether a model judges the answers to open questions.
        public var judge: Bool
        /// Variables of the yardstick; the survey's `party`, else the first of `by`, where `nil`; none where empty.
        public var yardstick: [String]?
        /// A run of `calibrate` whose choice is applied; `nil` for none.
        public var calibration: String?
        /// Whether what the calibration was tuned on is left out rather than refused.
        public var heldOut: Bool

        public init(
            runs: [String], by: String? = nil, questions: [String]? = nil, correction: String? = nil,
            require: String? = nil, bootstrap: Int = 1000, judge: Bool = false, yardstick: [String]? = nil,
            calibration: String? = nil, heldOut: Bool = false
        ) {
            self.yardstick = yardstick
            self.judge = judge
            self.calibration = calibration
            self.heldOut = heldOut
            self.runs = runs
            self.by = by
            self.questions = questions
            self.correction = correction
            self.require = require
            self.bootstrap = bootstrap
        }
    }

    public struct Comparison: Sendable {
        public var text: String
        public var json: String
        public var csv: String
        /// Why `--require` is not met; `nil` when it is.
        public var unmet: String?
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    public func compare(_ request: Request) async throws -> Comparison {
        let database = try environment.openExisting()
        guard let first = request.runs.first else { throw StudyError.usage("name a run to compare") }
        if request.judge {
            return try await JudgeStudy(environment: environment, database: database).compare(request)
        }
        let run = try await database.run(named: first)
        if run.header.kind == "experiment" {
            throw StudyError.usage(
                "\(run.id) is an experiment: its arms are compared beside people in 'populace show \(run.id)', and its decisions are in 'populace export \(run.id)'")
        }
        if request.runs.count == 2 {
            let other = try await database.run(named: request.runs[1])
            return try await RunPair(environment: environment, database: database).compare(run, other, request)
        }
        guard request.runs.count == 1 else { throw StudyError.usage("compare takes one run, or two; with --judge two or more") }
        if run.header.kind == "run" {
            let town = try await TownOverTime(database: database).series(of: run, questions: request.questions)
            return Comparison(text: town.text, json: town.json.written(), csv: town.csv, unmet: nil)
        }
        let result = try await baseline(run, request, database: database)
        return Comparison(
            text: result.note
                + ComparisonText.rendered(
                    summaries: result.summaries, cells: result.cells, everyGroup: request.by != nil)
                + ComparisonFindings.rendered(result.panels, yardstick: result.yardstick),
            json: ComparisonExport.json(result.panels, yardstick: result.yardstick).written(),
            csv: ComparisonExport.csv(cells: result.cells),
            unmet: try request.require.flatMap { try Requirement($0).unmet(result.summaries) })
    }

    struct Result {
        /// One a correction.
        var panels: [ComparedPanel]
        var yardstick: [String]
        var questions: [Question]
        var note: String

        var cells: [ComparisonCell] { panels.flatMap(\.cells) }
        var summaries: [ComparisonSummary] { panels.flatMap(\.summaries) }
    }

    /// A panel's answers beside the people it was drawn from.
    func baseline(_ run: Run, _ request: Request, database: ResultsDatabase) async throws -> Result {
        let baseline = try await BaselineReader(environment: environment, database: database).baseline(
            of: run, by: request.by, questions: request.questions, correction: request.correction)
        let variables = try baseline.yardstick(request.yardstick)
        if let name = request.calibration {
            let calibrated = try await CalibratedBaseline(
                baseline, calibration: name, heldOut: request.heldOut, database: database)
            var stream = RandomStream(seed: run.header.seed, "compare", baseline.codebook.id)
            let yardsticks = try calibrated.baseline.yardsticks(on: variables)
            var comparer = calibrated.comparer(repeats: request.bootstrap)
            comparer.yardsticks = yardsticks
            return Result(
                panels: [comparer.compare(by: baseline.variable, using: &stream)],
                yardstick: yardsticks.isEmpty ? [] : variables, questions: calibrated.baseline.questions,
                note: wrapped(calibrated.note) + "\n" + calibrated.baseline.note)
        }
        let yardsticks = try baseline.yardsticks(on: variables)
        let panels = baseline.corrections.map { correction in
            // The same resamples for every correction, so that their differences are not chance.
            var stream = RandomStream(seed: run.header.seed, "compare", baseline.codebook.id)
            return baseline.comparer(correction, repeats: request.bootstrap, yardsticks: yardsticks).compare(
                by: baseline.variable, using: &stream)
        }
        return Result(
            panels: panels, yardstick: yardsticks.isEmpty ? [] : variables, questions: baseline.questions,
            note: baseline.note)
    }

    static func corrections(_ name: String?, answers: [ElicitedAnswer]) throws -> [Correction] {
        let methods = ElicitationMethod.allCases.filter { method in answers.contains { $0.method == method } }
        let applicable = Correction.allCases.filter { correction in
            methods.allSatisfy { Correction.applicable(to: $0).contains(correction) }
        }
        guard let name else { return applicable }
        guard let correction = Correction(rawValue: name), applicable.contains(correction) else {
            throw StudyError.usage(
                "--correct \(name) does not apply here; \(applicable.map(\.rawValue).joined(separator: ", ")) do")
        }
        return [correction]
    }
}
