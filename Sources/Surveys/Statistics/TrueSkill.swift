#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A belief about a player's skill: normal with mean `mu` and standard deviation `sigma`.
public struct TrueSkillRating: Codable, Hashable, Sendable {
    public var mu: Double
    public var sigma: Double

    public init(mu: Double = 25, sigma: Double = 25.0 / 3) {
        (self.mu, self.sigma) = (mu, sigma)
    }
}

/// The two-player TrueSkill model with draws; its defaults are the authors' but for `tau`.
///
/// With c^2 = 2 beta^2 + sigma_1^2 + sigma_2^2, t = (mu_1 - mu_2)/c and e = margin/c, the winner's mu rises by
/// sigma_1^2/c v and its sigma^2 is multiplied by 1 - sigma_1^2/c^2 w, where v and w are the mean and variance
/// corrections of a normal cut at the margin (of one kept within it, for a draw).
///
/// - Source: Herbrich, Minka and Graepel 2006, "TrueSkill: A Bayesian Skill Rating System" (NIPS 19).
public struct TrueSkill: Codable, Hashable, Sendable {
    /// Every player's rating before the first comparison.
    public var start: TrueSkillRating
    /// Standard deviation of one performance around the skill, > 0.
    public var beta: Double
    /// Standard deviation of the skill's drift between comparisons, 0 or more. The authors' games use 25/300 as
    /// players learn; the conditions of a study do not, and drift would only keep sigma from shrinking: 0.
    public var tau: Double
    /// The chance of a draw between equals, 0 <= p < 1.
    public var drawProbability: Double

    public init(
        start: TrueSkillRating = TrueSkillRating(), beta: Double = 25.0 / 6, tau: Double = 0,
        drawProbability: Double = 0.1
    ) {
        precondition(beta > 0 && tau >= 0 && (0..<1).contains(drawProbability) && start.sigma > 0)
        (self.start, self.beta, self.tau, self.drawProbability) = (start, beta, tau, drawProbability)
    }

    /// How far apart two performances may be and still draw: quantile((p + 1)/2) sqrt 2 beta.
    public var drawMargin: Double {
        (NormalDistribution.quantile((drawProbability + 1) / 2) ?? 0) * 2.0.squareRoot() * beta
    }

    /// Both ratings after one comparison. A draw at draw probability 0 is the limit of ever narrower margins.
    public func updated(
        winner: TrueSkillRating, loser: TrueSkillRating, draw: Bool = false
    ) -> (winner: TrueSkillRating, loser: TrueSkillRating) {
        let (first, second) = (winner.sigma * winner.sigma + tau * tau, loser.sigma * loser.sigma + tau * tau)
        let square = (first + second) + 2 * beta * beta
        let c = square.squareRoot()
        let (t, e) = ((winner.mu - loser.mu) / c, drawMargin / c)
        let (v, w) = draw ? Self.drawCorrection(t, e) : Self.winCorrection(t, e)
        func sigma(_ variance: Double) -> Double { (variance * max(0, 1 - variance / square * w)).squareRoot() }
        return (
            TrueSkillRating(mu: winner.mu + first / c * v, sigma: sigma(first)),
            TrueSkillRating(mu: loser.mu - second / c * v, sigma: sigma(second))
        )
    }

    /// v = density(t-e) / cumulative(t-e), w = v (v + t - e); by Mills' ratio, so that no upset underflows.
    private static func winCorrection(_ t: Double, _ e: Double) -> (v: Double, w: Double) {
        let remainder = NormalDistribution.millsRemainder(e - t)
        let v = max(0, remainder + (e - t))
        return (v, min(1, v * remainder))
    }

    /// With a = |t|: v = (density(a+e) - density(a-e)) / (survival(a-e) - survival(a+e)), of t's sign, and
    /// w = v^2 + ((e-a) density(e-a) + (e+a) density(e+a)) / the same; each divided by density(a-e).
    private static func drawCorrection(_ t: Double, _ e: Double) -> (v: Double, w: Double) {
        guard e > 1e-5 else { return (-t, 1) }
        let a = abs(t)
        let ratio = exp(-2 * a * e)
        let mass = NormalDistribution.millsRatio(a - e) - ratio * NormalDistribution.millsRatio(a + e)
        let v = expm1(-2 * a * e) / mass
        return (t < 0 ? -v : v, min(1, max(0, v * v + ((e - a) + (e + a) * ratio) / mass)))
    }
}
