import Agents
import Files
import Kernel
import LanguageModels
import Reports
import Surveys

/// Argyle's third study: each answer predicted from the person's other answers, and whether the predictions hang
/// together with the answers as people's own do.
///
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2, study 3.
struct PatternReplication: ReplicationDesign {
    let study: Replication
    /// Items as questions that can be asked.
    let items: [Question]
    /// Pairs of names of which one decides the other in the survey, so that neither may be told or counted.
    let recodes: Set<[String]>
    let drawn: [Persona]
    /// The drawn people's own answers, by item and person.
    let truth: [[Int?]]
    let everybody: [[Int?]]
    private let asked: [(person: Int, item: Int)]
    private let inquiries: [Inquiry]

    /// Above this Cramer's V one item is taken for a recode of the other.
    static let recode = 0.999
    static let splits = 20
    static let repeats = 200

    init(_ study: Replication, _ codebook: Codebook, _ respondents: [Respondent]) throws {
        self.study = study
        let items = study.questions.compactMap { Self.item($0, codebook) }
        let people = respondents.filter(study.panel.universe.contains)
        everybody = items.map { item in people.map { Self.answer(item, $0, codebook) } }
        let names = items.map(\.id) + study.panel.backstory.map(\.variable).filter { name in !items.contains { $0.id == name } }
        let recodes = Self.recodes(names, people, codebook)
        var panel = study.panel
        if panel.withReplacement { panel.withReplacement = panel.size > people.count }
        let drawn = try SiliconSample.draw(panel, codebook: codebook, respondents: respondents, survey: codebook.id)
        let known = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let own = drawn.map { $0.respondent.flatMap { known[$0] } }
        truth = items.map { item in own.map { $0.flatMap { Self.answer(item, $0, codebook) } } }
        var (asked, inquiries): ([(person: Int, item: Int)], [Inquiry]) = ([], [])
        for (person, persona) in drawn.enumerated() {
            for (place, item) in items.enumerated() where truth[place][person] != nil {
                var told = persona
                told.id = "\(persona.id)-\(item.id)"
                told.facts = Self.facts(items, truth.map { $0[person] }, persona.facts)
                    .filter { !Self.gives(item.id, $0, recodes) }
                told.answers[item.id] = nil
                asked.append((person, place))
                inquiries.append(Inquiry(persona: told, questions: [item], shape: study.shapes[0]))
            }
        }
        (self.items, self.recodes, self.drawn, self.asked, self.inquiries) = (items, recodes, drawn, asked, inquiries)
    }

    var personas: [Persona] { inquiries.map(\.persona) }

    func requests(_ asking: Fieldwork) throws -> [Request] { try asking.requests(inquiries) }

    func result(_ asking: Fieldwork) async throws -> (result: ReplicationResult, answers: [ElicitedAnswer]) {
        let answers = try await asking.answers(inquiries)
        var given = items.map { _ in [Int?](repeating: nil, count: drawn.count) }
        for (place, (person, item)) in asked.enumerated() {
            guard let shares = sharesByQuestion(answers[place], [items[item]])[items[item].id] else { continue }
            // One answer is drawn of each person, as the paper draws: likeliest answers would vary too little.
            var stream = RandomStream(seed: asking.seed, "study/\(study.id)/answer", drawn[person].id, items[item].id)
            given[item][person] = drawnOption(shares, using: &stream)
        }
        return (result(given), answers.flatMap { $0 })
    }

    /// A question of the survey, or a variable that the codebook words as one; both are scored in words.
    private static func item(_ name: String, _ codebook: Codebook) -> Question? {
        if var question = codebook.question(name) {
            if question.say == nil || question.options.contains(where: { $0.fills == nil }) {
                question.say = statement
                for place in question.options.indices { question.options[place].fills = question.options[place].text }
            }
            return question
        }
        guard let variable = codebook.variable(name), let ask = variable.ask, let values = variable.options else { return nil }
        return Question(
            id: name, ask: ask, say: statement, scale: .nominal,
            options: values.enumerated().map { AnswerOption(code: $0, text: $1, fills: $1) })
    }

    private static let statement = "My answer is"

    private static func answer(_ item: Question, _ respondent: Respondent, _ codebook: Codebook) -> Int? {
        if case .option(let index)? = respondent.answers[item.id] { return index }
        guard let variable = codebook.variable(item.id), let cell = respondent.variables[item.id] else { return nil }
        let words = variable.words(for: cell)
        return item.options.firstIndex { $0.text == words }
    }

    /// What a person is told in all: the panel's sentences, then every item they do not hold already.
    private static func facts(_ items: [Question], _ own: [Int?], _ told: [Persona.Fact]) -> [Persona.Fact] {
        told + zip(items, own).compactMap { item, own in
            guard let own, !told.contains(where: { $0.tells(item.id) }) else { return nil }
            let option = item.options[own]
            return Persona.Fact(
                variable: item.id, sentence: "\(item.say ?? statement) \(option.fills ?? option.text).", ask: item.ask,
                options: item.options.map(\.text), answer: option.text)
        }
    }

    /// Whether a fact gives a target away: it is the target's own, or one that decides it.
    private static func gives(_ target: String, _ fact: Persona.Fact, _ recodes: Set<[String]>) -> Bool {
        ([fact.variable] + (fact.alsoTells ?? [])).contains { $0 == target || recodes.contains([$0, target]) }
    }

    private static func recodes(_ names: [String], _ people: [Respondent], _ codebook: Codebook) -> Set<[String]> {
        let cells = names.map { name -> (values: [Int?], count: Int) in
            let texts = people.map { person -> String? in
                if let cell = person.variables[name] { return cell }
                if case .option(let index)? = person.answers[name] { return String(index) }
                return nil
            }
            let known = Set(texts.compactMap(\.self)).sorted(by: precedes)
            let place = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
            return (texts.map { $0.flatMap { place[$0] } }, known.count)
        }
        var found: Set<[String]> = []
        for one in names.indices {
            for other in names.indices where one < other {
                let table = crossTable(cells[one].values, cells[other].values, rows: cells[one].count, columns: cells[other].count)
                guard let v = cramersV(table), v > recode else { continue }
                found.formUnion([[names[one], names[other]], [names[other], names[one]]])
            }
        }
        return found
    }
}
