import Foundation
import Testing

@testable import Surveys

@Suite struct WholeSurveyTests {
    @Test(arguments: ["gss2018", "anes1996", "ces2011"])
    func `human marginals and groups equal the independent figures`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let reference = try Reference.json(id)
        #expect(people.count == Int(reference.number("n") ?? 0))
        #expect(near(effectiveSize(weights: people.map(\.weight)), reference.number("kish_n_eff"), 1e-6))
        let items = reference.object("items")
        #expect(items.count == codebook.questions.filter(\.hasBaseline).count)
        var groups = 0
        for question in codebook.questions {
            let item = items.object(question.id)
            let overall = try #require(question.distribution(of: people))
            #expect(overall.count == Int(item.number("n") ?? -1))
            for (share, expected) in zip(overall.shares, item.numbers("p")) { #expect(near(share, expected)) }
            #expect(near(entropy(overall.shares), item.number("entropy")))
            let answered = people.filter { if case .option? = $0.answers[question.id] { true } else { false } }
            for (option, expected) in item.numbers("se_linearised").enumerated() {
                let chosen = answered.map { $0.answers[question.id] == .option(option) }
                #expect(near(linearisedStandardError(chosen: chosen, weights: answered.map(\.weight)), expected))
            }
            for (variable, byValue) in item.object("by_group") where codebook.variable(variable) != nil {
                for (value, figures) in byValue as? [String: Any] ?? [:] {
                    guard let figures = figures as? [String: Any], !figures.numbers("p").isEmpty else { continue }
                    let members = people.filter { $0.variables[variable] == value }
                    let shares = try #require(question.distribution(of: members)).shares
                    for (share, expected) in zip(shares, figures.numbers("p")) { #expect(near(share, expected)) }
                    #expect(near(totalVariation(shares, overall.shares), figures.number("tv_vs_overall")))
                    #expect(near(jensenShannonDivergence(shares, overall.shares), figures.number("jsd_vs_overall")))
                    if question.scale == .ordinal, let positions = question.positions {
                        #expect(
                            near(representativeness(shares, overall.shares, positions: positions), figures.number("rep_vs_overall")))
                    }
                    groups += 1
                }
            }
        }
        #expect(groups > 5)
    }

    @Test(arguments: ["gss2018", "anes1996", "ces2011"])
    func `uniform and modal rows equal the independent figures`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let trivial = try Reference.json("baselines_ship").object("trivial.\(id)")
        var (uniform, modal): ([Double], [Double]) = ([], [])
        for question in codebook.questions where question.scale == .ordinal {
            let measure = Similarity(question)
            let shares = try #require(question.distribution(of: people)).shares
            uniform.append(1 - measure.distance(shares, shares.map { _ in 1 / Double(shares.count) }))
            let most = shares.indices.max { shares[$0] < shares[$1] }
            modal.append(1 - measure.distance(shares, shares.indices.map { $0 == most ? 1 : 0 }))
        }
        #expect(near(mean(uniform), trivial.object("uniform").number("rep")))
        #expect(near(mean(modal), trivial.object("mode").number("rep")))
    }

    @Test(arguments: ["gss2018", "anes1996"])
    func `the closed-form floor is near the independent split halves`(_ id: String) throws {
        let (codebook, people) = try Reference.survey(id)
        let items = try Reference.json(id).object("items")
        for question in codebook.questions where question.scale == .ordinal {
            let overall = try #require(question.distribution(of: people))
            let half = overall.effectiveSize / 2
            let closed = Similarity(question).floor(overall.shares, n: half, m: half)
            let split = items.object(question.id).object("noise_floor").object("split_half").object("rep")
            let expected = 1 - (split.number("mean") ?? .nan)
            #expect(abs(closed - expected) <= 0.08 * expected + 5 * (split.number("mc_se") ?? 0), "\(question.id)")
        }
    }
}
