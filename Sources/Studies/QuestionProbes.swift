import Agents
import Surveys

/// The probes of one question.
struct QuestionProbes {
    let question: Question
    /// To every wording, by one method.
    let answers: [ElicitedAnswer]
    let weights: [String: Double]

    private var count: Int { question.options.count }

    /// What the order of the options and their letters do, by `letters`.
    func orders(_ row: inout ProbeTable.Row) {
        let own = answers.filter { $0.wording == 0 }
        let indices = Set(own.map(\.orderIndex)).sorted()
        let people = shares(own, of: indices) { $0.orderIndex }
        guard !people.isEmpty else {
            for measure in [ProbeTable.Measure.orderEffect, .reversedScale, .letterPrior] {
                row.reasons[measure] = "nobody's answers show their labels in every order"
            }
            return
        }
        let byOrder = indices.indices.map { place in mean(people.map { ($0.persona, $0.shares[place]) }) }
        row.values[.orderEffect] = orderEffect(byOrder)
        if row.values[.orderEffect] == nil { row.reasons[.orderEffect] = "one order was shown" }
        if let plain = indices.firstIndex(of: 0), let reversed = indices.firstIndex(of: count) {
            row.values[.reversedScale] = totalVariation(byOrder[plain], byOrder[reversed])
        } else {
            row.reasons[.reversedScale] = question.scale == .ordinal
                ? "of two options the reversed scale is a shift" : "the options lie on no line"
        }
        row.letterPrior = Correction.letterPrior(own, count)
        if row.letterPrior == nil { row.reasons[.letterPrior] = "a letter is ruled out, or an order was not shown" }
    }

    /// What agreement there is with a statement and its opposite both.
    func opposite(_ row: inout ProbeTable.Row) {
        let wordings = [0, Rewordings.oppositeNumber]
        let people = shares(answers, of: wordings) { $0.wording }
        if people.isEmpty {
            row.reasons[.acquiescence] = absence(
                question.rewordings?.opposite != nil, "the codebook gives no opposite",
                asked: answers.contains { $0.wording == Rewordings.oppositeNumber })
            return
        }
        row.values[.acquiescence] = acquiescence(
            statement: mean(people.map { ($0.persona, $0.shares[0]) }),
            opposite: mean(people.map { ($0.persona, $0.shares[1]) }))
    }

    /// How alike each person's answers to the questionnaire's words and to their paraphrases are.
    func paraphrases(_ row: inout ProbeTable.Row) {
        let wordings = Set(answers.map(\.wording).filter { $0 >= 0 }).sorted()
        let people = wordings.count > 1 ? shares(answers, of: wordings) { $0.wording } : []
        let found = people.compactMap { person in
            paraphraseConsistency(person.shares).map { (person.persona, [$0]) }
        }
        guard !found.isEmpty else {
            row.reasons[.paraphraseConsistency] = absence(
                question.rewordings?.paraphrases.isEmpty == false, "the codebook gives no paraphrases",
                asked: wordings.count > 1)
            return
        }
        row.values[.paraphraseConsistency] = mean(found)[0]
    }

    private func absence(_ given: Bool, _ reason: String, asked: Bool) -> String {
        !given ? reason : asked ? "nobody's answers to both could be read" : "not asked; poll with --probe"
    }

    /// Uncorrected shares of the people who have them for every part wanted, in the order of their first answers.
    private func shares(
        _ answers: [ElicitedAnswer], of wanted: [Int], by part: (ElicitedAnswer) -> Int
    ) -> [(persona: String, shares: [[Double]])] {
        var order: [String] = []
        var grouped: [String: [Int: [ElicitedAnswer]]] = [:]
        for answer in answers {
            if grouped[answer.persona] == nil { order.append(answer.persona) }
            grouped[answer.persona, default: [:]][part(answer), default: []].append(answer)
        }
        return order.compactMap { persona in
            let found = wanted.compactMap {
                Correction.uncorrected.shares(grouped[persona]?[$0] ?? [], optionCount: count)
            }
            return found.count == wanted.count ? (persona, found) : nil
        }
    }

    private func mean(_ people: [(persona: String, values: [Double])]) -> [Double] {
        let total = people.reduce(0) { $0 + (weights[$1.persona] ?? 1) }
        return people[0].values.indices.map { index in
            people.reduce(0) { $0 + (weights[$1.persona] ?? 1) * $1.values[index] } / total
        }
    }
}
