import Foundation
import Testing

@testable import Surveys

@Suite struct RakingTests {
    private func cases() throws -> [[String: Any]] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/metrics_cases", withExtension: "json"))
        let all = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        return try #require(all["cases"] as? [[String: Any]]).filter { $0["kind"] as? String == "raking" }
    }

    private func margin(_ variable: String, _ targets: [(String, Double)]) -> Margin {
        Margin(variable: variable, targets: targets.map { .init(category: $0.0, share: $0.1) })
    }

    @Test func `raked weights and their effective size agree with the independent cases`() throws {
        let cases = try cases()
        #expect(cases.count == 2)
        for item in cases {
            let input = try #require(item["input"] as? [String: Any])
            let expected = try #require(item["expected"] as? [String: Any])
            let rows = try #require(input["rows"] as? [[String: Any]])
            let targets = try #require(input["targets"] as? [String: [String: Double]])
            let people = rows.map { $0.compactMapValues { $0 as? String } }
            let weights = rows.compactMap { ($0["w"] as? NSNumber)?.doubleValue }
            let margins = targets.sorted { $0.key < $1.key }.map { margin($0.key, $0.value.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }
            let raked = try rakedWeights(of: people, weights: weights, to: margins)
            let wanted = try #require(expected["weights"] as? [Double])
            for (ours, theirs) in zip(raked.weights, wanted) { #expect(abs(ours - theirs) < 1e-8) }
            let size = try #require(expected["kish_n_eff"] as? Double)
            #expect(abs(raked.effectiveSizeAfter - size) < 1e-8)
            #expect(raked.loss > 0 && raked.loss < 1)
            let reversed = try rakedWeights(of: people, weights: weights, to: margins.reversed())
            for (a, b) in zip(raked.weights, reversed.weights) { #expect(abs(a - b) < 1e-9) }
        }
    }

    @Test func `raking a hundred thousand people settles and meets every margin`() throws {
        var draws = Seeded(state: 5)
        let people = (0..<100_000).map { _ in
            ["a": ["x", "y", "z"][min(2, Int.random(in: 0..<20, using: &draws) / 7)], "b": Bool.random(using: &draws) ? "m" : "f"]
        }
        let weights = people.map { _ in exp(2 * Double.random(in: -1...1, using: &draws)) }
        let raked = try rakedWeights(
            of: people, weights: weights, to: [margin("a", [("x", 0.8), ("y", 0.19), ("z", 0.01)]), margin("b", [("m", 3), ("f", 1)])])
        let share = zip(people, raked.weights).reduce(0) { $0 + ($1.0["b"] == "m" ? $1.1 : 0) } / 100_000
        #expect(abs(share - 0.75) < 1e-9)
        #expect(abs(raked.weights.reduce(0, +) / 100_000 - 1) < 1e-9)
        #expect(raked.sweeps < 50)
    }

    @Test func `what cannot be met is refused with its name`() {
        let people = [["sex": "F", "age": "y"], ["sex": "M", "age": "o"]]
        #expect(throws: AdjustmentError.emptyCells(["age m"])) {
            try rakedWeights(of: people, weights: [1, 1], to: [margin("age", [("y", 0.3), ("m", 0.3), ("o", 0.4)])])
        }
        #expect(throws: AdjustmentError.unknownCells(["sex M"])) {
            try rakedWeights(of: people, weights: [1, 1], to: [margin("sex", [("F", 1)])])
        }
        #expect(throws: AdjustmentError.missingValues(variable: "party", count: 2)) {
            try rakedWeights(of: people, weights: [1, 1], to: [margin("party", [("D", 1)])])
        }
        #expect(throws: AdjustmentError.wrongTargets("'sex'")) {
            try rakedWeights(of: people, weights: [1, 1], to: [margin("sex", [("F", -1), ("M", 2)])])
        }
        // F and y are the same person: .5 and .3 contradict each other.
        #expect(throws: AdjustmentError.self) {
            try rakedWeights(
                of: people, weights: [1, 1], to: [margin("sex", [("F", 0.5), ("M", 0.5)]), margin("age", [("y", 0.3), ("o", 0.7)])])
        }
    }

    @Test func `crossings with nobody are reported`() throws {
        let people = [["sex": "F", "age": "y"], ["sex": "F", "age": "o"], ["sex": "M", "age": "o"]]
        let raked = try rakedWeights(
            of: people, weights: [1, 1, 1], to: [margin("sex", [("F", 0.6), ("M", 0.4)]), margin("age", [("y", 0.3), ("o", 0.7)])])
        #expect(raked.emptyCells == ["sex M, age y"])
    }

    @Test func `post-stratified weights reproduce the population's crossing`() throws {
        let cells = [("F", "y", 0.1), ("F", "o", 0.4), ("M", "y", 0.2), ("M", "o", 0.3)]
        let population = cells.map { PopulationCell(values: [$0.0, $0.1], share: $0.2) }
        let people = [("F", "y"), ("F", "y"), ("F", "o"), ("M", "y"), ("M", "o"), ("M", "o")].map { ["sex": $0.0, "age": $0.1] }
        let design = PostStratification(variables: ["sex", "age"], cells: population)
        let made = try design.weights(of: people, weights: [1, 1, 1, 1, 1, 1])
        #expect(zip(made.weights, [0.3, 0.3, 2.4, 1.2, 0.9, 0.9]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(made.effectiveSizeAfter - 36 / (0.18 + 5.76 + 1.44 + 1.62)) < 1e-9)
        let without = people.filter { $0 != ["sex": "F", "age": "o"] }
        #expect(throws: AdjustmentError.emptyCells(["F, o"])) { try design.weights(of: without, weights: [1, 1, 1, 1, 1]) }
        var collapsing = design
        collapsing.smallCells = .collapse(below: 1)
        let merged = try collapsing.weights(of: without, weights: [1, 1, 1, 1, 1])
        // F, o joins F, y: women carry half of the weight, men .2 and .3.
        #expect(zip(merged.weights, [1.25, 1.25, 1, 0.75, 0.75]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(merged.emptyCells == ["F, o -> F, y"])
    }
}
