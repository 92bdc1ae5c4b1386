import Agents
import Files
import Foundation
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

        public init(
            runs: [String], by: String? = nil, questions: [String]? = nil, correction: String? = nil,
            require: String? = nil, bootstrap: Int = 1000, judge: Bool = false
        ) {
            self.judge = judge
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
        if request.runs.count == 2 {
            let other = try await database.run(named: request.runs[1])
            return try await RunPair(database: database).compare(run, other, request)
        }
        guard request.runs.count == 1 else { throw StudyError.usage("compare takes one run, or two; with --judge two or more") }
        if run.header.kind == "run" {
            let town = try await TownOverTime(database: database).series(of: run, questions: request.questions)
            return Comparison(text: town.text, json: town.json.written(), csv: town.csv, unmet: nil)
        }
        let result = try await baseline(run, request, database: database)
        return Comparison(
            text: result.note + ComparisonText.rendered(
                summaries: result.summaries, cells: result.cells, everyGroup: request.by != nil),
            json: ComparisonExport.json(summaries: result.summaries, cells: result.cells).written(),
            csv: ComparisonExport.csv(cells: result.cells),
            unmet: try request.require.flatMap { try Requirement($0).unmet(result.summaries) })
    }

    struct Result {
        var cells: [ComparisonCell]
        var summaries: [ComparisonSummary]
        var questions: [Question]
        var note: String
    }

    /// A panel's answers beside the people it was drawn from.
    func baseline(_ run: Run, _ request: Request, database: ResultsDatabase) async throws -> Result {
        let recorded = try await database.answers(run: run.id)
        guard let digest = recorded.compactMap(\.survey).first, let stored = try await database.survey(digest) else {
            throw StudyError.usage("\(run.id) asked a survey that is not in the database; there is nothing to compare with")
        }
        let personas = try await database.personas(run: run.id)
        guard personas.contains(where: { $0.respondent != nil }) else {
            throw StudyError.usage(
                "\(run.id) asked people who were written by hand, who stand for no population: there is no baseline to compare them with; compare two runs instead")
        }
        guard recorded.contains(where: { $0.answer.method != .interview }) else { throw StudyError.onlyOpen([run.id]) }
        let plain = stored.codebook
        let names = (request.by ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        for name in names where plain.variable(name) == nil {
            throw StudyError.usage(
                "the survey has no variable '\(name)'; it has \(plain.variables.map(\.name).joined(separator: ", "))")
        }
        guard Set(names).count == names.count, names.count <= 2 else {
            throw StudyError.usage("--by takes one variable, or two different ones to cross: --by party,sex")
        }
        let all = try await database.respondents(ofSurvey: digest)
        let universe = try await universe(of: run, database: database)
        var humans = all.filter(universe.contains)
        let by = names.count == 2 ? Codebook.crossing(names) : names.first
        let codebook = names.count == 2 ? plain.adding(crossingOf: names, among: humans) ?? plain : plain
        if names.count == 2, let by {
            for index in humans.indices {
                humans[index].variables[by] = plain.cell(crossing: names, of: humans[index].variables)
            }
        }
        let asked = codebook.questions.filter { question in recorded.contains { $0.answer.question == question.id } }
        let wanted = try request.questions.map { try PollStudy.questions($0, of: codebook) }
        let questions = asked.filter { question in
            question.hasBaseline && (wanted.map { $0.contains(question) } ?? true)
        }
        guard !questions.isEmpty else { throw StudyError.usage("none of the questions asked in \(run.id) has a baseline") }
        let answers = recorded.map(\.answer)
        let corrections = try Self.corrections(request.correction, answers: answers)
        var (cells, summaries): ([ComparisonCell], [ComparisonSummary]) = ([], [])
        for correction in corrections {
            let people = personas.map { persona in
                var attributes = persona.attributes
                if names.count == 2, let by { attributes[by] = plain.cell(crossing: names, of: attributes) }
                return PersonAnswer(
                    persona: persona.id, respondent: persona.respondent, attributes: attributes, shares: [:])
            }
            var byId: [String: Int] = [:]
            for (index, person) in people.enumerated() { byId[person.persona] = index }
            var filled = people
            for question in questions {
                for (persona, shares) in PollStudy.persons(answers, question: question, correction: correction) {
                    if let index = byId[persona] { filled[index].shares[question.id] = shares }
                }
            }
            let comparer = Comparer(
                codebook: codebook, questions: questions, humans: humans, people: filled,
                correction: correction.rawValue, repeats: request.bootstrap)
            // The same resamples for every correction, so that their differences are not chance.
            var stream = RandomStream(seed: run.header.seed, "compare", codebook.id)
            let compared = comparer.compare(by: by, using: &stream)
            cells += compared.cells
            summaries += compared.summaries
        }
        let outside = asked.filter { !$0.hasBaseline }.map(\.id)
        var note = "\(run.id) beside \(sanitised(codebook.title)): \(humans.count) of \(all.count) respondents are in the panel's universe"
        note += codebook.weight == nil ? "; the survey has no weights.\n" : "; weighted by \(codebook.weight ?? "").\n"
        if !outside.isEmpty { note += "Left out, no baseline: \(outside.joined(separator: ", ")).\n" }
        for question in questions { if let caution = question.caution { note += "Caution, \(question.id): \(sanitised(caution))\n" } }
        if let toy = run.toyModel { note += toy + "\n" }
        let lines = note.split(separator: "\n").map { wrapped(String($0), to: 80) }
        return Result(cells: cells, summaries: summaries, questions: questions, note: lines.joined(separator: "\n") + "\n\n")
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

    /// The universe of the panel, read from the run's stored files.
    private func universe(of run: Run, database: ResultsDatabase) async throws -> Universe {
        guard let path = run.header.settings["panel"] else { return Universe() }
        let files = try await database.files(ofRun: run.id)
        return try StudyLoader(environment: environment).panel(recorded: files, path: path).universe
    }
}

/// `skill>0.3`, `similarity>=0.9`: what `--require` asks of the summaries over all.
struct Requirement {
    let text: String
    let name: String
    let atLeast: Bool
    let threshold: Double

    init(_ text: String) throws {
        let parts = text.split(separator: ">", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 2, ["skill", "similarity"].contains(parts[0]),
            let threshold = Double(parts[1].hasPrefix("=") ? String(parts[1].dropFirst()) : parts[1])
        else { throw StudyError.usage("--require '\(text)' is not understood; write 'skill>0.3' or 'similarity>=0.9'") }
        (self.text, name, atLeast, self.threshold) = (text, parts[0], parts[1].hasPrefix("="), threshold)
    }

    /// Every correction and scale must meet it: the best is never picked.
    func unmet(_ summaries: [ComparisonSummary]) throws -> String? {
        for summary in summaries where summary.group == nil {
            let value = name == "skill" ? summary.skill : summary.similarity.value
            let met = value.map { atLeast ? $0 >= threshold : $0 > threshold } ?? false
            if !met {
                return "unmet: \(text): \(name) of the \(summary.scale.rawValue) items, correction \(summary.correction), is \(value.map { fixed($0, decimals: 3) } ?? "undefined")"
            }
        }
        return nil
    }
}
