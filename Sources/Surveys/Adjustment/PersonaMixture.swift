#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What part of a group each of several personas stands for: weights that make the group's answers likeliest.
///
/// Every respondent answers as one of the personas, question by question independently:
/// P(answers of i) = sum_j w_j prod_q s_j(q, a_iq). The log-likelihood is concave in w, so that EM from equal weights
/// ends at its maximum, never falling on the way.
///
/// - Source: Dempster, Laird and Rubin 1977, "Maximum Likelihood from Incomplete Data via the EM Algorithm",
///   jstor.org/stable/2984875; the bound: Lindsay 1983, doi:10.1214/aos/1176346059.
public struct PersonaMixture: Hashable, Sendable {
    /// Of the personas, in their order; each 0 or more, sum 1.
    public let weights: [Double]
    /// Weighted log-likelihood after each step, nats; the first is that of equal weights.
    public let path: [Double]
    /// No weights at all are likelier by more than this, nats.
    public let bound: Double
    /// Respondents left out because every persona gives one of their answers share 0.
    public let impossible: Int
    public let questions: [String]
    public let respondents: [String]

    public var logLikelihood: Double { path[path.count - 1] }

    /// - Parameter personas: Persona x question (all, in order) x option.
    /// - Complexity: O(steps x respondents x personas).
    public init(
        of personas: [[[Double]]], on answers: CalibrationAnswers, limit: Int = 10_000
    ) throws(AdjustmentError) {
        guard !personas.isEmpty else { throw .tooFew("personas") }
        let likelihoods = answers.matrix.logLikelihoods(personas)
        let possible = likelihoods.indices.filter { index in
            answers.matrix.chosen[index].contains { $0 >= 0 } && likelihoods[index].contains { $0.isFinite }
        }
        guard !possible.isEmpty else { throw .tooFew("answers that any persona could give") }
        impossible = likelihoods.indices.count { index in !likelihoods[index].contains { $0.isFinite } }
        let tops = possible.map { likelihoods[$0].max() ?? 0 }
        let densities = zip(possible, tops).map { index, top in likelihoods[index].map { exp($0 - top) } }
        let people = possible.map { answers.matrix.weights[$0] }
        let total = people.reduce(0, +)
        var weights = [Double](repeating: 1 / Double(personas.count), count: personas.count)
        var path: [Double] = []
        var bound = Double.infinity
        for _ in 0..<max(1, limit) {
            var value = 0.0
            var gains = [Double](repeating: 0, count: personas.count)
            for (slot, density) in densities.enumerated() {
                var mixed = 0.0
                for (weight, one) in zip(weights, density) { mixed += weight * one }
                value += people[slot] * (log(mixed) + tops[slot])
                for index in gains.indices { gains[index] += people[slot] * density[index] / mixed }
            }
            path.append(value)
            bound = (gains.max() ?? total) - total
            if bound < 1e-9 * total || path.count == max(1, limit) { break }
            for index in weights.indices { weights[index] *= gains[index] / total }
            let sum = weights.reduce(0, +)
            for index in weights.indices { weights[index] /= sum }
        }
        (self.weights, self.path, self.bound) = (weights, path, max(0, bound))
        (questions, respondents) = (answers.matrix.questions, answers.matrix.respondents)
    }

    /// The mixture's answer to each question: the weighted mean of the personas' shares.
    public func shares(of personas: [[[Double]]]) -> [[Double]] {
        guard let first = personas.first else { return [] }
        return first.indices.map { question in
            first[question].indices.map { option in
                zip(weights, personas).reduce(0) { $0 + $1.0 * $1.1[question][option] }
            }
        }
    }
}

extension HeldOutAnswers {
    /// The mean over respondents of the mixture's log-likelihood of all their held-out answers, by weight, nats.
    ///
    /// - Returns: `nil` without answers; minus infinity where somebody's answers have share 0 from every persona.
    public func logLikelihood(of mixture: PersonaMixture, _ personas: [[[Double]]]) -> Double? {
        var (sum, total) = (0.0, 0.0)
        for (index, likelihoods) in matrix.logLikelihoods(personas).enumerated() {
            guard matrix.chosen[index].contains(where: { $0 >= 0 }), let top = likelihoods.max() else { continue }
            total += matrix.weights[index]
            guard top.isFinite else { return -.infinity }
            let mixed = zip(mixture.weights, likelihoods).reduce(0) { $0 + $1.0 * exp($1.1 - top) }
            sum += matrix.weights[index] * (log(mixed) + top)
        }
        return total > 0 ? sum / total : nil
    }
}

extension AnswerMatrix {
    /// Respondent x persona: ln of the likelihood of all their answers.
    func logLikelihoods(_ personas: [[[Double]]]) -> [[Double]] {
        let logs = personas.map { persona in places.map { persona[$0].map { $0 > 0 ? log($0) : -Double.infinity } } }
        return chosen.map { answers in
            logs.map { persona in
                var sum = 0.0
                for (question, option) in answers.enumerated() where option >= 0 { sum += persona[question][option] }
                return sum
            }
        }
    }

    func meanLogShare(_ shares: [[Double]]) -> Double? {
        var (sum, total) = (0.0, 0.0)
        for (answers, weight) in zip(chosen, weights) {
            for (question, option) in answers.enumerated() where option >= 0 {
                sum += weight * log(shares[places[question]][option])
                total += weight
            }
        }
        return total > 0 ? sum / total : nil
    }
}
