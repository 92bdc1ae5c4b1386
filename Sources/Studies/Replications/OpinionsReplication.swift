import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Surveys

/// Santurkar's study: whose opinions a model reflects unsteered, how far it can be steered to a group, and whether it
/// stands with the same group whatever the question.
///
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?", section 4.
struct OpinionsReplication: ReplicationDesign {
    struct Group: Sendable {
        var attribute: String
        /// As the data write it.
        var cell: String
        var name: String
        var facts: [Persona.Fact]
    }

    let study: Replication
    let questions: [Question]
    let groups: [Group]
    let opinions: GroupOpinions
    let personas: [Persona]
    private let inquiries: [Inquiry]

    init(_ study: Replication, _ codebook: Codebook, _ respondents: [Respondent]) throws {
        let people = respondents.filter(study.panel.universe.contains)
        var groups: [Group] = []
        for sentence in study.panel.backstory {
            for cell in codebook.groups(of: sentence.variable, among: people) {
                // A panel of one, whose only respondent is the group.
                var panel = study.panel
                (panel.size, panel.universe, panel.strata, panel.weighted) = (1, Universe(), nil, false)
                panel.withReplacement = true
                panel.backstory = [sentence]
                let somebody = Respondent(id: cell, variables: [sentence.variable: cell])
                let drawn = try SiliconSample.draw(panel, codebook: codebook, respondents: [somebody], survey: codebook.id)
                groups.append(
                    Group(
                        attribute: sentence.variable, cell: cell,
                        name: codebook.variable(sentence.variable)?.words(for: cell) ?? cell, facts: drawn[0].facts))
            }
        }
        questions = try PollStudy.questions(study.questions, of: codebook)
        var inquiries = [
            Inquiry(
                persona: Persona(id: "nobody", name: "Nobody in particular", respondent: "nobody"), questions: questions, shape: .bio)
        ]
        for (number, group) in groups.enumerated() {
            for shape in study.shapes {
                inquiries.append(
                    Inquiry(
                        persona: Persona(
                            id: "\(group.attribute)-\(number + 1)-\(shape.rawValue)", name: group.name, facts: group.facts,
                            respondent: group.cell, attributes: [group.attribute: group.cell]),
                        questions: questions, shape: shape))
            }
        }
        (self.study, self.groups, self.inquiries) = (study, groups, inquiries)
        personas = inquiries.map(\.persona)
        opinions = GroupOpinions(questions, groups.map { ($0.attribute, $0.cell) }, people)
    }

    func requests(_ asking: Fieldwork) throws -> [Request] { try asking.requests(inquiries) }

    func result(_ asking: Fieldwork) async throws -> (result: ReplicationResult, answers: [ElicitedAnswer]) {
        let answers = try await asking.answers(inquiries)
        let shares = answers.map { given in
            let byQuestion = sharesByQuestion(given, questions)
            return questions.map { byQuestion[$0.id] }
        }
        let formats = study.shapes.count
        let steered = groups.indices.map { group in (0..<formats).map { shares[1 + group * formats + $0] } }
        return (result(unsteered: shares[0], steered: steered), answers.flatMap { $0 })
    }

    /// - Parameters:
    ///   - unsteered: Shares by question.
    ///   - steered: By group, format and question.
    func result(unsteered: [[Double]?], steered: [[[[Double]?]]]) -> ReplicationResult {
        var result = ReplicationResult(sections: [], verdicts: [])
        for scale in [Scale.ordinal, .nominal] {
            let places = questions.indices.filter { questions[$0].scale == scale }
            guard !places.isEmpty else { continue }
            let part = OpinionsTable(self, scale, places, unsteered, steered)
            result.sections += part.sections
            result.verdicts += part.verdicts
        }
        return result
    }
}

/// People's answers by group, with bootstrap repeats.
struct GroupOpinions: Sendable {
    let questions: [Question]
    /// By question: everybody's shares; then by group. `nil` where nobody answered.
    let overall: [[Double]?]
    let byGroup: [[[Double]?]]
    /// Effective sizes behind them.
    let overallSizes: [Double]
    let sizes: [[Double]]
    /// People in each group.
    let counts: [Int]
    private let chosen: [[Int]]
    private let members: [[Bool]]
    private let people: [Respondent]

    init(_ questions: [Question], _ groups: [(variable: String, cell: String)], _ people: [Respondent]) {
        (self.questions, self.people) = (questions, people)
        chosen = questions.map { question in
            people.map { if case .option(let index)? = $0.answers[question.id] { index } else { -1 } }
        }
        members = groups.map { group in people.map { $0.variables[group.variable] == group.cell } }
        counts = members.map { $0.count { $0 } }
        let everybody = questions.map { $0.distribution(of: people) }
        overall = everybody.map { $0?.shares }
        overallSizes = everybody.map { $0?.effectiveSize ?? 0 }
        let parts = members.map { inside in
            let those = people.indices.filter { inside[$0] }.map { people[$0] }
            return questions.map { $0.distribution(of: those) }
        }
        byGroup = parts.map { $0.map { $0?.shares } }
        sizes = parts.map { $0.map { $0?.effectiveSize ?? 0 } }
    }

    /// The same shares with everybody drawn anew: everybody's first, then each group's, by question.
    func resampled(using stream: inout RandomStream) -> [[[Double]?]] {
        let times = SamplingDesign(people).resampled(using: &stream)
        return ([nil] + members.map(Optional.init)).map { inside in
            questions.indices.map { question in
                var sums = [Double](repeating: 0, count: questions[question].options.count)
                for person in times.indices where times[person] > 0 && inside?[person] != false {
                    let option = chosen[question][person]
                    if option >= 0 { sums[option] += times[person] * people[person].weight }
                }
                let total = sums.reduce(0, +)
                return total > 0 ? sums.map { $0 / total } : nil
            }
        }
    }
}
