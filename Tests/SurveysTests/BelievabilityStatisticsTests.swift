import Testing

@testable import Surveys

/// Reference values: scipy 1.17.1, scikit-posthocs 0.17.1, statsmodels 0.15.0, mpmath 1.4.1 at 50 digits.
@Suite struct BelievabilityStatisticsTests {
    // MARK: Distributions

    /// mpmath `gammainc(regularized=True)`.
    static let gammas: [(a: Double, x: Double, lower: Double, upper: Double)] = [
        (0.5, 0.01, 0.1124629160182849, 0.8875370839817152),
        (0.5, 1.5, 0.9167354833364496, 0.0832645166635504),
        (0.5, 50, 1.0, 1.523970604832105e-23),
        (2, 1, 0.26424111765711533, 0.7357588823428847),
        (2, 75.145, 1.0, 1.7643410892032765e-31),
        (2, 700, 1.0, 6.911633257175599e-302),
        (7.5, 9, 0.7373344393276778, 0.2626655606723222),
        (14.9, 16, 0.6421527348646928, 0.3578472651353071),
        (15, 16, 0.6324726402344351, 0.36752735976556494),
        (15, 3, 6.703859112405606e-07, 0.9999993296140888),
        (50, 60, 0.9155933189063081, 0.08440668109369183),
        (50, 120, 0.9999999999998399, 1.600822679334483e-13),
        (500, 480, 0.1862819731903246, 0.8137180268096754),
        (500, 520, 0.8153088509012564, 0.1846911490987436),
        (500, 700, 0.9999999999999993, 7.032145641828589e-16),
        (10000, 10100, 0.8413487504471796, 0.15865124955282037),
        (10000, 9000, 2.073299202433928e-25, 1.0),
        (3, 0.001, 1.6654171665278076e-10, 0.9999999998334583),
    ]

    @Test func `both incomplete gamma functions hold 12 digits, in the tails too`() throws {
        for one in Self.gammas {
            let (lower, upper) = try #require(incompleteGamma(one.a, one.x))
            #expect(alike(lower, one.lower), "P(\(one.a), \(one.x)) = \(lower)")
            #expect(alike(upper, one.upper), "Q(\(one.a), \(one.x)) = \(upper)")
        }
    }

    @Test func `the incomplete gamma functions end at 0 and 1 and are undefined beyond`() throws {
        let (none, all) = (try #require(incompleteGamma(2, 0)), try #require(incompleteGamma(2, .infinity)))
        #expect(none.lower == 0 && none.upper == 1 && all.lower == 1 && all.upper == 0)
        #expect(incompleteGamma(2, 1e308)?.upper == 0 && incompleteGamma(1e6, 1)?.lower == 0)
        for (a, x) in [(0, 1), (-1, 1), (1, -1), (.nan, 1), (1, .nan), (.infinity, 1)] as [(Double, Double)] {
            #expect(incompleteGamma(a, x) == nil)
        }
        #expect(chiSquareSurvival(1, degreesOfFreedom: 0) == nil)
        #expect(alike(chiSquareSurvival(6, degreesOfFreedom: 2), 0.049787068367863944))  // e^-3
    }

    /// mpmath `erfc(z / sqrt(2)) / 2`.
    @Test func `the normal survival function holds 12 digits down to z = 37`() {
        let cases: [(Double, Double)] = [
            (-3, 0.9986501019683699), (0, 0.5), (0.5, 0.3085375387259869), (1.96, 0.024997895148220435),
            (5, 2.866515718791939e-07), (10, 7.619853024160525e-24), (20, 2.7536241186062337e-89),
            (37, 5.725571222524577e-300),
        ]
        for (z, expected) in cases {
            #expect(alike(NormalDistribution.survival(z), expected), "z = \(z)")
            #expect(alike(NormalDistribution.cumulative(-z), expected))
            #expect(alike(NormalDistribution.twoSided(abs(z)), 2 * min(expected, 1 - expected), 1e-11))
        }
    }

    /// mpmath, by root finding on the logarithm.
    @Test func `the normal quantile holds 12 digits and inverts the distribution`() throws {
        let cases: [(Double, Double)] = [
            (1e-300, -37.0470962993612), (1e-10, -6.361340902404057), (0.025, -1.9599639845400543),
            (0.3, -0.5244005127080408), (0.55, 0.12566134685507416), (0.975, 1.9599639845400538),
            (0.9999999, 5.199337582290661),
        ]
        for (p, expected) in cases {
            let z = try #require(NormalDistribution.quantile(p))
            #expect(alike(z, expected), "p = \(p): \(z)")
            #expect(alike(NormalDistribution.cumulative(z), p, 1e-11))
        }
        #expect(NormalDistribution.quantile(0.5).map { abs($0) < 1e-15 } == true)
        #expect([0, 1, -1, 2, .nan].allSatisfy { NormalDistribution.quantile($0) == nil })
    }

    @Test func `Mills' ratio does not jump where its continued fraction takes over`() {
        let below = 5.0.nextDown
        #expect(alike(NormalDistribution.millsRatio(below), NormalDistribution.millsRatio(5), 1e-13))
        #expect(alike(NormalDistribution.millsRemainder(below), NormalDistribution.millsRemainder(5), 1e-12))
        // The asymptotic series 1/z - 1/z^3 + 3/z^5 - 15/z^7 at 1,000.
        #expect(alike(NormalDistribution.millsRatio(1000), 1e-3 - 1e-9 + 3e-15 - 15e-21, 1e-15))
    }

    // MARK: Rank tests

    typealias Pair = (z: Double, p: Double, holm: Double)

    /// H and p: `scipy.stats.kruskal`; p and Holm: `scikit_posthocs.posthoc_dunn`; z: the formula in numpy.
    static let rankCases: [(groups: [[Double]], h: Double, p: Double, pairs: [Pair])] = [
        ([[1, 2, 3], [4, 5, 6]], 3.857142857142854, 0.049534613435626915,
            [(-1.9639610121239317, 0.04953461343562668, 0.04953461343562668)]),
        ([[1, 1, 2, 3, 3], [2, 2, 3, 4, 5, 5], [5, 5, 4, 5]], 7.465125786163535, 0.02393142349398062,
            [
                (-1.6005698670695598, 0.10947222076061264, 0.21894444152122527),
                (-2.715401758229413, 0.006619541288481194, 0.019858623865443584),
                (-1.3204606590888115, 0.18668126261305973, 0.21894444152122527),
            ]),
        ([[27, 2, 4, 18, 7, 9], [20, 8, 14, 36, 21, 22], [34, 31, 3, 23, 30, 6]], 2.853801169590639,
            0.240051790590007,
            [
                (-1.4059189831332757, 0.15974818367097687, 0.3900268484026814),
                (-1.5140665972204503, 0.13000894946756048, 0.3900268484026814),
                (-0.10814761408717465, 0.9138785990313091, 0.9138785990313091),
            ]),
        (
            [
                [1, 1, 2, 1, 3, 1, 2, 1], [2, 2, 1, 2, 3, 2, 1, 3], [3, 3, 4, 3, 2, 3, 3, 4],
                [5, 5, 5, 4, 5, 5, 4, 5], [4, 4, 3, 5, 4, 4, 5, 2],
            ], 29.192349980453493, 7.1446316676842035e-06,
            [
                (-0.676657248002586, 0.49862344750385923, 0.6283382088418782),
                (-2.30281740852493, 0.021289118627412066, 0.11371232266752113),
                (-4.649290123372607, 3.3307941785944683e-06, 3.330794178594468e-05),
                (-3.394200066593617, 0.0006882938922982392, 0.0055063511383859134),
                (-1.626160160522344, 0.10391558877489651, 0.41566235509958604),
                (-3.9726328753700213, 7.108256074376426e-05, 0.0006397430466938783),
                (-2.717542818591031, 0.006576864486206468, 0.04603805140344528),
                (-2.3464727148476774, 0.018952053777920187, 0.11371232266752113),
                (-1.0913826580686872, 0.2751045399866573, 0.6283382088418782),
                (1.2550900567789902, 0.2094460696139594, 0.6283382088418782),
            ]),
        ([[0.1, 0.1], [0.1, 0.2, 0.1]], 0.6666666666666714, 0.41421617824252355,
            [(-0.8164965809277263, 0.4142161782425249, 0.4142161782425249)]),
    ]

    @Test func `Kruskal and Wallis's H and p agree with scipy, with and without ties`() throws {
        for one in Self.rankCases {
            let test = try #require(kruskalWallis(one.groups))
            #expect(alike(test.statistic, one.h) && alike(test.p, one.p), "\(test)")
            #expect(test.degreesOfFreedom == one.groups.count - 1)
        }
    }

    @Test func `Dunn's z, p and Holm's adjustment agree with scikit-posthocs, with and without ties`() throws {
        for one in Self.rankCases {
            let pairs = try #require(dunnTest(one.groups))
            try #require(pairs.count == one.pairs.count)
            for (pair, expected) in zip(pairs, one.pairs) {
                #expect(alike(pair.z, expected.z) && alike(pair.p, expected.p), "\(pair)")
                #expect(alike(pair.holm, expected.holm), "\(pair)")
            }
        }
        let places = dunnTest(Self.rankCases[1].groups)?.map { [$0.first, $0.second] }
        #expect(places == [[0, 1], [0, 2], [1, 2]])
    }

    @Test func `rank tests see neither the order of values nor a rising transformation`() throws {
        var generator = Seeded(state: 5)
        for one in Self.rankCases {
            let test = try #require(kruskalWallis(one.groups))
            let moved = one.groups.map { $0.shuffled(using: &generator).map { $0 * $0 * $0 - 7 } }
            let again = try #require(kruskalWallis(moved))
            #expect(alike(again.statistic, test.statistic))
            #expect(alike(kruskalWallis(moved.reversed())?.statistic, test.statistic))
            let (there, back) = (try #require(dunnTest(one.groups)), try #require(dunnTest(moved.reversed())))
            for pair in there {
                let last = one.groups.count - 1
                let places = [last - pair.second, last - pair.first]
                let mirror = try #require(back.first { [$0.first, $0.second] == places })
                #expect(alike(mirror.z, -pair.z) && alike(mirror.holm, pair.holm))
            }
        }
    }

    @Test func `two groups give one answer by either rank test`() throws {
        let groups = Self.rankCases[4].groups
        let (test, pair) = (try #require(kruskalWallis(groups)), try #require(dunnTest(groups)?.first))
        #expect(alike(pair.z * pair.z, test.statistic) && alike(pair.p, test.p))
    }

    @Test func `rank tests are undefined without two groups, without values and without a difference`() {
        for groups in [[], [[1, 2]], [[1], []], [[2, 2], [2]], [[1, .nan], [2]]] as [[[Double]]] {
            #expect(kruskalWallis(groups) == nil, "\(groups)")
            #expect(dunnTest(groups) == nil, "\(groups)")
        }
    }

    // MARK: Adjustments

    /// `statsmodels.stats.multitest.multipletests`, methods holm and fdr_bh.
    @Test func `adjusted p agree with statsmodels, ties included`() {
        let cases: [(p: [Double], holm: [Double], screen: [Double])] = [
            ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06], [0.03, 0.04, 0.04]),
            ([0.0001, 0.2, 0.04, 0.04, 0.9, 0.03], [0.0006, 0.4, 0.16, 0.16, 0.9, 0.15],
                [0.0006, 0.24, 0.06, 0.06, 0.9, 0.06]),
            ([0.5, 0.5, 0.5], [1, 1, 1], [0.5, 0.5, 0.5]),
            ([0, 1, 0.02, 0.02, 0.0199], [0, 1, 0.0796, 0.0796, 0.0796], [0, 1, 0.025, 0.025, 0.025]),
        ]
        for one in cases {
            #expect(zip(holmAdjusted(one.p), one.holm).allSatisfy { alike($0, $1) })
            #expect(zip(benjaminiHochbergAdjusted(one.p), one.screen).allSatisfy { alike($0, $1) })
        }
        #expect(holmAdjusted([]).isEmpty && benjaminiHochbergAdjusted([]).isEmpty)
    }

    @Test func `adjusting keeps the order of p, never lowers one, and moves with a permutation`() {
        var generator = Seeded(state: 11)
        for _ in 0..<200 {
            let p = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                (Double.random(in: 0...1, using: &generator) * 20).rounded() / 20
            }
            let order = p.indices.shuffled(using: &generator)
            for adjust in [holmAdjusted, benjaminiHochbergAdjusted] {
                let adjusted = adjust(p)
                let sorted = zip(p, adjusted).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
                #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.1 <= $1.1 && ($0.0 != $1.0 || $0.1 == $1.1) })
                #expect(zip(p, adjusted).allSatisfy { $0 <= $1 + 1e-15 && $1 <= 1 })
                #expect(adjust(order.map { p[$0] }) == order.map { adjusted[$0] })
            }
            #expect(zip(benjaminiHochbergAdjusted(p), holmAdjusted(p)).allSatisfy { $0 <= $1 + 1e-15 })
        }
    }

    // MARK: Shares and the judge

    /// `statsmodels.stats.proportion.proportion_confint(method="wilson")`.
    @Test func `Wilson's interval agrees with statsmodels, at none and all too`() throws {
        let cases: [(count: Double, n: Double, confidence: Double, low: Double, high: Double)] = [
            (5, 10, 0.95, 0.23659309051256394, 0.7634069094874361), (0, 20, 0.95, 0, 0.1611251580528194),
            (20, 20, 0.95, 0.8388748419471804, 1), (1, 3, 0.9, 0.07826572633372836, 0.746466131718776),
            (617, 1000, 0.99, 0.5767553050200855, 0.6557023623925173),
        ]
        for one in cases {
            let (low, high) = try #require(
                wilsonInterval(share: one.count / one.n, n: one.n, confidence: one.confidence))
            #expect(alike(low, one.low) && alike(high, one.high), "\(low) \(high)")
            let mirror = try #require(
                wilsonInterval(share: 1 - one.count / one.n, n: one.n, confidence: one.confidence))
            #expect(alike(mirror.low, 1 - high, 1e-11) && alike(mirror.high, 1 - low, 1e-11))
        }
        #expect(wilsonInterval(share: 0.5, n: 0) == nil && wilsonInterval(share: 1.1, n: 5) == nil)
        #expect(wilsonInterval(share: 0.5, n: 5, confidence: 1) == nil)
        #expect(wilsonInterval(share: 0.5, n: 5, confidence: 0) == nil && wilsonInterval(share: .nan, n: 5) == nil)
        #expect(ShareEstimate(count: 0, of: 0) == nil && ShareEstimate(count: 3, of: 2) == nil)
    }

    @Test func `a judge who follows the answers is consistent and unbiased`() throws {
        let pairs = [SwappedPair(forward: .first, backward: .second), SwappedPair(forward: .second, backward: .first)]
        let judge = JudgeConsistency(pairs)
        #expect(judge.swapConsistency?.share == 1 && judge.swapConsistency?.n == 2)
        #expect(judge.firstShown?.share == 0.5 && judge.firstShown?.n == 4)
        #expect(judge.firstAmongSwapped == nil)
        #expect(judge.ties?.count == 0)
    }

    @Test func `a judge who always names the first answer cannot look like a finding`() throws {
        let stuck = SwappedPair(forward: .first, backward: .first)
        let judge = JudgeConsistency([SwappedPair](repeating: stuck, count: 20))
        let (consistency, bias) = (try #require(judge.swapConsistency), try #require(judge.firstShown))
        #expect(consistency.share == 0 && alike(consistency.high, 0.1611251580528194))
        #expect(bias.count == 40 && bias.n == 40)
        #expect(alike(bias.low, 0.8388748419471804))  // of 20 pairs, not of 40 verdicts
        #expect(judge.firstAmongSwapped?.share == 1 && judge.firstAmongSwapped?.n == 20)
    }

    @Test func `ties are a verdict for consistency and none for the place`() throws {
        let judge = JudgeConsistency([
            SwappedPair(forward: .tie, backward: .tie), SwappedPair(forward: .tie, backward: .first),
            SwappedPair(forward: .second, backward: .second), SwappedPair(forward: .first, backward: .second),
        ])
        #expect(judge.swapConsistency?.count == 2 && judge.swapConsistency?.n == 4)
        #expect(judge.firstShown?.count == 2 && judge.firstShown?.n == 5)
        #expect(judge.firstAmongSwapped?.count == 0 && judge.firstAmongSwapped?.n == 1)
        #expect(judge.ties?.count == 3 && judge.ties?.n == 8)
        let none = JudgeConsistency([])
        #expect(none.swapConsistency == nil && none.firstShown == nil && none.ties == nil)
    }

    @Test func `swapping which answer comes first in every pair changes no figure`() {
        let all = PositionVerdict.allCases.flatMap { a in
            PositionVerdict.allCases.map { SwappedPair(forward: a, backward: $0) }
        }
        let swapped = all.map { SwappedPair(forward: $0.backward, backward: $0.forward) }
        #expect(JudgeConsistency(all) == JudgeConsistency(swapped.reversed()))
        #expect(JudgeConsistency(all).swapConsistency?.share == 3.0 / 9)
    }
}

/// Equal to a relative (under 1e-300: absolute) tolerance.
func alike(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let a else { return false }
    return abs(a - b) <= tolerance * max(abs(b), 1e-300)
}

/// SplitMix64.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
