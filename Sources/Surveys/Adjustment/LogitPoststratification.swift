/// What a population's groups would answer: a ridge logit on cells, weighted by the population's cells.
///
/// The small sibling of multilevel regression and post-stratification: the ridge pulls small categories toward the
/// whole as random effects would, with one strength for all. Fit it on people who are not judged by it.
///
/// - Source: Park, Gelman and Bafumi 2004, "Bayesian Multilevel Estimation with Poststratification",
///   doi:10.1093/pan/mph024.
public struct LogitPoststratification: Hashable, Sendable {
    public let variables: [String]
    public let logit: MultinomialLogit
    /// People it was fitted on.
    public let count: Int

    /// - Parameter respondents: Those without an answer to the question are left out.
    public init(
        _ question: Question, on variables: [String], of respondents: [Respondent], ridge: Double = 1
    ) throws(AdjustmentError) {
        let answered = answered(question, respondents)
        self.variables = variables
        count = answered.count
        logit = try MultinomialLogit(
            rows: answered.map { person in variables.map { person.respondent.variables[$0] } },
            outcomes: answered.map(\.option), weights: answered.map(\.respondent.weight),
            classes: question.options.count, ridge: ridge)
    }

    /// The mean prediction over population cells, by their shares; `nil` where these sum to nothing.
    public func shares(of population: [PopulationCell]) -> [Double]? {
        var (sums, total) = ([Double](repeating: 0, count: logit.classes), 0.0)
        for cell in population {
            for (option, share) in logit.shares(for: cell.values).enumerated() { sums[option] += cell.share * share }
            total += cell.share
        }
        return total > 0 ? sums.map { $0 / total } : nil
    }
}

extension Sequence<Respondent> {
    /// These people's crossing of variables, by weight: cells sorted by the values' UTF-8 bytes. Whoever has a value
    /// missing is left out.
    public func populationCells(of variables: [String]) -> [PopulationCell] {
        var sums: [[String]: Double] = [:]
        for respondent in self {
            let values = variables.compactMap { respondent.variables[$0] }
            if values.count == variables.count { sums[values, default: 0] += respondent.weight }
        }
        return sums.sorted { a, b in
            let (left, right) = (a.key.map { Array($0.utf8) }, b.key.map { Array($0.utf8) })
            return left.lexicographicallyPrecedes(right) { $0.lexicographicallyPrecedes($1) }
        }.map { PopulationCell(values: $0.key, share: $0.value) }
    }
}

/// Those who chose an option of the question, with it.
func answered(_ question: Question, _ respondents: [Respondent]) -> [(place: Int, respondent: Respondent, option: Int)] {
    respondents.enumerated().compactMap { place, respondent in
        guard case .option(let index)? = respondent.answers[question.id], question.options.indices.contains(index)
        else { return nil }
        return (place, respondent, index)
    }
}
