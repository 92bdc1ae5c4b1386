import Kernel
import Testing

@testable import Surveys

/// Charness and Rabin's six games as Horton 2023 fits them: Berk29, Barc2, Berk23, Barc8, Berk15, Berk26.
/// Reference values: the best of all faces of the simplex in numpy.
@Suite struct SimplexMixtureTests {
    private let human = [0.31, 0.52, 1.00, 0.67, 0.27, 0.78]
    private let types = [
        BehaviourType("fair", [1, 1, 1, 0, 0, 0]),
        BehaviourType("efficient", [0, 0, 1, 0, 0, 0], ties: [.init(situation: 5, otherwise: 1)]),
        BehaviourType("selfish", [0, 1, 1, 1, 1, 1], ties: [.init(situation: 0, otherwise: 1)]),
    ]

    private func fitted(sizes: [Int?] = []) throws -> SimplexMixture {
        var stream = RandomStream(seed: 3, "mixture")
        return try #require(simplexMixture(types, observed: human, sizes: sizes, using: &stream))
    }

    private func expect(_ fit: TypeMixture, _ expected: [Double]) {
        for (a, b) in zip(fit.weights + [fit.rootMeanSquare], expected) { #expect(near(a, b, 1e-10), "\(a) for \(b)") }
    }

    @Test func `Horton's mixture is found, with what misses`() throws {
        let found = try fitted()
        expect(found.fit, [0.15428571428571425, 0.3242857142857142, 0.5214285714285716, 0.18286737322572386])
        #expect(near(found.fit.weights[0], 0.154, 5e-4) && near(found.fit.weights[1], 0.324, 5e-4))
        #expect(near(found.residuals[4], 0.52 - 0.27, 5e-3) && near(found.residuals[2], 0, 1e-12))
        #expect(found.notToldApart.isEmpty && found.intervals == nil)
    }

    @Test func `every resolution of the ties is shown, and the weights' range over them`() throws {
        let found = try fitted()
        #expect(found.resolutions.map(\.changed) == [[], [0], [1], [0, 1]])
        expect(found.resolutions[1].fit, [0.21125000000000005, 0.37249999999999994, 0.4162500000000002, 0.13364286986841709])
        expect(found.resolutions[2].fit, [0.0, 0.49, 0.51, 0.18083141320025126])
        expect(found.resolutions[3].fit, [0.08250000000000006, 0.51625, 0.40124999999999994, 0.15267749233815267])
        for (a, b) in zip(found.resolutions[1].fit.weights, [0.21, 0.37, 0.42]) { #expect(near(a, b, 5e-3)) }
        let fair = found.resolutions.map { $0.fit.weights[0] }
        #expect(found.overTies[0].low == fair.min() && found.overTies[0].high == fair.max())
        #expect(found.resolutions.allSatisfy { $0.fit.rootMeanSquare >= found.best.fit.rootMeanSquare })
    }

    @Test func `the weights without each game are shown`() throws {
        let found = try fitted()
        let expected: [[Double]] = [
            [0.0, 0.43999999999999995, 0.56, 0.17099707599839245], [0.31000000000000005, 0.11666666666666681, 0.5733333333333331, 0.1697449066491638], [0.1542857142857143, 0.32428571428571423, 0.5214285714285715, 0.20032117069489042],
            [0.18400000000000002, 0.3539999999999999, 0.4620000000000001, 0.18424983039340903], [0.10400000000000009, 0.274, 0.6219999999999999, 0.14975980769218422], [0.20600000000000004, 0.376, 0.418, 0.14631472926537506],
        ]
        #expect(found.withoutOne.map(\.changed) == (0..<6).map { [$0] })
        for (variant, expected) in zip(found.withoutOne, expected) { expect(variant.fit, expected) }
    }

    @Test func `planted types are recovered, and their intervals cover the planted weights`() throws {
        let planted = [0.25, 0.35, 0.4]
        let truth = human.indices.map { game in
            zip(planted, types).reduce(0) { $0 + $1.0 * $1.1.predictions[game] }
        }
        var stream = RandomStream(seed: 5, "planted")
        let exact = try #require(simplexMixture(types, observed: truth, using: &stream))
        for (a, b) in zip(exact.fit.weights, planted) { #expect(near(a, b, 1e-12)) }
        #expect(exact.fit.rootMeanSquare < 1e-12)
        var covered = [0, 0, 0]
        let runs = 100
        for _ in 0..<runs {
            let shares = truth.map { share in
                Double((0..<120).count { _ in stream.unit() < share }) / 120
            }
            let found = try #require(
                simplexMixture(types, observed: shares, sizes: [Int?](repeating: 120, count: 6), resamples: 200, using: &stream))
            for (type, weight) in planted.enumerated() {
                let interval = try #require(found.intervals)[type]
                if interval.low <= weight && weight <= interval.high { covered[type] += 1 }
                #expect(abs(found.fit.weights[type] - weight) < 0.15)
            }
        }
        for count in covered { #expect(count >= 87, "\(covered)") }
    }

    @Test func `types that cannot be told apart are named`() throws {
        var stream = RandomStream(seed: 3, "mixture")
        let mixed = BehaviourType("mixed", [0.5, 0.5, 1, 0, 0, 0])
        let found = try #require(simplexMixture(types + [mixed], observed: human, using: &stream))
        #expect(found.notToldApart == ["fair", "efficient", "mixed"])
        #expect(near(found.fit.rootMeanSquare, try fitted().fit.rootMeanSquare, 1e-9))
    }

    @Test func `without types, or with more ties than can be tried, there is no fit`() {
        var stream = RandomStream(seed: 3, "mixture")
        #expect(simplexMixture([], observed: human, using: &stream) == nil)
        let undecided = BehaviourType(
            "undecided", [Double](repeating: 0, count: 13), ties: (0..<13).map { .init(situation: $0, otherwise: 1) })
        #expect(simplexMixture([undecided], observed: [Double](repeating: 0.5, count: 13), using: &stream) == nil)
    }
}
