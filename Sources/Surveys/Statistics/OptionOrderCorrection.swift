#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Answers to one question asked in several orders, brought back to the options and freed of a liking for letters.
///
/// Reversing a scale is no cyclic shift; people have order effects too: keep the questionnaire's own order as one arm.
///
/// - Source: Zheng et al. 2024, "Large Language Models Are Not Robust Multiple Choice Selectors", arXiv:2309.03882
///   (PriDe).
public struct OptionOrderCorrection: Hashable, Sendable {
    /// By order, the option shown at each place.
    public let orders: [[Int]]
    /// By order, the share of each place's letter; sums to 1.
    public let shares: [[Double]]

    public init(orders: [[Int]], shares: [[Double]]) {
        precondition(!orders.isEmpty && orders.count == shares.count, "shares for each order")
        precondition(orders.allSatisfy { $0.sorted() == Array(orders[0].indices) }, "every option once an order")
        precondition(shares.allSatisfy { $0.count == orders[0].count }, "a share a place")
        (self.orders, self.shares) = (orders, shares)
    }

    /// All k shifts, where shift s shows option (j + s) mod k at place j.
    public init(cyclicShares shares: [[Double]]) {
        let k = shares.count
        self.init(orders: (0..<k).map { shift in (0..<k).map { ($0 + shift) % k } }, shares: shares)
    }

    /// Mean share of each option: for mixtures of people.
    public var arithmeticMean: [Double] {
        var sums = [Double](repeating: 0, count: orders[0].count)
        for (order, row) in zip(orders, shares) {
            for (option, share) in zip(order, row) { sums[option] += share }
        }
        return sums.map { $0 / Double(orders.count) }
    }

    /// Geometric mean share of each option, normalised: for one speaker's log probabilities. `nil` where every option
    /// is ruled out in some order.
    public var geometricMean: [Double]? {
        var sums = [Double](repeating: 0, count: orders[0].count)
        for (order, row) in zip(orders, shares) {
            for (option, share) in zip(order, row) { sums[option] += log(share) }
        }
        return Self.normalised(sums.map { exp($0 / Double(orders.count)) })
    }

    /// The liking for each place's letter whatever it stands for: exp of its mean log share over orders, normalised. It
    /// separates from the options only where each is shown in each place equally often.
    public var letterPrior: [Double]? {
        let places = orders[0].indices
        return Self.normalised(places.map { place in
            exp(shares.reduce(0) { $0 + log($1[place]) } / Double(shares.count))
        })
    }

    /// The share of each option in one order with the letters' prior divided out.
    ///
    /// - Returns: In the options' order, sum 1; `nil` where a letter's prior is 0.
    public func debiased(order: Int) -> [Double]? {
        guard let prior = letterPrior, prior.allSatisfy({ $0 > 0 }) else { return nil }
        var options = [Double](repeating: 0, count: prior.count)
        for (place, option) in orders[order].enumerated() { options[option] = shares[order][place] / prior[place] }
        return Self.normalised(options)
    }

    private static func normalised(_ values: [Double]) -> [Double]? {
        let total = values.reduce(0, +)
        return total > 0 ? values.map { $0 / total } : nil
    }
}
