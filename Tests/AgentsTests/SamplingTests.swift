import Agents
import Surveys
import Testing

struct SamplingTests {
    private let codebook = Codebook(
        id: "toy", title: "Toy", weight: "w",
        variables: [
            Variable(name: "age", kind: .number(unit: "years")),
            Variable(name: "party", kind: .coded([.init(code: "1", text: "a Democrat"), .init(code: "2", text: "a Republican")])),
        ],
        questions: [Fixture.roads, Fixture.library])

    private func respondents(_ count: Int) -> [Respondent] {
        (1...count).map { number in
            Respondent(
                id: String(number), weight: Double(1 + number % 3),
                variables: number == 1 ? ["party": "1"] : ["age": String(20 + number), "party": number % 2 == 0 ? "1" : "2"],
                answers: ["natroad": .option(number % 3), "libtax": number % 5 == 0 ? .refused : .option(number % 2)])
        }
    }

    private func panel(
        size: Int, seed: UInt64 = 7, universe: Universe = Universe(), weighted: Bool = false, replacement: Bool = true,
        backstory: [Panel.Sentence] = [
            .init(variable: "age", template: "I am {age} years old."), .init(variable: "party", template: "I am {party}."),
        ], heldOut: [String] = ["natroad"]
    ) -> Panel {
        Panel(
            id: "toy-panel", title: "", survey: "toy.survey.yaml", size: size, seed: seed, universe: universe,
            weighted: weighted, withReplacement: replacement, backstory: backstory, heldOut: heldOut)
    }

    private func draw(_ panel: Panel, _ people: [Respondent]) throws(PanelError) -> [Persona] {
        try SiliconSample.draw(panel, codebook: codebook, respondents: people, survey: "toy")
    }

    @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
    func `a draw depends on the seed and not on the order of the file`(_ weighted: Bool, _ replacement: Bool) throws {
        let people = respondents(60)
        let first = try draw(panel(size: 25, weighted: weighted, replacement: replacement), people)
        #expect(first == (try draw(panel(size: 25, weighted: weighted, replacement: replacement), people.reversed())))
        #expect(first != (try draw(panel(size: 25, seed: 8, weighted: weighted, replacement: replacement), people)))
        #expect(first.count == 25)
        if !replacement { #expect(Set(first.compactMap(\.respondent)).count == 25) }
    }

    @Test func `somebody drawn twice is two personas`() throws {
        let personas = try draw(panel(size: 50), respondents(4))
        #expect(Set(personas.map(\.id)).count == 50)
        #expect(personas.contains { $0.id == "toy-2" } && personas.contains { $0.id == "toy-2-2" })
        #expect(personas.allSatisfy { $0.name == "Respondent \($0.respondent ?? "")" })
    }

    @Test func `a weighted draw is proportional to the weights`() throws {
        let people = respondents(3)  // weights 2, 3, 1
        let drawn = try draw(panel(size: 6000, weighted: true), people)
        for (id, share) in [("1", 2.0 / 6), ("2", 3.0 / 6), ("3", 1.0 / 6)] {
            let found = Double(drawn.filter { $0.respondent == id }.count) / 6000
            #expect(abs(found - share) < 0.025)  // over 4 standard errors
        }
    }

    @Test func `a weighted draw without replacement includes people in proportion to their weights`() throws {
        let people = respondents(12)  // weights sum to 24; 3 places: inclusion w / 8
        var counts: [String: Int] = [:]
        for seed in 0..<2000 {
            for persona in try draw(panel(size: 3, seed: UInt64(seed), weighted: true, replacement: false), people) {
                counts[persona.respondent ?? "", default: 0] += 1
            }
        }
        for person in people {
            #expect(abs(Double(counts[person.id] ?? 0) / 2000 - person.weight / 8) < 0.05)
        }
    }

    @Test func `personas know what their panel tells them and keep the rest`() throws {
        let universe = Universe(conditions: [.oneOf(variable: "party", values: ["1"])])
        let personas = try draw(panel(size: 3, universe: universe, replacement: false), respondents(5))
        #expect(Set(personas.compactMap(\.respondent)) == ["1", "2", "4"])
        let one = try #require(personas.first { $0.respondent == "1" })
        #expect(one.facts == [.init(variable: "party", sentence: "I am a Democrat.")])
        #expect(one.attributes == ["party": "1"])
        #expect(one.answers == ["natroad": 2, "libtax": 0])
        let four = try #require(personas.first { $0.respondent == "4" })
        #expect(four.facts.map(\.sentence) == ["I am 24 years old.", "I am a Democrat."])
    }

    @Test func `own answers may be told, and held-out ones never`() throws {
        let told = [Panel.Sentence(variable: "libtax", template: "On the library tax I say {libtax}.")]
        let personas = try draw(panel(size: 5, replacement: false, backstory: told), respondents(5))
        #expect(personas.first { $0.respondent == "2" }?.facts.first?.sentence == "On the library tax I say Yes.")
        #expect(personas.first { $0.respondent == "5" }?.facts.isEmpty == true)
        let error = PanelError.heldOutInBackstory(panel: "toy-panel", question: "natroad")
        for sentence in [
            Panel.Sentence(variable: "natroad", template: "Roads: {natroad}."),
            Panel.Sentence(variable: "age", template: "At {age} I find we spend {natroad}."),
        ] {
            #expect(throws: error) { try draw(panel(size: 1, backstory: [sentence]), respondents(5)) }
        }
    }

    @Test func `a panel that cannot be drawn says why`() {
        let nobody = Universe(conditions: [.between(variable: "age", low: 90, high: 99)])
        #expect(throws: PanelError.emptyUniverse(panel: "toy-panel")) {
            try draw(panel(size: 1, universe: nobody), respondents(5))
        }
        #expect(throws: PanelError.tooFewRespondents(panel: "toy-panel", size: 6, available: 5)) {
            try draw(panel(size: 6, replacement: false), respondents(5))
        }
        #expect(throws: PanelError.unknownName(panel: "toy-panel", name: "aeg")) {
            try draw(panel(size: 1, backstory: [.init(variable: "age", template: "I am {aeg}.")]), respondents(5))
        }
        #expect(throws: PanelError.weightTooLarge(panel: "toy-panel", respondent: "2")) {
            try draw(panel(size: 3, weighted: true, replacement: false), respondents(3))
        }
        var unweighted = codebook
        unweighted.weight = nil
        #expect(throws: PanelError.noWeights(panel: "toy-panel", survey: "toy")) {
            try SiliconSample.draw(
                panel(size: 1, weighted: true), codebook: unweighted, respondents: respondents(3), survey: "toy")
        }
    }
}
