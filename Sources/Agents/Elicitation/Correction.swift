import Foundation

/// What is taken off the evidence for each option before it becomes shares: computed on reading, never stored.
///
/// - Source: Holtzman et al. 2021, "Surface Form Competition", doi:10.18653/v1/2021.emnlp-main.564 (`domain`); Zheng et
///   al. 2024, "Large Language Models Are Not Robust Multiple Choice Selectors", arXiv:2309.03882 (`letter-prior`).
public enum Correction: String, Codable, Hashable, Sendable, CaseIterable {
    case uncorrected = "none"
    /// The log-likelihood of the same words after a content-free cue.
    case domain
    /// The log-likelihood of the same words after the same prompt without the persona. Removes base rates.
    case personaFree = "persona-free"
    /// The liking for each letter whatever it stands for, estimated over the cyclic orders of each question.
    case letterPrior = "letter-prior"

    /// What the corrected figures are, for tables.
    public var label: String {
        switch self {
        case .uncorrected: "uncorrected"
        case .domain: "domain-conditional"
        case .personaFree: "between-person movement, centred on uniform"
        case .letterPrior: "letter prior removed"
        }
    }

    /// The corrections that mean something for a method, plainest first.
    public static func applicable(to method: ElicitationMethod) -> [Correction] {
        switch method {
        case .words: [.uncorrected, .domain, .personaFree]
        case .letters: [.uncorrected, .letterPrior]
        case .sample, .interview: [.uncorrected]
        }
    }

    /// One persona's answer to one question as shares over the options.
    ///
    /// `words`: softmax at temperature 1 of the corrected log-likelihoods. `letters`: the mean over the orders shown
    /// of the softmax of each, for `letter-prior` divided by the prior of the letter that stood for each option.
    /// `sample`: the frequencies of the answers that could be read. `interview` has no shares.
    ///
    /// - Parameters:
    ///   - answers: Of one persona to one question by one method, in any number of orders or repetitions.
    ///   - optionCount: Options of the question, at least 1.
    /// - Returns: In the questionnaire's order, each 0...1, sum 1; `nil` where there is no evidence: no answers, none
    ///   readable, or a correction the method does not have.
    public func shares(_ answers: [ElicitedAnswer], optionCount: Int) -> [Double]? {
        guard let method = answers.first?.method, answers.allSatisfy({ $0.method == method }),
            Self.applicable(to: method).contains(self)
        else { return nil }
        switch method {
        case .sample:
            let chosen = answers.compactMap(\.chosen).filter((0..<optionCount).contains)
            guard !chosen.isEmpty else { return nil }
            var counts = [Double](repeating: 0, count: optionCount)
            for option in chosen { counts[option] += 1 }
            return counts.map { $0 / Double(chosen.count) }
        case .interview: return nil
        case .letters:
            if self == .letterPrior { return Self.withoutLetterPrior(answers, optionCount) }
            return Self.mean(answers.map(Self.letterShares), optionCount)
        case .words: return Self.mean(answers.map(wordShares), optionCount)
        }
    }

    private func wordShares(_ answer: ElicitedAnswer) -> [Double]? {
        let scores = answer.options.compactMap { option -> Double? in
            guard let own = option.logLikelihood else { return nil }
            switch self {
            case .uncorrected, .letterPrior: return own
            case .domain: return option.domainLogLikelihood.map { own - $0 }
            case .personaFree: return option.personaFreeLogLikelihood.map { own - $0 }
            }
        }
        return scores.count == answer.options.count ? softmax(scores) : nil
    }

    /// The mean of shares, where every answer has them.
    static func mean(_ shares: [[Double]?], _ optionCount: Int) -> [Double]? {
        var sum = [Double](repeating: 0, count: optionCount)
        for one in shares {
            guard let one, one.count == optionCount else { return nil }
            for index in sum.indices { sum[index] += one[index] }
        }
        return sum.map { $0 / Double(shares.count) }
    }
}

/// Scores as shares that sum to 1: exp(x) / sum exp(x), unmoved by a constant added to all.
///
/// - Returns: `nil` where no score is above minus infinity.
/// - Complexity: O(k).
package func softmax(_ scores: [Double]) -> [Double]? {
    guard let most = scores.max(), most.isFinite else { return nil }
    let weights = scores.map { exp($0 - most) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
}
