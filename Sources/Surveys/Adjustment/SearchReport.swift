#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What a search found beside the unsearched persona, on questions and respondents it never saw.
public struct SearchReport: Codable, Hashable, Sendable {
    /// Mean ln of the share given to an answer, nats; each question counts alike. Minus infinity is `nil`.
    public var searched: Double?
    public var unsearched: Double?
    /// The same of uniform answers.
    public var uniform: Double
    /// What the searched one exceeds the others by; `nil` where one of them gives an answer share 0.
    public var overUnsearched: HeldOutGain?
    public var overUniform: HeldOutGain?
    /// Certainly better than both; otherwise no improvement was found.
    public var improvement: Bool
    /// Scores the search asked for.
    public var tried: Int
    public var heldOutQuestions: [String]
    public var heldOutRespondents: Int
    public var level: Double
}

extension HeldOutAnswers {
    /// Judges shares by question (all questions, in order) found on other questions and people.
    ///
    /// - Parameters:
    ///   - tuned: Ids of all questions and respondents the search saw.
    ///   - tried: Scores it asked for.
    /// - Throws: `tunedOnReported` where any of `tuned` is held out.
    public func report(
        searched: [[Double]], unsearched: [[Double]], tuned: CalibrationAnswers, tried: Int, repeats: Int = 1000,
        level: Double = 0.05, using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) -> SearchReport {
        let seen = matrix.questions.filter(Set(tuned.matrix.questions).contains)
            + matrix.respondents.filter(Set(tuned.matrix.respondents).contains)
        guard seen.isEmpty else { throw .tunedOnReported(seen) }
        let uniform = searched.map { [Double](repeating: 1 / Double($0.count), count: $0.count) }
        let everybody = [Double](repeating: 1, count: matrix.respondents.count)
        let asked = [Double](repeating: 1, count: matrix.questions.count)
        let logs: [[[Double]]] = [searched, unsearched, uniform].map { shares in
            shares.map { answer in answer.map { $0 > 0 ? log($0) : -Double.infinity } }
        }
        guard let values = means(logs, everybody, asked) else { throw .tooFew("held-out answers") }
        var draws: [[Double]] = []
        for _ in 0..<repeats {
            let times = matrix.units.draw(using: &generator)
            var drawn = asked.map { _ in 0.0 }
            for _ in asked { drawn[Int.random(in: 0..<asked.count, using: &generator)] += 1 }
            if let means = means(logs, times, drawn) { draws.append(means) }
        }
        func gain(_ other: Int) -> HeldOutGain? {
            guard values[0].isFinite, values[other].isFinite else { return nil }
            return HeldOutGain(
                values[0] - values[other], draws: draws.map { $0[0] - $0[other] }, questions: asked.count, level: level)
        }
        let (overUnsearched, overUniform) = (gain(1), gain(2))
        return SearchReport(
            searched: values[0].isFinite ? values[0] : nil, unsearched: values[1].isFinite ? values[1] : nil,
            uniform: values[2], overUnsearched: overUnsearched, overUniform: overUniform,
            improvement: [overUnsearched, overUniform].allSatisfy { $0?.isCertain ?? false }, tried: tried,
            heldOutQuestions: matrix.questions, heldOutRespondents: matrix.respondents.count, level: level)
    }

    /// Of each model: the mean over questions of the weighted mean over people.
    private func means(_ logs: [[[Double]]], _ times: [Double], _ asked: [Double]) -> [Double]? {
        var sums = [Double](repeating: 0, count: logs.count)
        var count = 0.0
        for (question, place) in matrix.places.enumerated() where asked[question] > 0 {
            var (own, total) = ([Double](repeating: 0, count: logs.count), 0.0)
            for index in times.indices where times[index] > 0 && matrix.chosen[index][question] >= 0 {
                let weight = matrix.weights[index] * times[index]
                total += weight
                for model in logs.indices { own[model] += weight * logs[model][place][matrix.chosen[index][question]] }
            }
            guard total > 0 else { continue }
            for model in logs.indices { sums[model] += asked[question] * own[model] / total }
            count += asked[question]
        }
        return count > 0 ? sums.map { $0 / count } : nil
    }
}
