/// Shares of a population over one variable's categories, which weights must meet.
public struct Margin: Codable, Hashable, Sendable {
    public struct Target: Codable, Hashable, Sendable {
        public var category: String
        /// 0 or more; a margin's shares are divided by their sum.
        public var share: Double

        public init(category: String, share: Double) {
            self.category = category
            self.share = share
        }
    }

    public var variable: String
    public var targets: [Target]

    public init(variable: String, targets: [Target]) {
        self.variable = variable
        self.targets = targets
    }
}

/// Weights that meet a population's shares, and what they cost.
public struct AdjustedWeights: Codable, Hashable, Sendable {
    /// In the people's order; mean 1.
    public var weights: [Double]
    /// Rounds over all margins; 0 where none were needed.
    public var sweeps: Int
    /// Kish's sizes.
    public var effectiveSizeBefore: Double
    public var effectiveSizeAfter: Double
    /// Cells nobody is in although each of their categories has people (raking), or cells that were merged with
    /// others (post-stratification); nothing was learnt about them.
    public var emptyCells: [String]
    /// Largest weight over the mean weight.
    public var largest: Double

    /// Share of the effective size that the adjustment cost; under 0 where weights became more even.
    public var loss: Double { 1 - effectiveSizeAfter / effectiveSizeBefore }

    init(weights: [Double], before: [Double], sweeps: Int, emptyCells: [String]) {
        let mean = weights.reduce(0, +) / Double(weights.count)
        self.weights = weights.map { $0 / mean }
        self.sweeps = sweeps
        effectiveSizeBefore = effectiveSize(weights: before) ?? 0
        effectiveSizeAfter = effectiveSize(weights: self.weights) ?? 0
        self.emptyCells = emptyCells
        largest = self.weights.max() ?? 1
    }
}

/// Rakes weights to margins: each margin in turn multiplies its categories' weights by target over current share,
/// until a sweep changes no weight by 1e-12 of itself (iterative proportional fitting).
///
/// - Parameters:
///   - people: Values by variable, such as a respondent's `variables` or a persona's `attributes`.
///   - weights: To start from, > 0.
/// - Returns: The weights nearest to the first ones in Kullback-Leibler's sense among those that meet all margins.
/// - Throws: `missingValues`, `unknownCells` (people in a category without a target), `emptyCells` (a target above 0
///   that nobody can meet), `wrongTargets`, or `noConvergence` after 10,000 sweeps.
/// - Complexity: O(n x margins) a sweep.
/// - Source: Deming and Stephan 1940, doi:10.1214/aoms/1177731829.
public func rakedWeights(
    of people: [[String: String]], weights: [Double], to margins: [Margin]
) throws(AdjustmentError) -> AdjustedWeights {
    guard people.count == weights.count else { throw .misshapen("There is not one weight a person") }
    guard !people.isEmpty else { throw .tooFew("people") }
    var places: [[Int]] = []
    var targets: [[Double]] = []
    for margin in margins {
        let (place, target) = try categories(of: people, margin)
        places.append(place)
        targets.append(target)
    }
    let mean = weights.reduce(0, +) / Double(weights.count)
    var current = weights.map { $0 / mean }
    var (sweeps, change) = (0, Double.infinity)
    while change >= 1e-12 && !margins.isEmpty {
        guard sweeps < 10_000 else { throw .noConvergence(off: worstMargin(current, places, targets)) }
        sweeps += 1
        change = 0
        for (place, target) in zip(places, targets) {
            let sums = sums(current, place, target.count)
            let total = sums.reduce(0, +)
            let factors = zip(target, sums).map { $1 > 0 ? $0 * total / $1 : 1 }
            for factor in factors { change = max(change, abs(factor - 1)) }
            for index in current.indices { current[index] *= factors[place[index]] }
        }
    }
    return AdjustedWeights(
        weights: current, before: weights, sweeps: sweeps, emptyCells: emptyCrossings(margins, places, targets))
}

/// Everybody's place among a margin's targets, and the targets as shares.
private func categories(
    of people: [[String: String]], _ margin: Margin
) throws(AdjustmentError) -> (places: [Int], targets: [Double]) {
    let shares = margin.targets.map(\.share)
    let total = shares.reduce(0, +)
    let index = Dictionary(zip(margin.targets.map(\.category), shares.indices), uniquingKeysWith: { first, _ in first })
    guard shares.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0, index.count == shares.count else {
        throw .wrongTargets("'\(margin.variable)'")
    }
    let values = people.map { $0[margin.variable] }
    let missing = values.count { $0 == nil }
    guard missing == 0 else { throw .missingValues(variable: margin.variable, count: missing) }
    let places = values.map { $0.flatMap { index[$0] } ?? -1 }
    var unknown: [String] = []
    for (value, place) in zip(values, places) where place < 0 || shares[place] == 0 {
        let name = "\(margin.variable) \(value ?? "")"
        if !unknown.contains(name) { unknown.append(name) }
    }
    guard unknown.isEmpty else { throw .unknownCells(unknown) }
    let present = Set(places)
    let empty = shares.indices.filter { shares[$0] > 0 && !present.contains($0) }
    guard empty.isEmpty else {
        throw .emptyCells(empty.map { "\(margin.variable) \(margin.targets[$0].category)" })
    }
    return (places, shares.map { $0 / total })
}

private func sums(_ weights: [Double], _ places: [Int], _ count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (weight, place) in zip(weights, places) { sums[place] += weight }
    return sums
}

private func worstMargin(_ weights: [Double], _ places: [[Int]], _ targets: [[Double]]) -> Double {
    let total = weights.reduce(0, +)
    return zip(places, targets).map { place, target in
        zip(target, sums(weights, place, target.count)).map { abs($0 - $1 / total) }.max() ?? 0
    }.max() ?? 0
}

/// Crossings of the margins' categories in which nobody is; none are listed from 10,000 crossings on.
private func emptyCrossings(_ margins: [Margin], _ places: [[Int]], _ targets: [[Double]]) -> [String] {
    var crossings: [[Int]] = [[]]
    for target in targets {
        guard crossings.count * target.count < 10_000 else { return [] }
        crossings = crossings.flatMap { crossing in target.indices.filter { target[$0] > 0 }.map { crossing + [$0] } }
    }
    guard let people = places.first?.indices else { return [] }
    let present = Set(people.map { person in places.map { $0[person] } })
    return crossings.filter { !present.contains($0) }.map { crossing in
        zip(margins, crossing).map { "\($0.variable) \($0.targets[$1].category)" }.joined(separator: ", ")
    }
}
