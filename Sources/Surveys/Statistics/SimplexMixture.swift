/// What one type of person does in each situation, where their theory says.
public struct BehaviourType: Codable, Hashable, Sendable {
    public let name: String
    /// By situation, such as the share that chooses Left. Where the type is indifferent, what it is taken to do.
    public let predictions: [Double]
    /// Situations where the type is indifferent, in order, with what it may do instead.
    public let ties: [Tie]

    public struct Tie: Codable, Hashable, Sendable {
        public let situation: Int
        public let otherwise: Double

        public init(situation: Int, otherwise: Double) {
            (self.situation, self.otherwise) = (situation, otherwise)
        }
    }

    public init(_ name: String, _ predictions: [Double], ties: [Tie] = []) {
        (self.name, self.predictions, self.ties) = (name, predictions, ties)
    }
}

/// The mixture of types nearest to what people did, with everything that moves it.
public struct SimplexMixture: Codable, Hashable, Sendable {
    /// A fit under one choice, or without one situation.
    public struct Variant: Codable, Hashable, Sendable {
        /// Places of the ties resolved otherwise, counted through all types; or the situation left out.
        public let changed: [Int]
        public let fit: TypeMixture
    }

    public struct WeightRange: Codable, Hashable, Sendable {
        public let low: Double
        public let high: Double
    }

    public let names: [String]
    public let observed: [Double]
    /// With ties as the types take them.
    public let fit: TypeMixture
    /// Fitted minus observed, by situation.
    public let residuals: [Double]
    /// Types of which one is a mixture of the others, so that their weights are not told apart; empty where each is its
    /// own.
    public let notToldApart: [String]
    /// Every way to resolve the ties, the first as given; in binary order of the ties.
    public let resolutions: [Variant]
    /// Of each type's weight over the resolutions.
    public let overTies: [WeightRange]
    /// Without each situation in turn.
    public let withoutOne: [Variant]
    /// Of each type's weight over those.
    public let overSituations: [WeightRange]
    /// 95%, of each type's weight from resampled people; `nil` where a situation's number of people is not known.
    public let intervals: [WeightRange]?

    /// The resolution that fits best; of equal ones the first.
    public var best: Variant {
        resolutions.min { $0.fit.rootMeanSquare < $1.fit.rootMeanSquare } ?? Variant(changed: [], fit: fit)
    }
}

/// Fits a mixture of types to people's shares, on the simplex, and shows what the weights rest on.
///
/// Least squares with weights of 0 or more that sum to 1 (`mixtureWeights`); then again for every resolution of every
/// tie, without each situation, and for shares drawn anew from the binomial distribution at each situation's number of
/// people. At weights on the boundary such percentile intervals are rough (Andrews 2000, doi:10.1111/1468-0262.00114).
///
/// - Parameters:
///   - types: Each with one prediction a situation.
///   - observed: Shares of people, 0...1.
///   - sizes: People behind each; `nil` where unknown, and then there are no intervals.
///   - resamples: For the intervals.
/// - Returns: `nil` without types or situations, or with more than 12 ties (4,096 resolutions).
/// - Complexity: (2^ties + situations + resamples) fits.
/// - Source: Horton 2023, "Large Language Models as Simulated Economic Agents", section 3.1, for the use; Efron and
///   Tibshirani 1993, "An Introduction to the Bootstrap", chapter 6, for the intervals.
public func simplexMixture(
    _ types: [BehaviourType], observed: [Double], sizes: [Int?] = [], resamples: Int = 1000,
    using generator: inout some RandomNumberGenerator
) -> SimplexMixture? {
    precondition(types.allSatisfy { $0.predictions.count == observed.count }, "what each type does in each situation")
    precondition(sizes.isEmpty || sizes.count == observed.count, "one size a situation")
    let given = types.map(\.predictions)
    let ties = types.indices.flatMap { type in types[type].ties.map { (type, $0) } }
    guard ties.count <= 12, let fit = mixtureWeights(types: given, observed: observed) else { return nil }
    let resolutions = (0..<(1 << ties.count)).compactMap { pattern -> SimplexMixture.Variant? in
        let changed = ties.indices.filter { pattern >> $0 & 1 == 1 }
        var resolved = given
        for place in changed { resolved[ties[place].0][ties[place].1.situation] = ties[place].1.otherwise }
        return mixtureWeights(types: resolved, observed: observed).map { .init(changed: changed, fit: $0) }
    }
    let withoutOne = observed.count < 2 ? [] : observed.indices.compactMap { left -> SimplexMixture.Variant? in
        func without(_ values: [Double]) -> [Double] { values.indices.filter { $0 != left }.map { values[$0] } }
        return mixtureWeights(types: given.map(without), observed: without(observed)).map { .init(changed: [left], fit: $0) }
    }
    func ranges(_ fits: [TypeMixture]) -> [SimplexMixture.WeightRange] {
        types.indices.compactMap { type in
            let weights = fits.map { $0.weights[type] }
            return weights.min().flatMap { low in weights.max().map { .init(low: low, high: $0) } }
        }
    }
    var intervals: [SimplexMixture.WeightRange]?
    let known = sizes.compactMap { $0 }
    if known.count == observed.count, known.allSatisfy({ $0 > 0 }), resamples > 0 {
        var drawn: [[Double]] = []
        for _ in 0..<resamples {
            let shares = zip(observed, known).map { share, size in
                Double((0..<size).count { _ in Double.random(in: 0..<1, using: &generator) < share }) / Double(size)
            }
            if let one = mixtureWeights(types: given, observed: shares) { drawn.append(one.weights) }
        }
        intervals = types.indices.compactMap { type in
            interval(drawn.map { $0[type] }).map { .init(low: $0.low, high: $0.high) }
        }
    }
    return SimplexMixture(
        names: types.map(\.name), observed: observed, fit: fit, residuals: zip(fit.fitted, observed).map { $0 - $1 },
        notToldApart: affinelyDependent(given).map { types[$0].name }, resolutions: resolutions,
        overTies: ranges(resolutions.map(\.fit)), withoutOne: withoutOne, overSituations: ranges(withoutOne.map(\.fit)),
        intervals: intervals)
}

/// Places of points that take part in an affine dependence: d with sum d = 0, sum d_i point_i = 0, d_i other than 0.
///
/// - Complexity: O(points^3 + points^2 coordinates).
func affinelyDependent(_ points: [[Double]]) -> [Int] {
    let columns = points.map { [1] + $0 }
    let products = columns.map { a in columns.map { dot(a, $0) } }
    let (values, vectors) = symmetricEigen(products)
    let greatest = values.max() ?? 0
    let null = zip(values, vectors).filter { $0.0 <= 1e-12 * greatest }.map(\.1)
    return points.indices.filter { place in null.contains { abs($0[place]) > 1e-8 } }
}
