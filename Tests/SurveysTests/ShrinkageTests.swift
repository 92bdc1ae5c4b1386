import Foundation
import Testing

@testable import Surveys

@Suite struct ShrinkageTests {
    private let question = Question(
        id: "q", ask: "?", scale: .ordinal, options: (0..<3).map { AnswerOption(code: $0, text: "\($0)") })

    /// Groups whose own shares lie `spread` apart from the whole's.
    private func people(groups: Int, each: Int, spread: Double, seed: UInt64) -> [Respondent] {
        var draws = Seeded(state: seed)
        return (0..<groups).flatMap { group in
            let lean = spread * Double.random(in: -1...1, using: &draws)
            return (0..<each).map { index in
                let roll = Double.random(in: 0..<1, using: &draws)
                let option = roll < 0.33 + lean ? 0 : roll < 0.66 + lean ? 1 : 2
                return Respondent(id: "\(group)-\(index)", variables: ["g": "\(group)"], answers: ["q": .option(option)])
            }
        }
    }

    @Test func `trust grows from 0 to 1 with the group and falls with n0`() {
        let half = GroupShrinkage(priorSize: 20)
        #expect(half.trust(size: 20) == 0.5)
        #expect(half.trust(size: 0) == 0)
        #expect(GroupShrinkage(priorSize: 0).trust(size: 3) == 1)
        #expect(GroupShrinkage(priorSize: .infinity).trust(size: 1e9) == 0)
        for size in stride(from: 1.0, to: 500, by: 7) {
            #expect(half.trust(size: size) < half.trust(size: size + 1))
            #expect(half.trust(size: size) > GroupShrinkage(priorSize: 30).trust(size: size))
        }
    }

    @Test func `shrunken shares sum to 1 and lie between the group's and the whole's`() {
        var draws = Seeded(state: 1)
        for _ in 0..<200 {
            func shares() -> [Double] {
                let raw = (0..<4).map { _ in Double.random(in: 0...1, using: &draws) }
                return raw.map { $0 / raw.reduce(0, +) }
            }
            let group = AnswerDistribution(shares: shares(), count: 9, effectiveSize: Double.random(in: 1...90, using: &draws))
            let whole = shares()
            let shrunken = GroupShrinkage(priorSize: Double.random(in: 0...90, using: &draws)).shares(of: group, toward: whole)
            #expect(abs(shrunken.reduce(0, +) - 1) < 1e-12)
            for option in 0..<4 {
                #expect(shrunken[option] >= min(group.shares[option], whole[option]) - 1e-12)
                #expect(shrunken[option] <= max(group.shares[option], whole[option]) + 1e-12)
            }
        }
    }

    @Test func `equal groups are shrunk to the whole, different ones hardly`() throws {
        var draws = Seeded(state: 2)
        let alike = try GroupShrinkage(
            crossValidatedOn: [question], of: people(groups: 20, each: 25, spread: 0, seed: 3), by: "g", using: &draws)
        #expect(alike.priorSize >= 100)
        let apart = try GroupShrinkage(
            crossValidatedOn: [question], of: people(groups: 20, each: 25, spread: 0.3, seed: 3), by: "g", using: &draws)
        #expect(apart.priorSize <= 20)
        #expect(apart.trials.count == GroupShrinkage.grid.count)
        #expect(apart.trials.allSatisfy { (0...2).contains($0.loss) })
        let least = try #require(apart.trials.map(\.loss).min())
        #expect(apart.trials.contains { $0.priorSize == apart.priorSize && $0.loss == least })
    }

    @Test func `shrinking small groups brings them nearer to what they are`() throws {
        // Truth of group g is known; 12 people a group are seen.
        let spread = 0.15
        var (raw, shrunken) = (0.0, 0.0)
        for seed in 0..<20 as Range<UInt64> {
            let seen = people(groups: 15, each: 12, spread: spread, seed: seed)
            let many = people(groups: 15, each: 12, spread: spread, seed: seed).count
            #expect(many == seen.count)
            var draws = Seeded(state: seed)
            let shrinkage = try GroupShrinkage(crossValidatedOn: [question], of: seen, by: "g", using: &draws)
            let whole = try #require(question.distribution(of: seen)).shares
            var again = Seeded(state: seed)
            for group in 0..<15 {
                let lean = spread * Double.random(in: -1...1, using: &again)
                for _ in 0..<12 { _ = Double.random(in: 0..<1, using: &again) }
                let truth = [0.33 + lean, 0.33, 0.34 - lean]
                let own = try #require(question.distribution(of: seen.filter { $0.variables["g"] == "\(group)" }))
                raw += totalVariation(own.shares, truth)
                shrunken += totalVariation(shrinkage.shares(of: own, toward: whole), truth)
            }
        }
        #expect(shrunken < 0.8 * raw)
    }

    @Test func `nobody to learn from is an error`() {
        var draws = Seeded(state: 1)
        #expect(throws: AdjustmentError.self) {
            try GroupShrinkage(crossValidatedOn: [question], of: [], by: "g", using: &draws)
        }
    }
}
