import Testing

@testable import Surveys

/// What the cases of `MetricsCasesTests` leave open. Values are by hand where no source is named.
@Suite struct FidelityStatisticsTests {
    @Test func `a model of stereotypes is flat within groups and not between them`() throws {
        let human = [[0.8, 0, 0.2], [0.2, 0, 0.8]]
        let model = [[1.0, 0, 0], [0, 0, 1.0]]
        let found = try #require(
            stereotypeFlattening(model: model, human: human, shares: [3, 1], positions: [1, 2, 3]))
        // Human: within 0.64; means 1.4, 2.6, between 3/16 * 1.44 = 0.27. Model: within 0; between 3/16 * 4 = 0.75.
        #expect(found.within == 0 && near(found.between, 0.75 / 0.27, 1e-12))
        #expect(near(found.overall, 0.75 / 0.91, 1e-12) && found.groups == [0, 0])
        #expect(compressedShare(model: model, human: human)?.share == 1)
        #expect(compressedShare(model: human, human: human)?.share == 0)
        let reversed = stereotypeFlattening(model: human, human: model, shares: [1, 1], positions: [1, 2, 3])
        #expect(reversed?.within == nil && reversed?.groups == [nil, nil] && reversed?.between != nil)
        #expect(stereotypeFlattening(model: [], human: [], shares: [], positions: []) == nil)
        #expect(compressedShare(model: [], human: []) == nil)
    }

    @Test func `overall variance is the sum of within and between`() throws {
        let human = [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.3, 0.3, 0.4]]
        let shares = [0.5, 0.2, 0.3]
        let pooled = (0..<3).map { option in zip(shares, human).reduce(0) { $0 + $1.0 * $1.1[option] } }
        let model = [0.2, 0.5, 0.3]
        let found = try #require(
            stereotypeFlattening(
                model: [model, model, model], human: human, shares: shares, positions: [1, 2, 4]))
        #expect(near(found.overall, varianceRatio(model: model, human: pooled, positions: [1, 2, 4]), 1e-12))
        #expect(found.between.map { abs($0) < 1e-15 } == true)
    }

    @Test func `the best of several formats is optimistic and the crossed choice is not`() throws {
        // Format 0 is best on even items, 1 on odd ones: choosing on one half is wrong on the other.
        let found = try #require(
            steerability(formats: [[0.9, 0.6, 0.9, 0.6], [0.7, 0.7, 0.7, 0.7]], unsteered: [0.6, nil, 0.7, 0.5]))
        #expect(found.bestFormat == 0 && near(found.best, 0.75))
        #expect(near(found.crossed, (0.6 + 0.7) / 2) && near(found.gain, 0.05))
        #expect(steerability(formats: [[nil], [nil]]) == nil)
        let single = try #require(steerability(formats: [[nil], [0.4]]))
        #expect(single.bestFormat == 1 && single.crossed == nil && single.gain == nil)
    }

    @Test func `consistency counts topics on the overall best group's side, ties in part`() throws {
        let found = try #require(
            consistency(
                topics: [[0.9, 0.8, 0.7], [0.6, 0.8, 0.7], [0.8, 0.8, 0.7], [0.9, nil, 0.1]], overall: [0.9, 0.8, 0.7]))
        #expect(near(found.share, 0.5) && found.best == [0] && found.topics == 3 && near(found.randomBaseline, 1.0 / 3))
        let tied = try #require(consistency(topics: [[1, 1]], overall: [1, 1]))
        #expect(near(tied.share, 0.5) && tied.best == [0, 1])
        #expect(near(consistency([found, tied]), 0.5))
        #expect(consistency(topics: [[0.9]], overall: [0.9]) == nil)
        #expect(consistency(topics: [[0.9, 0.8]], overall: [0.9, nil]) == nil)
        #expect(consistency(topics: [], overall: [0.9, 0.8]) == nil && consistency([]) == nil)
    }

    @Test func `coverage counts ends in and leaves out what could not be computed`() {
        let found = intervalCoverage([(0, 1), nil, (0.2, 0.4), (0.5, 0.6)], truths: [1, 9, 0.5, 0.5])
        #expect(found?.count == 2 && found?.n == 3)
        #expect(intervalCoverage([nil], truths: [1]) == nil)
    }

    @Test func `scores of several options are the yes-no ones where there are two`() {
        let (p, y) = ([0.1, 0.9, 0.8, 0.3], [false, true, false, true])
        let (shares, chosen) = (p.map { [1 - $0, $0] }, y.map { $0 ? 1 : 0 })
        #expect(near(brierScore(shares, chosen: chosen), brierScore(p, outcomes: y).map { 2 * $0 }, 1e-15))
        #expect(near(logLoss(shares, chosen: chosen), logLoss(p, outcomes: y), 1e-15))
        #expect(logLoss([0], outcomes: [true]) == .infinity && logLoss([1], outcomes: [true]) == 0)
        #expect(brierScore([Double](), outcomes: []) == nil && logLoss([[Double]](), chosen: []) == nil)
        #expect(calibrationError([], outcomes: []) == nil)
        #expect(calibrationError([1, 1], outcomes: [true, true])?.bins.map(\.low) == [0.9])
    }

    @Test func `agreement stands beside the majority's`() throws {
        let found = try #require(proportionAgreement(["a", "a", "b", "a"], ["a", "a", "b", "b"]))
        #expect(found.agreement.count == 3 && found.majorityBaseline == 0.5 && found.lift == 0.5)
        #expect(proportionAgreement([1], [1])?.lift == nil && proportionAgreement([Int](), []) == nil)
    }

    @Test func `patterns run over pairs in order and say which are undefined`() throws {
        let answers: [[Int?]] = [[0, 0, 1, 1, nil], [0, 0, 1, 1, 1], [0, 0, 0, 0, 1], [0, 1, 0, 1, 1]]
        let pattern = cramersVPattern(answers, optionCounts: [2, 2, 2, 2])
        // (0,1) recodes; (0,2) constant where both answered; (0,3) independent.
        #expect(pattern.count == 6 && pattern[0] == 1 && pattern[1] == nil && pattern[2] == 0)
        #expect(near(pattern[3], 2 / 24.0.squareRoot(), 1e-12), "phi = (2*1 - 2*0)/sqrt(2*3*4*1)")
        let weighted = cramersVPattern(answers, optionCounts: [2, 2, 2, 2], weights: [1, 1, 1, 1, 3])
        #expect(near(weighted[3], 6 / 120.0.squareRoot(), 1e-12), "phi = 2*3/sqrt(2*5*4*3)")
        let corrected = cramersVPattern(answers, optionCounts: [2, 2, 2, 2], biasCorrected: true)
        #expect(corrected[0] == 1 && corrected[2] == 0)
        let found = try #require(patternCorrespondence(model: [0.2, nil, 0.4], human: [0.1, 0.5, nil]))
        #expect(found.pairs == 1 && found.undefined == 2 && near(found.meanDifference, 0.1) && found.correlation == nil)
        #expect(patternCorrespondence(model: [nil], human: [0.2]) == nil)
        #expect(cramersVPattern([], optionCounts: []) == [])
    }

    @Test func `reliability is undefined without variance, and accuracy without anything repeated`() throws {
        let flat = try #require(intraclassCorrelation([[1, 1], [1, 1]]))
        #expect(flat.oneWay == nil && flat.twoWayMixed == nil && flat.averageMixed == nil)
        #expect(intraclassCorrelation([[1, 2]]) == nil && intraclassCorrelation([[1], [2]]) == nil)
        let found = normalisedAccuracy(first: [[1, 2]], second: [[2, 1]], agent: [[1, 1]])
        #expect(found?.accuracy == 0.5 && found?.ratioOfMeans == nil && found?.meanOfRatios == nil && found?.used == 0)
        #expect(normalisedAccuracy(first: [[Int]](), second: [], agent: []) == nil)
        #expect(phiCoefficient([[1, 2], [0, 0]]) == nil && oddsRatio([[0, 1], [0, 1]]) == nil)
        #expect(pearsonCorrelation([1, 1], [1, 2]) == nil && pearsonCorrelation([], []) == nil)
        #expect(pearsonGoodnessOfFit([1, 2], shares: [1, 0]) == nil)
        #expect(pearsonGoodnessOfFit([0, 0], shares: [0.5, 0.5]) == nil)
    }

    /// numpy 2.4.6: the best of all 31 faces of the simplex.
    @Test func `a mixture of types leaves out those that do not help`() throws {
        let types = [
            [0.09, 0.24, 0.8, 0.58, 0.09, 0.43, 0.48], [0.16, 0.73, 0.11, 0.39, 0.52, 0.43, 0.59],
            [0.74, 0.96, 0.28, 0.65, 0.7, 0.29, 0.0], [0.97, 0.3, 0.31, 0.89, 0.59, 0.47, 0.77],
            [0.03, 0.71, 0.37, 0.09, 0.66, 0.93, 0.21],
        ]
        let observed = [0.63, 0.3, 0.74, 0.72, 0.22, 0.83, 0.66]
        let found = try #require(mixtureWeights(types: types, observed: observed))
        let weights = [0.49143907225166195, 0, 0, 0.46435361980694606, 0.044207307941392104]
        for (a, b) in zip(found.weights, weights) { #expect(near(a, b, 1e-12)) }
        #expect(near(found.rootMeanSquare, 0.16979804671965246, 1e-12))
        let doubled = try #require(mixtureWeights(types: types + types, observed: observed))
        #expect(near(doubled.rootMeanSquare, found.rootMeanSquare, 1e-12))
        #expect(near(doubled.weights.reduce(0, +), 1, 1e-12))
        let exact = try #require(mixtureWeights(types: types, observed: types[2]))
        #expect(exact.weights == [0, 0, 1, 0, 0] && exact.rootMeanSquare == 0)
        #expect(mixtureWeights(types: [], observed: observed) == nil)
    }

    @Test func `a letter's prior planted in every order is taken out again`() throws {
        let (truth, prior) = ([0.6, 0.3, 0.1], [0.5, 0.3, 0.2])
        let orders = [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
        let shares = orders.map { order in
            let raw = order.enumerated().map { truth[$1] * prior[$0] }
            return raw.map { $0 / raw.reduce(0, +) }
        }
        let found = OptionOrderCorrection(orders: orders, shares: shares)
        for (a, b) in zip(try #require(found.letterPrior), prior) { #expect(near(a, b, 1e-12)) }
        for order in orders.indices {
            for (a, b) in zip(try #require(found.debiased(order: order)), truth) { #expect(near(a, b, 1e-12)) }
        }
        for (a, b) in zip(try #require(found.geometricMean), truth) { #expect(near(a, b, 1e-12)) }
        let blocked = OptionOrderCorrection(orders: [[0, 1]], shares: [[1, 0]])
        #expect(blocked.debiased(order: 0) == nil && blocked.arithmeticMean == [1, 0])
    }

    @Test func `letters read by the greater spelling, with what was covered`() throws {
        let found = try #require(letterReading(["A": -1, " A": -2, "the": -0.7], letters: ["A"]))
        #expect(near(found.coveredMass, 0.503_214_724_408, 1e-9), "e^-1 + e^-2")
        #expect(found.shares == [1] && found.missing == [false])
        #expect(letterReading([:], letters: ["A"]) == nil && letterReading(["x": 0], letters: ["A"]) == nil)
        #expect(withoutRefusals([0, 0, 2], substantive: 2)?.shares == nil)
        #expect(withoutRefusals([0, 0, 2], substantive: 2)?.refusal == 1)
        #expect(withoutRefusals([0, 0], substantive: 1) == nil)
    }
}
