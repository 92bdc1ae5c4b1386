import Testing

@testable import Surveys

@Suite struct ComparerEdgeTests {
    let yesNo = Question(
        id: "q", ask: "?", scale: .nominal, options: [.init(code: 1, text: "Yes"), .init(code: 0, text: "No")])

    @Test func `a scale without length is left out, not scored one`() {
        var flat = yesNo
        flat.scale = .ordinal
        for index in flat.options.indices { flat.options[index].position = 1 }
        let humans = [Respondent(id: "1", answers: ["q": .option(0)])]
        let people = [PersonAnswer(persona: "p", respondent: "1", attributes: [:], shares: ["q": [0, 1]])]
        var generator = ComparerTests.Counter(state: 1)
        let compared = Comparer(
            codebook: Codebook(id: "s", title: "S", questions: [flat]), questions: [flat], humans: humans,
            people: people, correction: "none", repeats: 10
        ).compare(by: nil, using: &generator)
        #expect(compared.cells.isEmpty && compared.summaries.isEmpty)
    }

    @Test(arguments: ["gss2018", "anes1996", "ces2011"])
    func `our own split halves agree with the independent Monte Carlo`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let items = try Reference.json(id).object("items")
        let asked = codebook.questions.filter(\.hasBaseline)
        let own = people.map { person in
            var shares: [String: [Double]] = [:]
            for question in asked {
                if case .option(let index)? = person.answers[question.id] {
                    shares[question.id] = question.options.indices.map { $0 == index ? 1 : 0 }
                }
            }
            return PersonAnswer(persona: person.id, respondent: person.id, attributes: [:], shares: shares)
        }
        var comparer = Comparer(
            codebook: codebook, questions: asked, humans: people, people: own, correction: "none", repeats: 0)
        comparer.halves = 400
        var generator = ComparerTests.Counter(state: 7)
        let cells = comparer.compare(by: nil, using: &generator).cells
        #expect(cells.count == items.count)
        for cell in cells {
            let half = items.object(cell.question).object("noise_floor").object("split_half")
            let figures = half.object(cell.scale == .ordinal ? "rep" : "tv")
            let mean = try #require(figures.number("mean"))
            let error = try #require(figures.number("mc_se"))
            // Both sides average 400 halves, so their standard errors are alike.
            let expected = cell.scale == .ordinal ? mean : 1 - mean
            #expect(near(cell.mirrors.splitHalf, expected, 5 * error * 2.0.squareRoot()), "\(cell.question)")
        }
    }
}
