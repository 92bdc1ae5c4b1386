/// How two sources' shares of answers go together over the options of many questions, within questions.
///
/// Each question's values are taken less their mean over its options: shares of two options are greater than shares of
/// five, whoever gives them, and that would count as agreement. Intervals are percentiles of a bootstrap over whole
/// questions.
///
/// - Source: Bland and Altman 1995, "Correlation within subjects", doi:10.1136/bmj.310.6977.446; Efron and Tibshirani
///   1993, "An Introduction to the Bootstrap", chapter 13.
public struct ShareAssociation: Codable, Hashable, Sendable {
    /// One question: a value an option.
    public struct Item: Codable, Hashable, Sendable {
        public var x: [Double]
        public var y: [Double]
        /// What is held constant, each a value an option; as many for every question.
        public var controls: [[Double]]

        public init(x: [Double], y: [Double], controls: [[Double]] = []) {
            precondition(x.count == y.count && controls.allSatisfy { $0.count == x.count }, "one value an option")
            self.x = x
            self.y = y
            self.controls = controls
        }

        /// Less the means over the options.
        fileprivate var centred: Item {
            func less(_ values: [Double]) -> [Double] {
                let middle = values.reduce(0, +) / Double(max(1, values.count))
                return values.map { $0 - middle }
            }
            return Item(x: less(x), y: less(y), controls: controls.map(less))
        }
    }

    public typealias Estimate = ComparisonCell.Estimate

    public var questions: Int
    /// Of all questions.
    public var options: Int
    /// -1...1; `nil` where it is undefined. Without a bound where fewer than three questions, or fewer than half of the
    /// resamples, define it.
    public var raw: Estimate?
    /// The same with the controls held constant.
    public var partial: Estimate?

    /// - Parameters:
    ///   - repeats: Of the bootstrap; 0 for no intervals.
    /// - Complexity: O(repeats * options).
    public init(_ items: [Item], repeats: Int = 1000, using generator: inout some RandomNumberGenerator) {
        let items = items.map(\.centred)
        let controls = items.first?.controls.count ?? 0
        precondition(items.allSatisfy { $0.controls.count == controls }, "the same controls for every question")
        questions = items.count
        options = items.reduce(0) { $0 + $1.x.count }
        func correlations(_ drawn: [Int]) -> (raw: Double?, partial: Double?) {
            let (x, y) = (drawn.flatMap { items[$0].x }, drawn.flatMap { items[$0].y })
            let held = (0..<controls).map { control in drawn.flatMap { items[$0].controls[control] } }
            return (pearsonCorrelation(x, y), controls == 0 ? nil : partialCorrelation(x, y, controlling: held))
        }
        let found = correlations(Array(items.indices))
        var draws: [(raw: Double?, partial: Double?)] = []
        if items.count >= 3 {
            for _ in 0..<repeats {
                draws.append(correlations(items.map { _ in Int.random(in: items.indices, using: &generator) }))
            }
        }
        func estimate(_ value: Double?, _ drawn: [Double?]) -> Estimate? {
            guard let value else { return nil }
            let defined = drawn.compactMap(\.self)
            guard !defined.isEmpty, defined.count * 2 >= drawn.count, let range = interval(defined) else {
                return Estimate(value: value)
            }
            return Estimate(value: value, low: range.low, high: range.high)
        }
        raw = estimate(found.raw, draws.map(\.raw))
        partial = estimate(found.partial, draws.map(\.partial))
    }
}
