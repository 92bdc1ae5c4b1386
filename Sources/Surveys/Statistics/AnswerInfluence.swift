/// What each part of a prompt does to an answer: shares with all parts minus shares without the one.
///
///     let influence = AnswerInfluence(whole: [0.7, 0.3], bare: [0.5, 0.5], without: [[0.6, 0.4], [0.6, 0.4]])
///     influence.effects       // [[0.1, -0.1], [0.1, -0.1]]
///     influence.interaction   // [0, 0]: the parts add up to what they do together
///
/// Parts that say the same hide each other: left out one at a time neither moves anything, and what they do together
/// stands under ``interaction``.
///
/// - Source: Leave-one-out influence, Cook 1977, "Detection of Influential Observation in Linear Regression".
public struct AnswerInfluence: Codable, Hashable, Sendable {
    /// Shares over `k` options when everything is told; sums to 1.
    public var whole: [Double]
    /// When none of the parts is.
    public var bare: [Double]
    /// By part, then option: what telling the part adds to the share beside all others, -1...1; sums to 0 over options.
    public var effects: [[Double]]

    /// - Parameters:
    ///   - whole: Shares over `k` options.
    ///   - bare: Over the same.
    ///   - without: By part, over the same.
    public init(whole: [Double], bare: [Double], without: [[Double]]) {
        self.whole = whole
        self.bare = bare
        effects = without.map { zip(whole, $0).map { $0 - $1 } }
    }

    /// By part: half the summed absolute effect, 0...1 (total variation).
    public var moved: [Double] { effects.map(Self.size) }

    /// What all parts add together.
    public var together: [Double] { zip(whole, bare).map { $0 - $1 } }

    /// The effects added up.
    public var sum: [Double] { effects.reduce(whole.map { _ in 0 }) { zip($0, $1).map { $0 + $1 } } }

    /// What the parts do together beyond their sum.
    public var interaction: [Double] { zip(together, sum).map { $0 - $1 } }

    /// Total variation of a change in shares that sums to 0.
    public static func size(_ change: [Double]) -> Double { change.reduce(0) { $0 + abs($1) } / 2 }
}
