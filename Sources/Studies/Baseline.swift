import Agents
import Kernel
import Reports
import Results
import Surveys

/// What a poll's answers are read beside: the survey's own people, the questions both answered, and the panel.
struct Baseline: Sendable {
    var run: Run
    /// With one more variable where two were crossed.
    var codebook: Codebook
    /// Names of the variables whose groups are set apart, as asked for: none, one, or two to cross.
    var names: [String]
    /// Those asked that have a baseline and were wanted, in the survey's order.
    var questions: [Question]
    /// Ids of those asked that no human has answered.
    var leftOut: [String]
    /// Respondents in the panel's universe, with their answers to `questions` and the variables of `names` and of the
    /// universe: the rest is not read.
    var humans: [Respondent]
    /// Respondents of the whole survey.
    var surveyed: Int
    var personas: [Persona]
    var answers: [ElicitedAnswer]
    /// Those that apply to the answers, the uncorrected first.
    var corrections: [Correction]

    /// The variable whose groups are set apart, crossed where two were named; `nil` for none.
    var variable: String? { names.count == 2 ? Codebook.crossing(names) : names.first }

    /// The panel's answers under one correction, in the order of its personas.
    func people(_ correction: Correction) -> [PersonAnswer] {
        var people = personas.map { persona in
            var attributes = persona.attributes
            if names.count == 2, let variable { attributes[variable] = codebook.cell(crossing: names, of: attributes) }
            return PersonAnswer(
                persona: persona.id, respondent: persona.respondent, attributes: attributes, shares: [:],
                weight: persona.weight)
        }
        let places = Dictionary(zip(people.map(\.persona), people.indices), uniquingKeysWith: { _, last in last })
        for question in questions {
            for (persona, shares) in PollStudy.persons(answers, question: question, correction: correction) {
                if let place = places[persona] { people[place].shares[question.id] = shares }
            }
        }
        return people
    }

    /// - Parameter yardsticks: From ``yardsticks(on:)``, once for all corrections.
    func comparer(_ correction: Correction, repeats: Int, yardsticks: [String: Yardstick] = [:]) -> Comparer {
        var comparer = Comparer(
            codebook: codebook, questions: questions, humans: humans, people: people(correction),
            correction: correction.rawValue, repeats: repeats)
        comparer.yardsticks = yardsticks
        return comparer
    }

    /// The variables of the yardstick: those named, else what usually tells most.
    func yardstick(_ named: [String]?) throws -> [String] {
        guard let named else {
            return codebook.variable("party") != nil ? ["party"] : names.first.map { [$0] } ?? []
        }
        for name in named where codebook.variable(name) == nil {
            throw StudyError.usage(
                "the survey has no variable '\(name)' for --yardstick; it has "
                    + codebook.variables.map(\.name).joined(separator: ", "))
        }
        return named
    }

    /// What these variables of other respondents foretell, by question. Questions with too few answers have none.
    func yardsticks(on variables: [String]) throws -> [String: Yardstick] {
        guard !variables.isEmpty else { return [:] }
        var fits: [String: Yardstick] = [:]
        for question in questions where !variables.contains(question.id) {
            var stream = RandomStream(seed: run.header.seed, "yardstick", codebook.id, question.id)
            do {
                fits[question.id] = try Yardstick(question, on: variables, of: humans, using: &stream)
            } catch AdjustmentError.tooFew { continue }
        }
        return fits
    }

    /// Who is compared, by what weights, and what to beware of; wrapped for a terminal, with an empty line after it.
    var note: String {
        var lines = [
            "\(run.id) beside \(sanitised(codebook.title)): \(humans.count) of \(surveyed) respondents are in the panel's universe"
                + (codebook.weight.map { "; weighted by \($0)." } ?? "; the survey has no weights.")
        ]
        if !leftOut.isEmpty { lines.append("Left out, no baseline: \(leftOut.joined(separator: ", ")).") }
        for question in questions {
            if let caution = question.caution { lines.append("Caution, \(question.id): \(sanitised(caution))") }
        }
        if let toy = run.toyModel { lines.append(toy) }
        return lines.map { wrapped($0, to: 80) }.joined(separator: "\n") + "\n\n"
    }
}
