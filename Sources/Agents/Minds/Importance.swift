internal import Foundation
public import LanguageModels

/// How much a memory matters, from how likely a model finds each rating.
public enum Importance {
    /// Each scored whole, with its full stop, since tokenisers split digits: "1" would contain "10".
    public static let ratings = (1...10).map { " \($0)." }

    /// The expected rating, after dividing out how the model rates a memory without content.
    ///
    /// Small models rate everything 10; the ratio of the two distributions, renormalised, keeps what the memory adds.
    ///
    /// - Parameters:
    ///   - scores: Of the ten ratings in order.
    ///   - contentFree: The same after a memory that says nothing.
    /// - Returns: 1...10; 5.5 where the memory is rated as the empty one; `nil` where no rating has both scores.
    public static func expectation(_ scores: [ContinuationScore], contentFree: [ContinuationScore]) -> Double? {
        var logs: [(rating: Double, log: Double)] = []
        for (index, pair) in zip(scores, contentFree).enumerated() {
            guard let a = pair.0.logLikelihood, let b = pair.1.logLikelihood, (a - b).isFinite else { continue }
            logs.append((Double(index + 1), a - b))
        }
        guard let greatest = logs.map(\.log).max() else { return nil }
        var total = 0.0
        var sum = 0.0
        for entry in logs {
            let weight = exp(entry.log - greatest)
            total += weight
            sum += weight * entry.rating
        }
        return (sum / total * 1e6).rounded() / 1e6
    }
}
