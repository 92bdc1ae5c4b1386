import Kernel
import Surveys
import Testing

@Suite struct `who is least well represented` {
    private static let options = [1, 2, 3, 4].map { AnswerOption(code: $0, text: "o\($0)", fills: nil, position: nil) }
    private let questions = (0..<5).map { Question(id: "q\($0)", ask: "?", scale: .ordinal, options: Self.options) }

    /// Four groups of very different sizes with the same shares, and personas who answer as `model` says of a group.
    private func comparer(seed: UInt64, repeats: Int, model: (String) -> [Double]) -> Comparer {
        var stream = RandomStream(seed: seed, "people")
        let human = [0.1, 0.2, 0.3, 0.4]
        func option() -> Int {
            var (point, index) = (stream.unit(), 0)
            while index < 3, point >= human[index] {
                point -= human[index]
                index += 1
            }
            return index
        }
        var humans: [Respondent] = []
        var people: [PersonAnswer] = []
        for (group, size) in [("a", 30), ("b", 80), ("c", 200), ("d", 400)] {
            for _ in 0..<size {
                var person = Respondent(id: "r\(humans.count)", variables: ["g": group])
                for question in questions { person.answers[question.id] = .option(option()) }
                humans.append(person)
            }
            for _ in 0..<size / 2 {
                var shares: [String: [Double]] = [:]
                for question in questions {
                    // A persona says one thing, drawn from the model's shares, so that personas are a sample too.
                    var one = [0.0, 0, 0, 0]
                    var (point, index) = (stream.unit(), 0)
                    while index < 3, point >= model(group)[index] {
                        point -= model(group)[index]
                        index += 1
                    }
                    one[index] = 1
                    shares[question.id] = one
                }
                people.append(PersonAnswer(persona: "p\(people.count)", respondent: nil, attributes: ["g": group], shares: shares))
            }
        }
        let variable = Variable(name: "g", kind: .categories(["a", "b", "c", "d"]))
        return Comparer(
            codebook: Codebook(id: "s", title: "S", variables: [variable], questions: questions), questions: questions,
            humans: humans, people: people, correction: "none", repeats: repeats)
    }

    private func standings(_ seed: UInt64, repeats: Int = 150, _ model: (String) -> [Double]) -> [GroupStanding] {
        var stream = RandomStream(seed: seed, "resamples")
        var comparer = comparer(seed: seed, repeats: repeats, model: model)
        comparer.halves = 0
        return comparer.compare(by: "g", using: &stream).standings
    }

    /// Familywise 5%: of 100 samples about 5 flag anybody. 16 or more would be 5 standard deviations away.
    @Test(arguments: [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]])
    func `is said falsely of few, whether the model is right or equally wrong about all`(model: [Double]) {
        let flagged = (0..<100 as Range<UInt64>).count { seed in standings(seed) { _ in model }.contains(where: \.isWorse) }
        #expect(flagged < 16, "\(flagged) of 100")
    }

    @Test func `is found where it is planted, and only there`() throws {
        let found = standings(1, repeats: 300) { $0 == "b" ? [0.4, 0.3, 0.2, 0.1] : [0.1, 0.2, 0.3, 0.4] }
        #expect(found.first?.group == "b")
        #expect(found.filter(\.isWorse).map(\.group) == ["b"])
        let worst = try #require(found.first)
        // The planted distance: mean difference of 1 on a range of 3, less 0 for the others.
        #expect(abs(worst.excess - 1.0 / 3) < 0.06)
        #expect(try #require(worst.difference.low) > 0.2)
    }

    @Test func `of one group or without resamples nothing is tested`() {
        let none = standings(3, repeats: 0) { _ in [0.25, 0.25, 0.25, 0.25] }
        #expect(none.count == 4 && none.allSatisfy { $0.p == nil && !$0.isWorse })
    }

    @Test func `excess is the distance far from the floor, 0 on it and below 0 under it`() {
        #expect(abs(excessDistance(0.3, floor: 0.02) - 0.3) < 1e-12)
        #expect(excessDistance(0.05, floor: 0.05) == 0)
        #expect(abs(excessDistance(0.03, floor: 0.05) + 0.041630404) < 1e-8)
        #expect(excessDistance(0.2, floor: 0) == 0.2)
        // E(d) of x = 1, s = 1 is 1.16663 (folded normal), so that is what comes back as 1.
        #expect(abs(excessDistance(1.1666309, floor: 0.7978845608) - 1) < 1e-5)
    }
}
