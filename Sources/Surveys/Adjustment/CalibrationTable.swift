/// Human answers and candidates' shares of one part of a split: the only data a part can see.
struct CalibrationTable: Sendable {
    let questions: [Question]
    let measures: [Similarity]
    let groups: [String]
    let respondents: [String]
    let weights: [Double]
    /// Of each respondent, and of each persona; -1 in none.
    let groupOfRespondent: [Int]
    let groupOfPersona: [Int]
    let personaWeights: [Double]
    /// Index of the respondent a persona stands for; `nil` for a persona of nobody in the sample.
    let respondentOfPersona: [Int?]
    /// Question x respondent: the option chosen, or -1.
    let chosen: [[Int]]
    /// Candidate x question x persona.
    let shares: [[[[Double]?]]]
    let units: ResamplingUnits

    var cells: Int { questions.count * groups.count }

    /// Humans' weighted shares by question x group; `nil` where nobody answered.
    ///
    /// - Parameter times: How often each respondent counts.
    func humanShares(_ times: [Double]? = nil) -> [[Double]?] {
        var shares: [[Double]?] = []
        for (question, answers) in zip(questions, chosen) {
            var sums = [[Double]](
                repeating: [Double](repeating: 0, count: question.options.count), count: groups.count)
            for index in answers.indices where answers[index] >= 0 && groupOfRespondent[index] >= 0 {
                sums[groupOfRespondent[index]][answers[index]] += weights[index] * (times?[index] ?? 1)
            }
            shares += sums.map(divided)
        }
        return shares
    }

    /// Everybody's weighted shares of a question, groups or not.
    func marginal(_ question: Int) -> [Double]? {
        var sums = [Double](repeating: 0, count: questions[question].options.count)
        for (option, weight) in zip(chosen[question], weights) where option >= 0 { sums[option] += weight }
        return divided(sums)
    }

    /// Weighted mean of personas' shares by question x group; `nil` where no persona answered.
    ///
    /// - Parameters:
    ///   - answers: Question x persona.
    ///   - priorSize: n0 of each group's shrinkage toward everybody, those in no group too; 0 for none.
    func modelShares(_ answers: [[[Double]?]], _ times: [Double]? = nil, priorSize: Double = 0) -> [[Double]?] {
        let trust = groups.indices.map { GroupShrinkage(priorSize: priorSize).trust(size: personaSize($0) ?? 0) }
        var shares: [[Double]?] = []
        for (question, people) in zip(questions, answers) {
            var sums = [[Double]](
                repeating: [Double](repeating: 0, count: question.options.count), count: groups.count)
            var whole = [Double](repeating: 0, count: question.options.count)
            for index in people.indices {
                let count = (times?[index] ?? 1) * personaWeights[index]
                guard count > 0, let answer = people[index] else { continue }
                let group = groupOfPersona[index]
                for option in answer.indices {
                    if group >= 0 { sums[group][option] += count * answer[option] }
                    whole[option] += count * answer[option]
                }
            }
            guard priorSize > 0, let whole = divided(whole) else {
                shares += sums.map(divided)
                continue
            }
            shares += zip(sums, trust).map { sums, trust in
                divided(sums).map { own in zip(own, whole).map { trust * $0 + (1 - trust) * $1 } }
            }
        }
        return shares
    }

    /// Weights of a cell's human answers.
    func answerWeights(_ question: Int, _ group: Int) -> [Double] {
        weights.indices.filter { chosen[question][$0] >= 0 && groupOfRespondent[$0] == group }.map { weights[$0] }
    }

    /// A respondent drawn several times counts as one persona, of the summed weight, in the effective size.
    func personaSize(_ group: Int) -> Double? {
        var draws = SummedWeights()
        for (index, respondent) in respondentOfPersona.enumerated() where groupOfPersona[index] == group {
            draws.add(personaWeights[index], to: String(respondent ?? -1 - index))
        }
        return effectiveSize(weights: draws.sums)
    }
}

private func divided(_ sums: [Double]) -> [Double]? {
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : nil
}
