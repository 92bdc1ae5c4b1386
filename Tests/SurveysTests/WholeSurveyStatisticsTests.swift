import Foundation
import Testing

@testable import Surveys

/// Associations, spread and floors of the shipped surveys against the independent whole-survey figures.
@Suite struct WholeSurveyStatisticsTests {
    @Test(arguments: [("gss2018", 465), ("anes1996", 36), ("ces2011", 15)])
    func `Cramer's V of every two items, and of items with who people are, equals the independent figure`(
        _ id: String, _ pairs: Int
    ) throws {
        let (codebook, people) = try Reference.survey(id)
        let weights = people.map(\.weight)
        var checked = 0
        for (key, figures) in try Reference.json(id).object("cramers_v") {
            let names = key.split(separator: "|").map(String.init)
            let (first, second) = (places(of: names[0], codebook, people), places(of: names[1], codebook, people))
            let counts = [first, second].map { ($0.compactMap { $0 }.max() ?? -1) + 1 }
            let found = cramersVPattern([first, second], optionCounts: counts, weights: weights)
            let figures = figures as? [String: Any] ?? [:]
            #expect(near(try #require(found.first), figures.number("v")), "\(key)")
            #expect(zip(first, second).count { $0 != nil && $1 != nil } == Int(figures.number("n") ?? -1), "\(key)")
            checked += 1
        }
        #expect(checked == pairs)
    }

    @Test(arguments: ["gss2018", "anes1996", "ces2011"])
    func `normalised entropy, mean and variance equal the independent figures`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let items = try Reference.json(id).object("items")
        for question in codebook.questions where question.hasBaseline {
            let item = items.object(question.id)
            let shares = try #require(question.distribution(of: people)).shares
            #expect(near(normalisedEntropy(shares), item.number("entropy_norm")), "\(question.id)")
            guard let positions = question.positions, item["mean_pos"] != nil else { continue }
            #expect(near(mean(shares, positions: positions), item.number("mean_pos")), "\(question.id)")
            #expect(near(variance(shares, positions: positions), item.number("var_pos")), "\(question.id)")
        }
    }

    @Test(arguments: ["gss2018", "anes1996", "ces2011"])
    func `split halves agree with the independent ones within Monte Carlo error`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let items = try Reference.json(id).object("items")
        var generator = Seeded(state: 7)
        for question in codebook.questions where question.hasBaseline {
            let split = items.object(question.id).object("noise_floor").object("split_half")
            let answered = people.filter { if case .option? = $0.answers[question.id] { true } else { false } }
            let answers = places(of: question.id, codebook, answered)
            let design = SamplingDesign(weights: answered.map(\.weight))
            var measures: [(String, ([Double], [Double]) -> Double)] = [
                ("jsd", jensenShannonDivergence), ("tv", totalVariation),
            ]
            if let positions = question.positions, split["rep"] != nil {
                measures.append(("rep", { representativeness($0, $1, positions: positions) ?? .nan }))
            }
            for (name, distance) in measures {
                let expected = split.object(name)
                let found = try #require(
                    splitHalfNoiseFloor(
                        answers, options: question.options.count, design: design, splits: 200, using: &generator,
                        distance: distance))
                let (a, b) = (expected.number("mc_se") ?? 0, found.standardError)
                let error = (a * a + b * b).squareRoot()
                #expect(near(found.mean, expected.number("mean"), 5 * error), "\(question.id) \(name)")
            }
        }
    }

    /// Options of a question, or values of a variable numbered in sorted order.
    private func places(of name: String, _ codebook: Codebook, _ people: [Respondent]) -> [Int?] {
        if codebook.questions.contains(where: { $0.id == name }) {
            return people.map { if case .option(let place)? = $0.answers[name] { place } else { nil } }
        }
        let values = Set(people.compactMap { $0.variables[name] }).sorted()
        return people.map { $0.variables[name].flatMap(values.firstIndex) }
    }
}
