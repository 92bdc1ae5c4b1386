import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Surveys

/// Argyle's second study: a vote predicted from what people say of themselves, judged person by person.
///
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, study 2.
struct VoteReplication: ReplicationDesign {
    let study: Replication
    let codebook: Codebook
    let respondents: [Respondent]
    /// With the study's own statement.
    let question: Question
    let personas: [Persona]
    /// By persona: whether they chose the first option.
    let truth: [Bool]

    init(_ study: Replication, _ codebook: Codebook, _ respondents: [Respondent]) throws {
        guard let id = study.questions.first, var question = codebook.question(id) else {
            throw StudyError.usage("a vote is one question of the survey; name it in 'questions'")
        }
        question.say = study.statement ?? question.say
        (self.study, self.codebook, self.respondents, self.question) = (study, codebook, respondents, question)
        var panel = study.panel
        if !panel.heldOut.contains(id) { panel.heldOut.append(id) }
        let voters = respondents.filter { if case .option? = $0.answers[id] { true } else { false } }
        personas = try SiliconSample.draw(panel, codebook: codebook, respondents: voters, survey: codebook.id)
        truth = personas.map { $0.answers[id] == question.options[0].code }
    }

    private var inquiries: [Inquiry] {
        personas.map { Inquiry(persona: $0, questions: [question], shape: study.shapes[0]) }
    }

    func requests(_ asking: Fieldwork) throws -> [Request] { try asking.requests(inquiries) }

    func result(_ asking: Fieldwork) async throws -> (result: ReplicationResult, answers: [ElicitedAnswer]) {
        let answers = try await asking.answers(inquiries)
        let chances = answers.map { sharesByQuestion($0, [question])[question.id]?[0] }
        let read = chances.indices.filter { chances[$0] != nil }
        guard !read.isEmpty else { throw StudyError.usage("the model gave no chance to either option, so nothing can be judged") }
        return (try result(chances: read.map { chances[$0] ?? 0.5 }, people: read), answers.flatMap { $0 })
    }

    /// - Parameters:
    ///   - chances: Of the first option, 0...1, by person asked.
    ///   - people: Their places among the personas.
    func result(chances: [Double], people: [Int]) throws -> ReplicationResult {
        let outcomes = people.map { truth[$0] }
        let ours = VoteStatistics(chances, outcomes)
        var stream = RandomStream(seed: study.panel.seed, "study/\(study.id)/bootstrap")
        var draws: [VoteStatistics] = []
        for _ in 0..<Self.repeats {
            let drawn = chances.indices.map { _ in Int.random(in: chances.indices, using: &stream) }
            draws.append(VoteStatistics(drawn.map { chances[$0] }, drawn.map { outcomes[$0] }))
        }
        let yardstick = try yardstick(people)
        let random = VoteStatistics.random
        var rows: [[TerminalTable.Cell]] = VoteStatistics.all.map { name, value in
            let interval = middle(draws.compactMap(value))
            return [
                .text(name), study.cell(name), .number(value(ours), decimals: 3), between(interval?.low, interval?.high),
                .number(yardstick.flatMap { value($0.here) }, decimals: 3),
                .number(yardstick.flatMap { value($0.all) }, decimals: 3), .number(value(random), decimals: 3),
            ]
        }
        let share = middle(draws.map(\.share))
        let name = question.options[0].text
        rows.append([
            "share", study.cell("share"), .number(ours.share, decimals: 3), between(share?.low, share?.high),
            .number(yardstick?.here.share, decimals: 3), .number(yardstick?.all.share, decimals: 3), .number(0.5, decimals: 3),
        ])
        let told = study.yardstick.isEmpty ? "yardstick" : study.yardstick.joined(separator: ", ") + " alone"
        var sections = [
            ReplicationResult.Section(
                title: "Votes of \(people.count) people, each predicted from what they say of themselves",
                columns: ["", "paper", "ours", "95% interval", told, "all \(respondents.count)", "random"], rows: rows,
                note: "'share' is that of \(name): people \(fixed(ours.trueShare, decimals: 3)), the paper's people \(text(study.cell("share", ofPeople: true))). '\(told)' is a logit fitted on the people of the survey, 10-fold out of sample, judged on the same people and on all. Always the commonest vote agrees \(fixed(ours.majority, decimals: 3)). Intervals: bootstrap over people. m: from memory.")
        ]
        if let by = study.by { sections.append(byGroup(by, chances, outcomes, people)) }
        return ReplicationResult(sections: sections, verdicts: verdicts(ours, yardstick?.here, chances))
    }

    static let repeats = 500

    private func text(_ cell: TerminalTable.Cell) -> String { if case .text(let text) = cell { text } else { "-" } }

    private func byGroup(_ variable: String, _ chances: [Double], _ outcomes: [Bool], _ people: [Int]) -> ReplicationResult.Section {
        let rows = codebook.groups(of: variable, among: respondents).map { group -> [TerminalTable.Cell] in
            let members = people.indices.filter { personas[people[$0]].attributes[variable] == group }
            let found = VoteStatistics(members.map { chances[$0] }, members.map { outcomes[$0] })
            return [
                .text(codebook.variable(variable)?.words(for: group) ?? group), .count(members.count),
                .number(found.agreement, decimals: 3), .number(members.isEmpty ? nil : found.majority, decimals: 3),
                .number(found.tetrachoric, decimals: 3), .number(found.kappa, decimals: 3), .number(found.brier, decimals: 3),
                .number(members.isEmpty ? nil : found.trueShare, decimals: 3), .number(members.isEmpty ? nil : found.share, decimals: 3),
            ]
        }
        return ReplicationResult.Section(
            title: "By \(variable)",
            columns: ["", "n", "agreement", "commonest", "tetrach.", "kappa", "Brier", "people", "ours"], rows: rows,
            note: "'people' and 'ours' are the shares of \(question.options[0].text). A dash: answers that do not vary.")
    }

    private func yardstick(_ people: [Int]) throws -> (here: VoteStatistics, all: VoteStatistics)? {
        guard !study.yardstick.isEmpty else { return nil }
        var stream = RandomStream(seed: study.panel.seed, "study/\(study.id)/yardstick")
        let told = study.yardstick.compactMap(codebook.question)
        let fitted = try Yardstick(
            question, on: study.yardstick, of: respondents.map { $0.answering(told) }, using: &stream)
        let chances = fitted.predictions.map { $0[0] }
        var place: [String: Int] = [:]
        for (slot, respondent) in fitted.respondents.enumerated() { place[respondents[respondent].id] = slot }
        let slots = people.compactMap { personas[$0].respondent.flatMap { place[$0] } }
        return (
            VoteStatistics(slots.map { chances[$0] }, slots.map { fitted.truth[$0] == 0 }),
            VoteStatistics(chances, fitted.truth.map { $0 == 0 })
        )
    }

    private func verdicts(_ ours: VoteStatistics, _ yardstick: VoteStatistics?, _ chances: [Double]) -> [String] {
        var verdicts: [String] = []
        if let brier = ours.brier, brier > 0.25 {
            verdicts.append("This model is worse than random answers: its Brier score is \(fixed(brier, decimals: 3)), that of always even chances 0.250.")
        } else if let brier = ours.brier, brier == 0.25 {
            verdicts.append("This model is no better than random answers: its Brier score is that of always even chances.")
        }
        if let agreement = ours.agreement, agreement <= ours.majority {
            verdicts.append("It agrees with people no more often (\(fixed(agreement, decimals: 3))) than giving everybody the commonest vote (\(fixed(ours.majority, decimals: 3))).")
        }
        if let mine = ours.agreement, let theirs = yardstick?.agreement {
            verdicts.append(mine > theirs
                ? "It agrees more often than \(study.yardstick.joined(separator: ", ")) alone does (\(fixed(theirs, decimals: 3)))."
                : "It agrees no more often than \(study.yardstick.joined(separator: ", ")) alone does (\(fixed(theirs, decimals: 3))): what it adds to that is not shown here.")
        }
        let even = chances.count { $0 == 0.5 }
        if even > 0 { verdicts.append("\(even) of \(chances.count) people had even chances, which count as \(question.options[0].text).") }
        return verdicts
    }
}

/// How chances of a yes agree with yeses and noes; each statistic is `nil` where undefined.
struct VoteStatistics: Sendable {
    var agreement: Double?
    var tetrachoric: Double?
    var kappa: Double?
    var brier: Double?
    /// Of the chances with the outcomes: two-way random, absolute agreement.
    var icc: Double?
    /// Mean chance of yes.
    var share = 0.5
    /// Of yeses.
    var trueShare = 0.5
    /// Agreement of always giving the commoner outcome.
    var majority = 0.5

    /// The statistics of answers given by coin: what they would come to in the mean.
    static let random = VoteStatistics(agreement: 0.5, tetrachoric: 0, kappa: 0, brier: 0.25, icc: 0)

    static var all: [(String, @Sendable (VoteStatistics) -> Double?)] {
        [
            ("agreement", { $0.agreement }), ("tetrachoric", { $0.tetrachoric }), ("kappa", { $0.kappa }),
            ("Brier", { $0.brier }), ("ICC", { $0.icc }),
        ]
    }
}

extension VoteStatistics {
    init(_ chances: [Double], _ outcomes: [Bool]) {
        let votes = chances.map { $0 >= 0.5 ? 0 : 1 }
        let truth = outcomes.map { $0 ? 0 : 1 }
        let table = crossTable(votes, truth, rows: 2, columns: 2)
        let agreed = proportionAgreement(votes, truth)
        self.init(
            agreement: agreed?.agreement.share, tetrachoric: tetrachoricCorrelation(table), kappa: cohensKappa(table),
            brier: brierScore(chances, outcomes: outcomes),
            icc: intraclassCorrelation(zip(chances, outcomes).map { [$0, $1 ? 1 : 0] })?.twoWayRandom)
        guard !chances.isEmpty else { return }
        share = chances.reduce(0, +) / Double(chances.count)
        trueShare = Double(outcomes.count { $0 }) / Double(outcomes.count)
        majority = agreed?.majorityBaseline ?? 0.5
    }
}
