/// A mean or share of one arm of an experiment minus that of another, with its interval and test.
public struct ArmDifference: Codable, Hashable, Sendable {
    /// Of the two arms.
    public let first: Double
    public let second: Double
    /// First minus second.
    public let difference: Double
    /// Of the confidence asked for; `nil` with too few values to have a spread.
    public let low: Double?
    public let high: Double?
    /// Two-sided p of no difference; `nil` where nothing varies or there are too few values.
    public let p: Double?
    /// What the difference rests on: people in both arms where paired, else in either.
    public let n: Int
    /// People of one arm only, left out where paired.
    public let unpaired: Int
    /// Of t; `nil` where the test has none.
    public let degreesOfFreedom: Double?

    init(
        _ first: Double, _ second: Double, _ interval: (low: Double, high: Double)?, p: Double?, n: Int,
        unpaired: Int = 0, degreesOfFreedom: Double? = nil
    ) {
        (self.first, self.second, difference) = (first, second, first - second)
        (low, high, self.p, self.n, self.unpaired) = (interval?.low, interval?.high, p, n, unpaired)
        self.degreesOfFreedom = degreesOfFreedom
    }
}

/// One decision: by whom, and what.
public struct ArmValue: Codable, Hashable, Sendable {
    /// Decisions of the same person go together.
    public let person: String
    /// 1 and 0 for shares.
    public let value: Double

    public init(person: String, value: Double) {
        (self.person, self.value) = (person, value)
    }
}

/// A person's mean value.
struct PersonMean: Hashable {
    let person: String
    let mean: Double
    let count: Int

    /// Of each person once, in the order in which they first appear.
    static func all(_ values: [ArmValue]) -> [PersonMean] {
        var places: [String: Int] = [:]
        var sums: [(person: String, sum: Double, count: Int)] = []
        for value in values {
            if let place = places[value.person] {
                sums[place].sum += value.value
                sums[place].count += 1
            } else {
                places[value.person] = sums.count
                sums.append((value.person, value.value, 1))
            }
        }
        return sums.map { PersonMean(person: $0.person, mean: $0.sum / Double($0.count), count: $0.count) }
    }
}
