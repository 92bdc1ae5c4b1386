import Agents
import Surveys

extension PollStudy {
    /// The weighted mean over people of one question's corrected shares, of answers to the questionnaire's own words;
    /// `nil` where nobody has any.
    ///
    /// - Parameter weights: By persona id; 1 for who is not in it.
    static func averageShares(
        _ answers: [ElicitedAnswer], question: Question, correction: Correction, weights: [String: Double] = [:]
    ) -> [Double]? {
        let people = persons(answers, question: question, correction: correction)
        guard !people.isEmpty else { return nil }
        let weighed = people.map { weights[$0.persona] ?? 1 }
        let total = weighed.reduce(0, +)
        return question.options.indices.map { index in
            zip(people, weighed).reduce(0) { $0 + $1.1 * $1.0.shares[index] } / total
        }
    }

    /// Corrected shares by person, in the order of first answers, of answers to the questionnaire's own words.
    static func persons(
        _ answers: [ElicitedAnswer], question: Question, correction: Correction
    ) -> [(persona: String, shares: [Double])] {
        var order: [String] = []
        var grouped: [String: [ElicitedAnswer]] = [:]
        for answer in answers where answer.question == question.id && answer.wording == 0 {
            if grouped[answer.persona] == nil { order.append(answer.persona) }
            grouped[answer.persona, default: []].append(answer)
        }
        return order.compactMap { persona in
            correction.shares(grouped[persona] ?? [], optionCount: question.options.count).map { (persona, $0) }
        }
    }
}
