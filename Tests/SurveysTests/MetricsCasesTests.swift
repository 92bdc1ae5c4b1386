import Foundation
import Testing

@testable import Surveys

/// The 65 independent cases (scipy, scikit-learn, statsmodels, pingouin), each within the file's own tolerance.
///
/// Of a case's figures, Yates's chi-square, Bonferroni's and Benjamini and Yekutieli's p and the jackknife are not
/// ours. The weighted shares and sizes are in `StatisticsTests` too.
@Suite struct MetricsCasesTests {
    /// Inputs and expectations of one kind, with what a figure may be off.
    struct Case {
        let id: String
        let input: [String: Any]
        let expected: [String: Any]
        let tolerance: Double

        /// Whether a figure is what the case says: `"inf"` is infinity and null undefined.
        func holds(_ key: String, _ value: Double?, _ tolerance: Double? = nil) -> Bool {
            guard let wanted = expected[key] else { return false }
            if wanted is NSNull { return value == nil }
            if wanted as? String == "inf" { return value == .infinity }
            return near(value, expected.number(key), tolerance ?? self.tolerance)
        }

        func holds(_ key: String, _ values: [Double]?) -> Bool {
            let wanted = expected.numbers(key)
            guard let values, !wanted.isEmpty, values.count == wanted.count else { return false }
            return zip(values, wanted).allSatisfy { near($0, $1, tolerance) }
        }

        func rows(_ key: String) -> [[Double]] {
            (input[key] as? [[NSNumber]] ?? []).map { $0.map(\.doubleValue) }
        }
    }

    static func cases(_ kind: String) throws -> [Case] {
        let file = try Reference.json("metrics_cases")
        let tolerances = file.object("tolerance_absolute")
        let tolerance = try #require(tolerances.number(kind) ?? tolerances.object(kind).number("default"))
        return (file["cases"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == kind }.map {
            Case(
                id: $0["id"] as? String ?? "", input: $0.object("input"), expected: $0.object("expected"),
                tolerance: tolerance)
        }
    }

    @Test func `every case has its kind tested here`() throws {
        let counts = [
            "distance": 17, "table": 9, "two_by_two": 9, "kappa": 5, "icc": 4, "weighted": 4, "raking": 2,
            "multiple": 3, "calibration": 2, "normalised_accuracy": 2, "logprob_extraction": 3, "option_order": 1,
            "pattern": 1, "mixture": 1, "gof": 2,
        ]
        for (kind, count) in counts { #expect(try Self.cases(kind).count == count, "\(kind)") }
        #expect(counts.values.reduce(0, +) == 65)
        #expect((try Reference.json("metrics_cases")["cases"] as? [Any])?.count == 65)
    }

    @Test func `distances and ratios agree with 17 cases, undefined and infinite ones too`() throws {
        for one in try Self.cases("distance") {
            let (p, q, x) = (one.input.numbers("p"), one.input.numbers("q"), one.input.numbers("positions"))
            let divergence = jensenShannonDivergence(p, q)
            let figures: [String: Double?] = [
                "js_divergence_bits": divergence, "js_divergence_nats": divergence * 0.693_147_180_559_945_3,
                "one_minus_jsd": 1 - divergence, "total_variation": totalVariation(p, q),
                "kl_pq_bits": kullbackLeiblerDivergence(p, q), "kl_qp_bits": kullbackLeiblerDivergence(q, p),
                "hellinger": hellingerDistance(p, q), "entropy_p_bits": entropy(p), "entropy_q_bits": entropy(q),
                "entropy_norm_p": normalisedEntropy(p), "entropy_ratio_p_over_q": entropyRatio(model: p, human: q),
                "emd": wassersteinDistance(p, q, positions: x),
                "emd_normalised": representativeness(p, q, positions: x).map { 1 - $0 },
                "representativeness": representativeness(p, q, positions: x),
            ]
            for (key, value) in figures { #expect(one.holds(key, value), "\(one.id) \(key)") }
            #expect(one.holds("js_distance_bits", jensenShannonDistance(p, q)), "\(one.id)")
            guard one.expected["var_p"] != nil else { continue }
            #expect(one.holds("var_p", variance(p, positions: x)), "\(one.id)")
            #expect(one.holds("var_q", variance(q, positions: x)), "\(one.id)")
            #expect(one.holds("var_ratio_p_over_q", varianceRatio(model: p, human: q, positions: x)), "\(one.id)")
        }
    }

    @Test func `tests of tables and both forms of Cramer's V agree with 9 cases`() throws {
        for one in try Self.cases("table") {
            let table = one.rows("table")
            let test = pearsonChiSquare(table)
            #expect(one.holds("chi2", test?.statistic), "\(one.id)")
            #expect(one.holds("p", test?.p), "\(one.id)")
            #expect(Int(one.expected.number("dof") ?? -1) == test?.degreesOfFreedom ?? 0, "\(one.id)")
            #expect(one.holds("cramers_v", cramersV(table)), "\(one.id)")
            #expect(one.holds("cramers_v_bias_corrected", biasCorrectedCramersV(table)), "\(one.id)")
            guard test != nil else { continue }
            #expect(one.holds("min_expected", test?.leastExpected), "\(one.id)")
            #expect(one.holds("g", likelihoodRatioChiSquare(table)?.statistic), "\(one.id)")
            #expect(one.holds("g_p", likelihoodRatioChiSquare(table)?.p), "\(one.id)")
        }
        for one in try Self.cases("gof") {
            let test = pearsonGoodnessOfFit(one.input.numbers("observed"), shares: one.input.numbers("p0"))
            #expect(one.holds("chi2", test?.statistic) && one.holds("p", test?.p), "\(one.id)")
            #expect(one.expected.number("dof") == test.map { Double($0.degreesOfFreedom) }, "\(one.id)")
        }
    }

    @Test func `tetrachoric correlation, phi, kappa and odds agree with 9 tables of two answers`() throws {
        for one in try Self.cases("two_by_two") {
            let table = one.rows("table")
            let pairs = table.enumerated().flatMap { row, cells in
                cells.enumerated().flatMap { [(Int, Int)](repeating: (row, $0), count: Int($1)) }
            }
            #expect(one.holds("tetrachoric", tetrachoricCorrelation(table), 2e-5), "\(one.id)")
            #expect(one.holds("tetrachoric_quick_cos", cosineApproximation(table)), "\(one.id)")
            #expect(one.holds("phi", phiCoefficient(table)), "\(one.id)")
            #expect(one.holds("cohen_kappa", cohensKappa(table)), "\(one.id)")
            let agreement = proportionAgreement(pairs.map(\.0), pairs.map(\.1))
            #expect(one.holds("proportion_agreement", agreement?.agreement.share), "\(one.id)")
            #expect(one.holds("odds_ratio", oddsRatio(table)), "\(one.id)")
        }
    }

    @Test func `kappa without, with linear and with quadratic weights agrees with 5 cases`() throws {
        for one in try Self.cases("kappa") {
            func texts(_ key: String) -> [String] { (one.input[key] as? [Any] ?? []).map { "\($0)" } }
            let labels = texts("labels")
            let (a, b) = (texts("a").compactMap(labels.firstIndex), texts("b").compactMap(labels.firstIndex))
            func kappa(_ weights: KappaWeights) -> Double? {
                cohensKappa(a, b, options: labels.count, weights: weights)
            }
            #expect(one.holds("kappa", kappa(.equal)), "\(one.id)")
            #expect(one.holds("proportion_agreement", proportionAgreement(a, b)?.agreement.share), "\(one.id)")
            guard one.expected["kappa_linear"] != nil else { continue }
            #expect(one.holds("kappa_linear", kappa(.linear)), "\(one.id)")
            #expect(one.holds("kappa_quadratic", kappa(.quadratic)), "\(one.id)")
        }
    }

    @Test func `intraclass correlations agree with 4 cases, Shrout and Fleiss's table among them`() throws {
        for one in try Self.cases("icc") {
            let icc = try #require(intraclassCorrelation(one.rows("matrix")))
            let figures: [String: Double?] = [
                "icc_1_1": icc.oneWay, "icc_2_1": icc.twoWayRandom, "icc_3_1": icc.twoWayMixed,
                "icc_3_k": icc.averageMixed, "ms_rows": icc.rowMeanSquare, "ms_cols": icc.columnMeanSquare,
                "ms_error": icc.errorMeanSquare,
            ]
            for (key, value) in figures { #expect(one.holds(key, value), "\(one.id) \(key)") }
        }
    }

    @Test func `weighted shares and Rao and Scott's tests agree with 4 cases`() throws {
        for one in try Self.cases("weighted") {
            let answers = one.input.numbers("x").map { Int($0) }
            let design = SamplingDesign(weights: one.input.numbers("w"))
            let shares = try #require(
                linearisedShares(answers, options: one.input.numbers("p0").count, design: design))
            let test = try #require(raoScott(answers, shares: one.input.numbers("p0"), design: design))
            #expect(one.holds("p", shares.shares) && one.holds("se_linearised", shares.standardErrors), "\(one.id)")
            let figures: [String: Double?] = [
                "kish_n_eff": effectiveSize(weights: design.weights),
                "weighted_mean": linearisedMean(answers.map(Double.init), design: design)?.mean,
                "pearson_x2_times_n": test.naive.statistic, "pearson_p_naive": test.naive.p,
                "mean_generalised_deff": test.meanDesignEffect, "rao_scott_first_order": test.firstOrder.statistic,
                "rao_scott_first_p": test.firstOrder.p, "rao_scott_second_order": test.secondOrder.statistic,
                "rao_scott_second_df": test.secondOrder.degreesOfFreedom, "rao_scott_second_p": test.secondOrder.p,
            ]
            for (key, value) in figures { #expect(one.holds(key, value), "\(one.id) \(key)") }
        }
    }

    @Test func `raked weights agree with 2 cases`() throws {
        for one in try Self.cases("raking") {
            let rows = try #require(one.input["rows"] as? [[String: Any]])
            let targets = one.input.object("targets")
            let margins = targets.keys.sorted().map { variable in
                let shares = targets.object(variable)
                return Margin(
                    variable: variable,
                    targets: shares.keys.sorted().map { .init(category: $0, share: shares.number($0) ?? .nan) })
            }
            let people = rows.map { row in row.compactMapValues { $0 as? String } }
            let raked = try rakedWeights(of: people, weights: rows.compactMap { $0.number("w") }, to: margins)
            #expect(one.holds("weights", raked.weights), "\(one.id)")
            #expect(one.holds("kish_n_eff", raked.effectiveSizeAfter), "\(one.id)")
        }
    }

    @Test func `Holm's and Benjamini and Hochberg's p agree with 3 cases`() throws {
        for one in try Self.cases("multiple") {
            #expect(one.holds("holm", holmAdjusted(one.input.numbers("p"))), "\(one.id)")
            #expect(one.holds("bh", benjaminiHochbergAdjusted(one.input.numbers("p"))), "\(one.id)")
        }
    }

    @Test func `calibration agrees with 2 cases`() throws {
        for one in try Self.cases("calibration") {
            let (p, y) = (one.input.numbers("p"), one.input.numbers("y").map { $0 == 1 })
            let error = calibrationError(p, outcomes: y)
            #expect(one.holds("ece", error?.expected) && one.holds("mce", error?.greatest), "\(one.id)")
            #expect(one.holds("brier", brierScore(p, outcomes: y)), "\(one.id)")
            #expect(one.holds("log_loss_nats", logLoss(p, outcomes: y)), "\(one.id)")
        }
    }

    @Test func `normalised accuracy agrees with 2 cases`() throws {
        for one in try Self.cases("normalised_accuracy") {
            let found = try #require(
                normalisedAccuracy(first: one.rows("t1"), second: one.rows("t2"), agent: one.rows("agent")))
            #expect(one.holds("raw_accuracy_mean", found.accuracy), "\(one.id)")
            #expect(one.holds("consistency_mean", found.consistency), "\(one.id)")
            #expect(one.holds("mean_of_ratios", found.meanOfRatios), "\(one.id)")
            #expect(one.holds("ratio_of_means", found.ratioOfMeans), "\(one.id)")
            #expect(one.holds("n_used", Double(found.used)), "\(one.id)")
        }
    }

    @Test func `letters and refusals are read as in 3 cases`() throws {
        for one in try Self.cases("logprob_extraction") {
            let listed = one.input.object("top_logprobs").compactMapValues { ($0 as? NSNumber)?.doubleValue }
            let letters = one.input.object("letters")
            let options = try #require(one.input["references"] as? [String]).compactMap { letters[$0] as? String }
            let reading = try #require(letterReading(listed, letters: options))
            #expect(one.holds("probs_unnorm", reading.probabilities), "\(one.id)")
            #expect(one.holds("probs_norm", reading.shares), "\(one.id)")
            #expect(one.expected["misses"] as? [Bool] == reading.missing, "\(one.id)")
            let parts = withoutRefusals(reading.shares, substantive: Int(one.input.number("n_ordinal") ?? 0))
            #expect(one.holds("D_M", parts?.shares) && one.holds("R_M", parts?.refusal), "\(one.id)")
        }
    }

    @Test func `orders, patterns and mixtures agree with their cases`() throws {
        for one in try Self.cases("option_order") {
            let orders = OptionOrderCorrection(cyclicShares: one.rows("label_probs_by_shift"))
            #expect(one.holds("cyclic_arithmetic_mean", orders.arithmeticMean))
            #expect(one.holds("cyclic_geometric_mean", orders.geometricMean))
            #expect(one.holds("pride_prior", orders.letterPrior))
            #expect(one.holds("pride_debiased_shift0", orders.debiased(order: 0)))
        }
        for one in try Self.cases("pattern") {
            let (model, human) = (one.input.numbers("v_model"), one.input.numbers("v_human"))
            let found = patternCorrespondence(model: model, human: human)
            #expect(one.holds("mean_difference_model_minus_human", found?.meanDifference))
            #expect(one.holds("mean_absolute_difference", found?.meanAbsoluteDifference))
            #expect(one.holds("rmse", found?.rootMeanSquare) && one.holds("pearson", found?.correlation))
        }
        for one in try Self.cases("mixture") {
            let found = mixtureWeights(types: one.rows("play_left"), observed: one.input.numbers("human_left"))
            #expect(one.holds("weights", found?.weights) && one.holds("fitted", found?.fitted))
            #expect(one.holds("rmse", found?.rootMeanSquare))
        }
    }
}
