import Surveys
import Testing

@testable import Agents

/// Panels drawn by stratum, and backstories told in other orders.
struct PanelDesignTests {
    private let codebook = Codebook(
        id: "toy", title: "Toy", weight: "w",
        variables: [
            Variable(name: "age", kind: .number(unit: "years"), ask: "How old are you?"),
            Variable(name: "party", kind: .categories(["Left", "Middle", "Right"]), ask: "Which side are you on?"),
            Variable(name: "sex", kind: .coded([.init(code: "1", text: "woman"), .init(code: "2", text: "man")])),
        ], questions: [Fixture.roads])

    /// 24 of the left, 12 of the middle, 4 of the right; weights 1, 2, 1 by turns.
    private let people = (0..<40).map { number in
        Respondent(
            id: String(number), weight: number % 3 == 1 ? 2 : 1,
            variables: [
                "age": String(20 + number), "party": number < 24 ? "Left" : number < 36 ? "Middle" : "Right",
                "sex": String(1 + number % 2),
            ], answers: ["natroad": .option(number % 3)])
    }

    private func panel(
        _ size: Int, _ allocation: Stratification.Allocation? = nil, seed: UInt64 = 7, weighted: Bool = false,
        replacement: Bool = false, universe: Universe = Universe(), order: BackstoryOrder = .asWritten
    ) -> Panel {
        Panel(
            id: "toy-panel", title: "", survey: "toy.survey.yaml", size: size, seed: seed, universe: universe,
            weighted: weighted, withReplacement: replacement,
            strata: allocation.map { Stratification(variable: "party", allocation: $0) },
            backstory: [
                .init(variable: "age", template: "I am {age} years old.", portray: "you were {age}", about: "age"),
                .init(variable: "party", template: "I stand on the {party}.", about: "politics"),
                .init(variable: "sex", template: "I am a {sex} of {age}."),
                .init(variable: "natroad", template: "On roads we spend {natroad}."),
            ], order: order)
    }

    private func draw(_ panel: Panel, _ people: [Respondent]? = nil) throws(PanelError) -> [Persona] {
        try SiliconSample.draw(panel, codebook: codebook, respondents: people ?? self.people, survey: "toy")
    }

    private func counts(_ personas: [Persona]) -> [Int] {
        ["Left", "Middle", "Right"].map { cell in personas.count { $0.attributes["party"] == cell } }
    }

    @Test func `proportional places follow the largest remainders`() throws {
        #expect(Stratification.largestRemainder([5, 3, 2], size: 7) == [4, 2, 1])
        #expect(Stratification.largestRemainder([1, 1, 1], size: 4) == [2, 1, 1])
        #expect(Stratification.largestRemainder([0.1, 0.2, 0.7], size: 10) == [1, 2, 7])
        for size in 1...40 {
            let places = Stratification.largestRemainder([24, 12, 4], size: size)
            #expect(places.reduce(0, +) == size)
            for (place, share) in zip(places, [0.6, 0.3, 0.1]) {
                #expect(abs(Double(place) - share * Double(size)) < 1)
            }
        }
        for replacement in [true, false] {
            let drawn = try draw(panel(20, .proportional, replacement: replacement))
            #expect(counts(drawn) == [12, 6, 2] && drawn.allSatisfy { $0.weight == 1 })
        }
        // By weight: the strata weigh 32, 16 and 5.
        #expect(counts(try draw(panel(10, .proportional, weighted: true, replacement: true))) == [6, 3, 1])
    }

    @Test(arguments: [false, true])
    func `equal places carry the weights that restore the population`(_ weighted: Bool) throws {
        let drawn = try draw(panel(12, .equal, weighted: weighted, replacement: true))
        #expect(counts(drawn) == [4, 4, 4])
        let total = drawn.reduce(0) { $0 + $1.weight }
        #expect(abs(total - 12) < 1e-9)
        let masses = ["Left", "Middle", "Right"].map { cell in
            people.filter { $0.variables["party"] == cell }.reduce(0) { $0 + (weighted ? $1.weight : 1) }
        }
        for (cell, mass) in zip(["Left", "Middle", "Right"], masses) {
            let carried = drawn.filter { $0.attributes["party"] == cell }.reduce(0) { $0 + $1.weight }
            #expect(abs(carried / total - mass / masses.reduce(0, +)) < 1e-12)
        }
    }

    @Test func `everybody of a stratum is included in proportion to their weight, and nobody twice`() throws {
        var counts: [String: Int] = [:]
        let repeats = 3000
        for seed in 0..<repeats {
            let drawn = try draw(panel(6, .equal, seed: UInt64(seed), weighted: true))
            #expect(Set(drawn.compactMap(\.respondent)).count == 6)
            for persona in drawn { counts[persona.respondent ?? "", default: 0] += 1 }
        }
        for person in people {
            let stratum = people.filter { $0.variables["party"] == person.variables["party"] }
            let expected = 2 * person.weight / stratum.reduce(0) { $0 + $1.weight }
            let found = Double(counts[person.id] ?? 0) / Double(repeats)
            let error = (expected * (1 - expected) / Double(repeats)).squareRoot()
            #expect(abs(found - expected) < 4.5 * error, "\(person.id)")
        }
    }

    @Test func `a universe bounds every stratum, and one without people has no places`() throws {
        let left = Universe(conditions: [.oneOf(variable: "party", values: ["Left", "Middle"])])
        #expect(counts(try draw(panel(10, .equal, universe: left))) == [5, 5, 0])
        let young = Universe(conditions: [.between(variable: "age", low: 20, high: 49)])
        let drawn = try draw(panel(10, .proportional, universe: young))
        #expect(counts(drawn) == [8, 2, 0])
        #expect(drawn.allSatisfy { Int($0.attributes["age"] ?? "") ?? 99 <= 49 })
    }

    @Test func `a draw by stratum depends on the seed and not on the order of the file`() throws {
        let first = try draw(panel(12, .equal, replacement: true))
        #expect(first == (try draw(panel(12, .equal, replacement: true), people.reversed())))
        #expect(first != (try draw(panel(12, .equal, seed: 8, replacement: true))))
        // Another stratum's size shifts nobody else's draws.
        let without = try draw(panel(8, .equal, replacement: true), people.filter { $0.variables["party"] != "Middle" })
        let right = { (people: [Persona]) in people.filter { $0.attributes["party"] == "Right" }.map(\.respondent) }
        #expect(right(without) == right(first))
    }

    @Test func `strata that cannot be filled say why`() {
        #expect(throws: PanelError.unevenStrata(panel: "toy-panel", size: 10, strata: 3)) {
            try draw(panel(10, .equal))
        }
        #expect(throws: PanelError.tooFewInStratum(panel: "toy-panel", stratum: "Right", size: 5, available: 4)) {
            try draw(panel(15, .equal))
        }
        var some = people
        some[3].variables["party"] = nil
        let error = PanelError.noStratum(panel: "toy-panel", variable: "party", respondents: 1)
        #expect(throws: error) { try draw(panel(9, .equal), some) }
        #expect(error.description.hasSuffix("leave them out with 'where: { party: [...] }'."))
    }

    @Test func `a backstory is told as written, reversed, or shuffled for each persona by itself`() throws {
        let written = try draw(panel(40))
        let reversed = try draw(panel(40, order: .reversed))
        let shuffled = try draw(panel(40, order: .shuffled))
        #expect(written.map(\.id) == shuffled.map(\.id))
        for (index, persona) in written.enumerated() {
            #expect(persona.facts.map(\.variable) == ["age", "party", "sex", "natroad"])
            #expect(reversed[index].facts == persona.facts.reversed())
            #expect(Set(shuffled[index].facts) == Set(persona.facts))
        }
        #expect(Set(shuffled.map { $0.facts.map(\.variable) }).count > 10)
        for variable in ["age", "party", "sex", "natroad"] {
            let first = shuffled.count { $0.facts.first?.variable == variable }
            #expect((3...19).contains(first), "\(variable)")  // 10 expected, within 3.3 standard errors
        }
        // The stream is the persona's own: who else is drawn changes no order.
        let other = Respondent(id: "x", variables: people[3].variables)
        let fewer = try draw(panel(40, order: .shuffled), people.filter { $0.id != "3" } + [other])
        for persona in fewer {
            if let same = shuffled.first(where: { $0.id == persona.id }) { #expect(same.facts == persona.facts) }
        }
    }

    @Test func `facts carry the words of every shape the files give, and no others`() throws {
        let persona = try #require(try draw(panel(40)).first { $0.respondent == "1" })
        #expect(
            persona.facts == [
                .init(
                    variable: "age", sentence: "I am 21 years old.", ask: "How old are you?", answer: "21",
                    portray: "you were 21", about: "age"),
                .init(
                    variable: "party", sentence: "I stand on the Left.", ask: "Which side are you on?",
                    options: ["Left", "Middle", "Right"], answer: "Left", about: "politics"),
                // It says more than its variable.
                .init(variable: "sex", sentence: "I am a man of 21.", alsoTells: ["age"]),
                .init(
                    variable: "natroad", sentence: "On roads we spend about right.", ask: Fixture.roads.ask,
                    options: ["Too little", "About right", "Too much"], answer: "About right"),
            ])
    }

    @Test func `a question told in another's sentence cannot be asked`() throws {
        for portray in [nil, "you were {age} and said {natroad} of roads"] {
            var telling = panel(1)
            telling.backstory = [
                .init(
                    variable: "age", template: portray == nil ? "At {age} I find {natroad} goes to roads." : "I am {age}.",
                    portray: portray)
            ]
            let persona = try #require(try draw(telling).first)
            #expect(throws: ElicitationError.alreadyTold(persona: persona.id, question: "natroad")) {
                try Elicitor(setting: Fixture.setting).requests(persona, questions: [Fixture.roads], seed: 1)
            }
        }
    }

    @Test func `a held-out question is told in no person`() {
        var secret = panel(1)
        secret.heldOut = ["natroad"]
        secret.backstory = [
            .init(variable: "age", template: "I am {age}.", portray: "you were {age} and found we spend {natroad}")
        ]
        #expect(throws: PanelError.heldOutInBackstory(panel: "toy-panel", question: "natroad")) { try draw(secret) }
    }
}
