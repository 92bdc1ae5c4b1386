import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Surveys

/// Argyle's first study: four words about each party from people of each party, judged by the model itself.
///
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, study 1.
struct WordsReplication: ReplicationDesign {
    /// One list to be written.
    private struct Writing: Sendable {
        var persona: Persona
        /// Places among the parties.
        var writer: Int
        var about: Int
    }

    let study: Replication
    /// The two parties, as the survey names them: `Democrat`.
    let parties: [String]
    let personas: [Persona]
    private let writings: [Writing]

    init(_ study: Replication, _ codebook: Codebook, _ respondents: [Respondent]) throws {
        guard let variable = study.by else { throw StudyError.usage("words about parties need a 'by', the variable of party") }
        let people = respondents.filter(study.panel.universe.contains)
        let cells = codebook.groups(of: variable, among: people)
        guard cells.count == 2 else {
            throw StudyError.usage("'by: \(variable)' has \(cells.count) groups here; leave two parties with 'where: {\(variable): [ONE, OTHER]}'")
        }
        self.study = study
        parties = cells.map { codebook.variable(variable)?.words(for: $0) ?? $0 }
        personas = try SiliconSample.draw(study.panel, codebook: codebook, respondents: respondents, survey: codebook.id)
        writings = personas.flatMap { persona in
            cells.indices.compactMap { about in
                persona.attributes[variable].flatMap(cells.firstIndex).map { Writing(persona: persona, writer: $0, about: about) }
            }
        }
    }

    func requests(_ asking: Fieldwork) throws -> [Request] {
        guard asking.speaker.identity.backEnd != "uniform" else {
            throw StudyError.usage("\(asking.speaker.identity.name) writes no text, so it cannot write words; choose another with --model")
        }
        let form: Prompt.Form = asking.speaker.identity.backEnd == "openai" ? .chat : .plain
        return writings.map { writing in
            WordsPrompts.list(
                writing.persona, party: parties[writing.about], form: form,
                seed: RandomStream.draw(seed: asking.seed, "words", writing.persona.id, parties[writing.about]))
        }
    }

    func result(_ asking: Fieldwork) async throws -> (result: ReplicationResult, answers: [ElicitedAnswer]) {
        let completions = try await asking.completions(try requests(asking), what: "lists written")
        let lists = completions.map { completion -> [String] in
            if case .text(let text, _) = completion.response { FourWords(text).words } else { [] }
        }
        let answers = zip(writings, completions).enumerated().map { place, pair in
            ElicitedAnswer(
                persona: pair.0.persona.id, question: "words-\(parties[pair.0.about])", method: .interview,
                unparsed: lists[place].isEmpty, text: lists[place].isEmpty ? nil : lists[place].joined(separator: ", "),
                completions: [pair.1.key])
        }
        let whole = lists.indices.filter { !lists[$0].isEmpty }
        var requests: [Request] = []
        for place in whole {
            for judged in WordsPrompts.Judged.allCases {
                for wording in 0...1 {
                    for swapped in [false, true] {
                        requests.append(
                            WordsPrompts.judge(lists[place], judged, wording: wording, parties: parties, swapped: swapped))
                    }
                }
            }
        }
        let verdicts = try await asking.completions(requests, what: "lists judged").map(JudgePrompt.verdict)
        let count = WordsPrompts.Judged.allCases.count
        let judgements = whole.enumerated().map { slot, place in
            WordsJudgement(
                writer: writings[place].writer, about: writings[place].about,
                verdicts: (0..<count).map { judged in
                    (0...1).map { wording in
                        (0...1).map { verdicts[((slot * count + judged) * 2 + wording) * 2 + $0] }
                    }
                })
        }
        return (result(judgements, lists: lists), answers)
    }

    func result(_ judgements: [WordsJudgement], lists: [[String]]) -> ReplicationResult {
        WordsTable(study: study, parties: parties, judgements: judgements, lists: lists).result
    }
}

/// What the judge made of one list.
struct WordsJudgement: Sendable {
    var writer: Int
    var about: Int
    /// By question asked, wording, and order shown; `nil` where the judge named neither answer.
    var verdicts: [[[PositionVerdict?]]]

    /// Which answer both orders name, 0 or 1; `nil` where they do not agree or it is a tie.
    func settled(_ judged: WordsPrompts.Judged, wording: Int = 0) -> Int? {
        switch (verdict(judged, wording, 0), verdict(judged, wording, 1)) {
        case (.first?, .second?): 0
        case (.second?, .first?): 1
        default: nil
        }
    }

    func swapped(_ judged: WordsPrompts.Judged, wording: Int) -> SwappedPair? {
        guard let forward = verdict(judged, wording, 0), let backward = verdict(judged, wording, 1) else { return nil }
        return SwappedPair(forward: forward, backward: backward)
    }

    private func verdict(_ judged: WordsPrompts.Judged, _ wording: Int, _ order: Int) -> PositionVerdict? {
        verdicts[WordsPrompts.Judged.allCases.firstIndex(of: judged) ?? 0][wording][order]
    }
}
