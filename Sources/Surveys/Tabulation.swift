extension Question {
    /// The weighted answers of these people; `nil` where nobody gave one.
    ///
    /// Refusals, "don't know" and missing answers are left out of the shares.
    public func distribution(of respondents: [Respondent]) -> AnswerDistribution? {
        var sums = [Double](repeating: 0, count: options.count)
        var (count, weight, squares) = (0, 0.0, 0.0)
        for respondent in respondents {
            guard case .option(let index)? = respondent.answers[id], options.indices.contains(index) else { continue }
            sums[index] += respondent.weight
            weight += respondent.weight
            squares += respondent.weight * respondent.weight
            count += 1
        }
        guard count > 0, weight > 0 else { return nil }
        return AnswerDistribution(
            shares: sums.map { $0 / weight }, count: count, effectiveSize: weight * weight / squares)
    }

    /// Share of those asked who refused, by weight; `nil` where the source cannot tell or nobody was asked.
    public func refusalShare(of respondents: [Respondent]) -> Double? {
        guard case .codes(let refused, _, _) = nonAnswers, !refused.isEmpty else { return nil }
        var (asked, refusals) = (0.0, 0.0)
        for respondent in respondents {
            switch respondent.answers[id] {
            case .option?, .dontKnow?: asked += respondent.weight
            case .refused?:
                asked += respondent.weight
                refusals += respondent.weight
            case .missing?, nil: break
            }
        }
        return asked > 0 ? refusals / asked : nil
    }
}

extension Codebook {
    /// Groups of a variable that occur, in the codebook's order; for numbers, in ascending order.
    public func groups(of variable: String, among respondents: [Respondent]) -> [String] {
        let present = Set(respondents.compactMap { $0.variables[variable] })
        switch self.variable(variable)?.kind {
        case .categories(let names): return names.filter(present.contains)
        case .coded(let codes): return codes.map(\.code).filter(present.contains)
        case .number?, nil: return present.sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
        }
    }
}
