#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A multinomial logit of an answer on categorical variables, with a ridge penalty.
///
/// P(k | cell) is proportional to exp(a_k + sum over variables v of b_k,v(cell)). It maximises the weighted
/// log-likelihood (weights scaled to mean 1) minus ridge/2 times the sum of b^2; the intercepts a are free, and all
/// classes have their own coefficients, so that the order of options does not matter. Two classes make the usual
/// logit. A value that is missing or was never seen counts as the average one (b = 0).
///
/// - Source: Hastie, Tibshirani and Friedman 2009, "The Elements of Statistical Learning", section 4.4; the ridge of 1
///   is scikit-learn's default.
public struct MultinomialLogit: Hashable, Sendable {
    public let classes: Int
    /// Categories seen, a variable, sorted by UTF-8 bytes.
    let levels: [[String]]
    /// By feature, then class: the intercepts first, then the levels in order.
    let coefficients: [Double]
    /// The largest component of the gradient at the end, per observation: near 0 at the maximum.
    public let gradient: Double

    /// - Parameters:
    ///   - rows: Values of the variables, one row a person.
    ///   - outcomes: 0..<classes.
    ///   - weights: > 0.
    public init(
        rows: [[String?]], outcomes: [Int], weights: [Double], classes: Int, ridge: Double = 1
    ) throws(AdjustmentError) {
        guard rows.count == outcomes.count, rows.count == weights.count, rows.allSatisfy({ $0.count == rows[0].count })
        else { throw .misshapen("There is not one outcome, one weight and one value a variable for each person") }
        guard !rows.isEmpty, classes > 1 else { throw .tooFew("people or answer options") }
        guard outcomes.allSatisfy({ (0..<classes).contains($0) }) else { throw .misshapen("An outcome has no class") }
        self.classes = classes
        let levels = rows[0].indices.map { variable in
            Set(rows.compactMap { $0[variable] }).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        }
        self.levels = levels
        // Equal rows are one cell: the likelihood needs their counts alone.
        let features = rows.map { Self.features(of: $0, levels) }
        var places: [[Int]: Int] = [:]
        var (cells, counts) = ([[Int]](), [[Double]]())
        let mean = weights.reduce(0, +) / Double(weights.count)
        for (index, row) in features.enumerated() {
            let place = places[row] ?? cells.count
            if place == cells.count {
                places[row] = place
                cells.append(row)
                counts.append([Double](repeating: 0, count: classes))
            }
            counts[place][outcomes[index]] += weights[index] / mean
        }
        let size = (1 + levels.reduce(0) { $0 + $1.count }) * classes
        let people = Double(rows.count)
        let fit = minimum(size: size, tolerance: 1e-9) { point, gradient in
            var loss = 0.0
            for index in classes..<max(size, classes) {
                loss += ridge / 2 * point[index] * point[index] / people
                gradient[index] = ridge * point[index] / people
            }
            for (cell, count) in zip(cells, counts) {
                let shares = Self.shares(cell, point, classes)
                let total = count.reduce(0, +)
                for option in 0..<classes {
                    if count[option] > 0 { loss -= count[option] * log(max(shares[option], 1e-300)) / people }
                    let slope = (total * shares[option] - count[option]) / people
                    for feature in cell { gradient[feature * classes + option] += slope }
                }
            }
            return loss
        }
        coefficients = fit.point
        gradient = fit.gradient
    }

    /// Features that are on: 0, the intercept, and one a variable with a known value.
    private static func features(of row: [String?], _ levels: [[String]]) -> [Int] {
        var (features, start) = ([0], 1)
        for (value, known) in zip(row, levels) {
            if let place = value.flatMap({ known.firstIndex(of: $0) }) { features.append(start + place) }
            start += known.count
        }
        return features
    }

    private static func shares(_ features: [Int], _ coefficients: [Double], _ classes: Int) -> [Double] {
        var scores = [Double](repeating: 0, count: classes)
        for feature in features { for option in 0..<classes { scores[option] += coefficients[feature * classes + option] } }
        let top = scores.max() ?? 0
        let powers = scores.map { exp($0 - top) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    /// The predicted answer of people with these values: a share a class, summing to 1.
    public func shares(for row: [String?]) -> [Double] {
        Self.shares(Self.features(of: row, levels), coefficients, classes)
    }
}
