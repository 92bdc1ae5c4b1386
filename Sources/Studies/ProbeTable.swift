import Agents
import Surveys

/// What moves a model's answers besides their content, question by question: computed on reading from uncorrected
/// shares, since a correction takes off the very effects that are measured here.
struct ProbeTable: Sendable {
    enum Measure: String, CaseIterable, Sendable {
        case orderEffect, reversedScale, acquiescence, paraphraseConsistency, letterPrior
    }

    struct Row: Sendable {
        var question: String
        var method: ElicitationMethod
        var values: [Measure: Double] = [:]
        /// By letter, `A` first.
        var letterPrior: [Double]?
        /// Why a measure is undefined, as the end of a sentence.
        var reasons: [Measure: String] = [:]
    }

    /// In the order of the questions; open ones and those nobody was asked are left out.
    let rows: [Row]

    /// - Parameters:
    ///   - answers: To every wording.
    ///   - weights: Of people, by persona id; 1 for who is not in it.
    init(_ questions: [Question], answers: [ElicitedAnswer], weights: [String: Double]) {
        let byQuestion = Dictionary(grouping: answers, by: \.question)
        rows = questions.compactMap { question in
            let given = byQuestion[question.id] ?? []
            guard question.scale != .open, let method = given.first?.method else { return nil }
            var row = Row(question: question.id, method: method)
            let probes = QuestionProbes(question: question, answers: given, weights: weights)
            if method == .letters { probes.orders(&row) } else { Self.noOrders(&row) }
            probes.opposite(&row)
            probes.paraphrases(&row)
            return row
        }
    }

    private static func noOrders(_ row: inout Row) {
        let reason = row.method == .words ? "'words' shows no options" : "'sample' shows one order of options"
        for measure in [Measure.orderEffect, .reversedScale, .letterPrior] { row.reasons[measure] = reason }
    }

    /// The mean over the questions that have it; `nil` where none has.
    func mean(_ measure: Measure) -> Double? {
        let values = rows.compactMap { $0.values[measure] }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The mean prior of the letters, over questions of equally many options; `nil` where they differ or none has one.
    var letterPrior: [Double]? {
        let priors = rows.compactMap(\.letterPrior)
        guard let first = priors.first, priors.allSatisfy({ $0.count == first.count }) else { return nil }
        return first.indices.map { letter in priors.reduce(0) { $0 + $1[letter] } / Double(priors.count) }
    }
}
