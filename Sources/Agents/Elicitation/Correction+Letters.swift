internal import Foundation
internal import Surveys

extension Correction {
    /// A label that a server did not list gets the smaller of the least listed probability and an equal part of the
    /// mass not listed, as in the code of Santurkar et al. 2023 (`get_probabilities`).
    static func letterShares(_ answer: ElicitedAnswer) -> [Double]? {
        let listed = answer.options.compactMap(\.logLikelihood)
        guard let least = listed.min() else { return nil }
        let missing = answer.options.count - listed.count
        guard missing > 0 else { return softmax(listed) }
        let covered = answer.coveredMass ?? min(1, listed.reduce(0) { $0 + exp($1) })
        let fill = min(exp(least), max(0, 1 - covered) / Double(missing))
        return softmax(answer.options.map { $0.logLikelihood ?? log(fill) })
    }

    /// The mean over all orders shown, cyclic and reversed, of each order's shares with the letters' prior divided out.
    ///
    /// The prior is estimated from the cyclic orders alone, in which every option stands once at every letter, for each
    /// person and question anew, so that nothing of others enters an answer.
    ///
    /// - Returns: `nil` where a cyclic order is missing or rules a letter out.
    static func withoutLetterPrior(_ answers: [ElicitedAnswer], _ optionCount: Int) -> [Double]? {
        guard let prior = letterPrior(answers, optionCount), prior.allSatisfy({ $0 > 0 }) else { return nil }
        let debiased = answers.map { answer -> [Double]? in
            guard let shares = letterShares(answer), shares.count == optionCount else { return nil }
            var freed = [Double](repeating: 0, count: optionCount)
            for (place, option) in OptionOrder.order(answer.orderIndex, of: optionCount).enumerated() {
                freed[option] = shares[option] / prior[place]
            }
            let total = freed.reduce(0, +)
            return total > 0 && total.isFinite ? freed.map { $0 / total } : nil
        }
        return mean(debiased, optionCount)
    }

    /// The share that each place's letter draws whatever it stands for, `A` first: exp of its mean log share over the
    /// cyclic orders, normalised; 1/k each where letters do not matter.
    ///
    /// - Parameter answers: To one question by `letters`, in every cyclic order at least once; of several people, the
    ///   mean of their shares in each order is taken.
    /// - Returns: k shares, sum 1; `nil` where a cyclic order is missing or an answer in one shows no label.
    public static func letterPrior(_ answers: [ElicitedAnswer], _ optionCount: Int) -> [Double]? {
        guard optionCount > 0 else { return nil }
        var byPlace: [[Double]] = []
        for index in 0..<optionCount {
            let given = answers.filter { $0.method == .letters && $0.orderIndex == index }
            guard !given.isEmpty, let shares = mean(given.map(letterShares), optionCount) else { return nil }
            byPlace.append(OptionOrder.order(index, of: optionCount).map { shares[$0] })
        }
        return OptionOrderCorrection(cyclicShares: byPlace).letterPrior
    }
}
