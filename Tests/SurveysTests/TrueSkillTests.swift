import Testing

@testable import Surveys

/// Reference values: trueskill 0.4.5 with its mpmath backend (its default normal distribution is good to 1e-7 only) and
/// mpmath 1.4.1 at 800 digits for the far tails.
@Suite struct TrueSkillTests {
    typealias Belief = (mu: Double, sigma: Double)

    /// `trueskill.TrueSkill(tau:, draw_probability:, backend="mpmath").rate_1vs1(drawn:)`.
    static let updates: [(tau: Double, draws: Double, Belief, Belief, draw: Bool, Belief, Belief)] = [
        (0, 0.1, (25, 8.333333333333334), (25, 8.333333333333334), false,
            (29.39557565081789, 7.1711414644532585), (20.6044243491821, 7.1711414644532585)),
        (0, 0.1, (25, 8.333333333333334), (25, 8.333333333333334), true,
            (24.999999999999996, 6.4572359821565675), (24.999999999999996, 6.4572359821565675)),
        (0, 0.1, (29.5, 1.25), (21, 4), false,
            (29.556466859305285, 1.2434699150911575), (20.42177936071381, 3.780561963567126)),
        (0, 0.1, (29.5, 1.25), (21, 4), true,
            (29.246868038639185, 1.2312465537854174), (23.592071284334754, 3.3347824738409764)),
        (0, 0.1, (10, 2), (40, 1.5), false,
            (13.121822685808288, 1.903453467808499), (38.24397473923285, 1.4597114754414657)),
        (0, 0.1, (10, 2), (40, 1.5), true,
            (12.916020192822272, 1.9002981382973043), (38.359738641537476, 1.4584101121915694)),
        (0, 0.1, (25, 0.7), (25.5, 0.7), false,
            (25.076641422617374, 0.6967287197310829), (25.423358577382626, 0.6967287197310829)),
        (0, 0.1, (25, 0.7), (25.5, 0.7), true,
            (25.006827261110075, 0.6952044905072176), (25.49317273888992, 0.6952044905072176)),
        (0, 0.5, (25, 8.333333333333334), (25, 8.333333333333334), false,
            (30.26682507288718, 7.0765903669536945), (19.733174927112806, 7.0765903669536945)),
        (0, 0.5, (25, 8.333333333333334), (25, 8.333333333333334), true,
            (24.999999999999996, 6.519123060069353), (24.999999999999996, 6.519123060069353)),
        (0, 0.5, (29.5, 1.25), (21, 4), false,
            (29.596518620736653, 1.2410200195236913), (20.01164932365662, 3.6951871021719263)),
        (0, 0.5, (29.5, 1.25), (21, 4), true,
            (29.269937283257413, 1.2328797305765602), (23.3558422194441, 3.3974635001636653)),
        (0, 0.5, (10, 2), (40, 1.5), false,
            (13.42739525414001, 1.9029050168131534), (38.07209016954625, 1.459485204275844)),
        (0, 0.5, (10, 2), (40, 1.5), true,
            (12.678145306979665, 1.904200192740183), (38.49354326482394, 1.4600195957275655)),
        (0, 0.5, (25, 0.7), (25.5, 0.7), false,
            (25.108895849564774, 0.6962966593852775), (25.391104150435222, 0.6962966593852775)),
        (0, 0.5, (25, 0.7), (25.5, 0.7), true,
            (25.005908832258182, 0.6958512768036883), (25.494091167741818, 0.6958512768036883)),
        (25.0 / 300, 0.1, (25, 8.333333333333334), (25, 8.333333333333334), false,
            (29.395831692991518, 7.17147580700922), (20.60416830700849, 7.17147580700922)),
        (25.0 / 300, 0.1, (25, 8.333333333333334), (25, 8.333333333333334), true,
            (24.999999999999996, 6.45751568324505), (24.999999999999996, 6.45751568324505)),
        (25.0 / 300, 0.1, (29.5, 1.25), (21, 4), false,
            (29.55672107610434, 1.2462019099853112), (20.421495219378247, 3.7813170421211373)),
        (25.0 / 300, 0.1, (29.5, 1.25), (21, 4), true,
            (29.245810295020807, 1.2339004857379525), (23.59251004414611, 3.335382232069559)),
        (25.0 / 300, 0.1, (10, 2), (40, 1.5), false,
            (13.126221079040096, 1.9049676630154972), (38.2391302414419, 1.4618504356087263)),
        (25.0 / 300, 0.1, (10, 2), (40, 1.5), true,
            (12.920097036185137, 1.901803826071519), (38.35523130544166, 1.460542918666323)),
        (25.0 / 300, 0.1, (25, 0.7), (25.5, 0.7), false,
            (25.07771021552771, 0.701603027334071), (25.422289784472294, 0.701603027334071)),
        (25.0 / 300, 0.1, (25, 0.7), (25.5, 0.7), true,
            (25.006921340601036, 0.7000467130277184), (25.49307865939897, 0.7000467130277184)),
        (25.0 / 300, 0.5, (25, 8.333333333333334), (25, 8.333333333333334), false,
            (30.26709673884852, 7.076921174295186), (19.73290326115147, 7.076921174295186)),
        (25.0 / 300, 0.5, (25, 8.333333333333334), (25, 8.333333333333334), true,
            (24.999999999999996, 6.519402631562046), (24.999999999999996, 6.519402631562046)),
        (25.0 / 300, 0.5, (29.5, 1.25), (21, 4), false,
            (29.596943359256635, 1.243736606462634), (20.011263526165706, 3.69591999531964)),
        (25.0 / 300, 0.5, (29.5, 1.25), (21, 4), true,
            (29.268970325028143, 1.2355438731565607), (23.35629823367307, 3.39807623479549)),
        (25.0 / 300, 0.5, (10, 2), (40, 1.5), false,
            (13.43221756623079, 1.904417803242197), (38.06677520099653, 1.4616231233828945)),
        (25.0 / 300, 0.5, (10, 2), (40, 1.5), true,
            (12.681925549363854, 1.905715809904164), (38.48938335607756, 1.462159768401372)),
        (25.0 / 300, 0.5, (25, 0.7), (25.5, 0.7), false,
            (25.11040837272747, 0.701161951354286), (25.389591627272534, 0.701161951354286)),
        (25.0 / 300, 0.5, (25, 0.7), (25.5, 0.7), true,
            (25.005990597151403, 0.7007068589792759), (25.4940094028486, 0.7007068589792759)),
    ]

    @Test func `one update agrees with the trueskill package, wins, draws, upsets and drift`() {
        for one in Self.updates {
            let model = TrueSkill(tau: one.tau, drawProbability: one.draws)
            let after = model.updated(winner: rating(one.2), loser: rating(one.3), draw: one.draw)
            #expect(agree(after.winner, one.5) && agree(after.loser, one.6), "\(one): \(after)")
        }
    }

    /// The closed form in mpmath at 800 digits: in double precision both its numerator and denominator are 0.
    @Test func `hopeless upsets and impossible draws still update to 9 digits`() {
        let cases: [(Belief, Belief, draws: Double, draw: Bool, Belief, Belief)] = [
            ((0, 1), (100, 1), 0.1, false, (2.753166665967278, 0.9863391864910112),
                (97.24683333403273, 0.9863391864910112)),
            ((0, 1), (400, 2), 0.1, false, (10.0910653345247, 0.9873355015026104),
                (359.6357386619012, 1.8966555513425678)),
            ((0, 1), (100, 1), 0.1, true, (2.7122693045921324, 0.9863258412491599),
                (97.28773069540787, 0.9863258412491599)),
            ((400, 2), (0, 1), 0.1, true, (359.784830678151, 1.8966557440189589),
                (10.053792330462239, 0.987335524635626)),
            ((20, 3), (25, 2), 1e-4, true, (20.942956923066568, 2.702346672520049),
                (24.580908034192635, 1.9143475200062579)),
            ((0, 1), (400, 2), 0, false, (10.072428830148676, 0.9873355131537053),
                (359.7102846794053, 1.8966556483852963)),
        ]
        for one in cases {
            let model = TrueSkill(drawProbability: one.draws)
            let after = model.updated(winner: rating(one.0), loser: rating(one.1), draw: one.draw)
            #expect(agree(after.winner, one.4) && agree(after.loser, one.5), "\(one): \(after)")
        }
    }

    static let sequence: [PairwiseComparison] = [
        .init(winner: 0, loser: 1), .init(winner: 1, loser: 2), .init(winner: 2, loser: 0, draw: true),
        .init(winner: 0, loser: 2), .init(winner: 1, loser: 0), .init(winner: 3, loser: 1),
        .init(winner: 3, loser: 2, draw: true), .init(winner: 0, loser: 3),
    ]

    /// The package, one `rate_1vs1` after the other, tau 0.
    @Test func `a given order of comparisons agrees with the trueskill package`() {
        let expected: [Belief] = [
            (27.285184833262345, 4.141378364259785), (26.382969846331633, 4.901141676011968),
            (23.219479391893973, 4.3426039543217785), (24.128900821921277, 4.435686194551183),
            (25.0, 8.333333333333334),
        ]
        let ratings = trueSkill(of: Self.sequence, players: 5)
        #expect(ratings.count == 5 && zip(ratings, expected).allSatisfy { agree($0, $1) }, "\(ratings)")
    }

    @Test func `a draw is symmetric and a draw without a margin is the limit of narrow ones`() {
        let (a, b) = (TrueSkillRating(mu: 27, sigma: 3), TrueSkillRating(mu: 22, sigma: 5))
        for draws in [0, 1e-7, 0.1, 0.9] {
            let model = TrueSkill(drawProbability: draws)
            let there = model.updated(winner: a, loser: b, draw: true)
            let back = model.updated(winner: b, loser: a, draw: true)
            #expect(there.winner == back.loser && there.loser == back.winner)
        }
        let limit = TrueSkill(drawProbability: 0).updated(winner: a, loser: b, draw: true)
        let narrow = TrueSkill(drawProbability: 1e-4).updated(winner: a, loser: b, draw: true)
        #expect(alike(limit.winner.mu, narrow.winner.mu, 1e-6) && alike(limit.loser.sigma, narrow.loser.sigma, 1e-6))
    }

    @Test func `a win never lowers the winner, and without drift nothing widens a belief`() {
        var generator = Seeded(state: 3)
        for _ in 0..<2_000 {
            let ratings = (0..<2).map { _ in
                TrueSkillRating(
                    mu: .random(in: -500...500, using: &generator), sigma: .random(in: 0.01...20, using: &generator))
            }
            let model = TrueSkill(drawProbability: .random(in: 0..<0.95, using: &generator))
            for draw in [false, true] {
                let after = model.updated(winner: ratings[0], loser: ratings[1], draw: draw)
                #expect(after.winner.mu.isFinite && after.loser.mu.isFinite)
                #expect(after.winner.sigma > 0 && after.winner.sigma <= ratings[0].sigma)
                #expect(after.loser.sigma > 0 && after.loser.sigma <= ratings[1].sigma)
                if !draw { #expect(after.winner.mu >= ratings[0].mu && after.loser.mu <= ratings[1].mu) }
            }
        }
    }

    @Test func `averaged ratings do not depend on how the comparisons were listed`() {
        var (first, second, other) = (Seeded(state: 9), Seeded(state: 9), Seeded(state: 10))
        let listed = trueSkill(of: Self.sequence, players: 5, orders: 50, using: &first)
        let reversed = Self.sequence.reversed().map {
            $0.draw ? PairwiseComparison(winner: $0.loser, loser: $0.winner, draw: true) : $0
        }
        #expect(trueSkill(of: reversed, players: 5, orders: 50, using: &second) == listed)
        #expect(trueSkill(of: Self.sequence, players: 5, orders: 50, using: &other) != listed)
        #expect(agree(listed[4].rating, (25, 25.0 / 3)) && listed[4].orderSpread == 0)
        #expect(listed[0].orderSpread.map { $0 > 0 } == true)
        #expect(trueSkill(of: Self.sequence, players: 5, orders: 1, using: &first)[0].orderSpread == nil)
    }

    @Test func `averaging over orders approaches the mean over every order`() {
        let games = Array(Self.sequence.prefix(5))
        var (sum, orders) = ([0.0, 0, 0], 0.0)
        func permute(_ done: [PairwiseComparison], _ left: [PairwiseComparison]) {
            if left.isEmpty {
                orders += 1
                for (player, rating) in trueSkill(of: done, players: 3).enumerated() { sum[player] += rating.mu }
            }
            for place in left.indices {
                var rest = left
                permute(done + [rest.remove(at: place)], rest)
            }
        }
        permute([], games)
        #expect(orders == 120)
        var generator = Seeded(state: 1)
        for (player, averaged) in trueSkill(of: games, players: 3, orders: 4_000, using: &generator).enumerated() {
            let error = (averaged.orderSpread ?? 0) / 4_000.squareRoot()
            #expect(error > 0 && abs(averaged.rating.mu - sum[player] / orders) < 5 * error)
        }
    }

    @Test func `players of known skill come out in their order`() {
        var generator = Seeded(state: 21)
        let skills = [30.0, 27, 25, 21]
        var games: [PairwiseComparison] = []
        for _ in 0..<150 {
            for a in 0..<4 {
                for b in (a + 1)..<4 {
                    let ahead = NormalDistribution.cumulative((skills[a] - skills[b]) / (2.0.squareRoot() * 25 / 6))
                    games.append(
                        Double.random(in: 0..<1, using: &generator) < ahead
                            ? .init(winner: a, loser: b) : .init(winner: b, loser: a))
                }
            }
        }
        let model = TrueSkill(drawProbability: 0)
        let ratings = trueSkill(of: games, players: 4, model: model, orders: 20, using: &generator).map(\.rating)
        for player in 0..<4 {
            let gap = (ratings[player].mu - ratings[0].mu) - (skills[player] - skills[0])
            #expect(abs(gap) < 5 * (ratings[player].sigma + ratings[0].sigma), "\(ratings)")
        }
        #expect(zip(ratings, ratings.dropFirst()).allSatisfy { $0.mu > $1.mu })
    }

    private func rating(_ belief: Belief) -> TrueSkillRating { TrueSkillRating(mu: belief.mu, sigma: belief.sigma) }

    private func agree(_ rating: TrueSkillRating, _ belief: Belief) -> Bool {
        alike(rating.mu, belief.mu, 1e-10) && alike(rating.sigma, belief.sigma, 1e-10)
    }
}
