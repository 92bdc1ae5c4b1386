/// A gain on held-out questions and respondents, with its interval and a one-sided test of being above 0.
///
/// The draws resample questions and respondents together, which errs on the cautious side (Owen's pigeonhole
/// bootstrap counts what both share more than once). As questions are few, their spread is widened by
/// Q/(Q - 1) and judged by Student's t with Q - 1 degrees of freedom.
///
/// - Source: Owen 2007, "The Pigeonhole Bootstrap", doi:10.1214/07-AOAS122.
public struct HeldOutGain: Codable, Hashable, Sendable {
    public var value: Double
    /// Two-sided at 1 - 2 x level, so that `low > 0` exactly where the one-sided test is passed; `nil` under two
    /// questions or where the draws do not differ.
    public var low: Double?
    public var high: Double?
    /// One-sided p of "no more than 0", 0...1.
    public var p: Double?

    /// Whether the gain is above 0 at the level it was made with.
    public var isCertain: Bool { low.map { $0 > 0 } ?? false }
    /// Whether it is below 0 at that level.
    public var isCertainLoss: Bool { high.map { $0 < 0 } ?? false }

    init(_ value: Double, draws: [Double], questions: Int, level: Double) {
        self.value = value
        let finite = draws.filter(\.isFinite)
        guard questions > 1, finite.count > 1, let middle = mean(finite) else { return }
        let squares = finite.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(finite.count - 1)
        let freedom = Double(questions - 1)
        let error = (squares * Double(questions) / freedom).squareRoot()
        guard error > 0, let t = StudentT.quantile(1 - level, degreesOfFreedom: freedom) else { return }
        let width = error * t
        (low, high) = (value - width, value + width)
        p = StudentT.survival(value / error, degreesOfFreedom: freedom)
    }
}
