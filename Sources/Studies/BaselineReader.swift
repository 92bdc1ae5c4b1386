import Agents
import Results
import Surveys

/// Reads the baseline of a poll from its database.
struct BaselineReader: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase

    /// - Parameters:
    ///   - by: A variable of the survey, or two of them with a comma between, to cross; `nil` for no groups.
    ///   - wanted: Ids of questions; all that were asked where `nil`.
    ///   - correction: All that apply where `nil`.
    /// - Throws: ``StudyError`` where there is nothing to compare with, saying what to do instead.
    func baseline(
        of run: Run, by: String? = nil, questions wanted: [String]? = nil, correction: String? = nil
    ) async throws -> Baseline {
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
        let universe = try await universe(of: run)
        // People are grouped by what the panel's file says that people like them read.
        let diet = try await diet(by, of: run, stored.codebook)
        var codebook = diet.map { stored.codebook.adding($0.groups) } ?? stored.codebook
        let names = try Self.variables(by, of: codebook)
        let answered = Set(recorded.map(\.answer.question))
        let asked = stored.codebook.questions.filter { answered.contains($0.id) }
        let kept = try wanted.map { try PollStudy.questions($0, of: stored.codebook) }
        let questions = asked.filter { question in question.hasBaseline && (kept.map { $0.contains(question) } ?? true) }
        guard !questions.isEmpty else { throw StudyError.usage("none of the questions asked in \(run.id) has a baseline") }
        // A large survey has hundreds of cells for each of a hundred thousand people: only these are read.
        let all = try await database.respondents(
            ofSurvey: digest, questions: Set(questions.map(\.id)),
            variables: Set(names).union(universe.conditions.map(\.variable)).union(diet.map { [$0.variable] } ?? []))
        var humans = all.filter(universe.contains)
        if let diet { diet.group(&humans) }
        if names.count == 2 {
            let crossing = Codebook.crossing(names)
            codebook = codebook.adding(crossingOf: names, among: humans) ?? codebook
            for index in humans.indices {
                humans[index].variables[crossing] = codebook.cell(crossing: names, of: humans[index].variables)
            }
        }
        let answers = recorded.map(\.answer)
        return Baseline(
            run: run, codebook: codebook, names: names, questions: questions,
            leftOut: asked.filter { !$0.hasBaseline }.map(\.id), humans: humans, surveyed: all.count, personas: personas,
            answers: answers, corrections: try CompareStudy.corrections(correction, answers: answers))
    }

    /// The variables that `--by` names.
    static func variables(_ text: String?, of codebook: Codebook) throws -> [String] {
        let names = (text ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        for name in names where codebook.variable(name) == nil {
            throw StudyError.usage(
                "the survey has no variable '\(name)'; it has \(codebook.variables.map(\.name).joined(separator: ", "))")
        }
        guard Set(names).count == names.count, names.count <= 2 else {
            throw StudyError.usage("--by takes one variable, or two different ones to cross: --by party,sex")
        }
        return names
    }

    /// The universe of the panel, read from the run's stored files.
    private func universe(of run: Run) async throws -> Universe { try await panel(of: run)?.universe ?? Universe() }

    /// `nil` where no panel was asked.
    func panel(of run: Run) async throws -> Panel? {
        guard let path = run.header.settings["panel"] else { return nil }
        let files = try await database.files(ofRun: run.id)
        return try StudyLoader(environment: environment).panel(recorded: files, path: path)
    }
}
