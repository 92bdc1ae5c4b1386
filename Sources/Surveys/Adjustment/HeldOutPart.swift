/// The questions and respondents that judge a calibrated model. Nothing can be tuned on it.
public struct HeldOutPart: Sendable {
    let table: CalibrationTable
    let candidates: [String]
    let leftOut: [String]
    /// Of the calibration respondents, a question.
    let marginals: [[Double]?]

    public var questions: [String] { table.questions.map(\.id) }

    /// Judges a model by this part, which it must never have seen. Judge once: choosing among reports is tuning.
    ///
    /// - Parameters:
    ///   - repeats: Draws of questions and respondents together; personas follow their respondents.
    ///   - level: Of the one-sided tests, 0...0.5.
    /// - Throws: `tunedOnReported` where the model was chosen, by whatever split, on a question or respondent of this
    ///   part.
    /// - Complexity: O(repeats x questions x (respondents + personas x options)).
    public func report(
        on model: CalibratedModel, repeats: Int = 1000, level: Double = 0.05,
        using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) -> CalibrationReport {
        let (tuned, people) = (Set(model.questions), Set(model.respondents))
        let seen = questions.filter(tuned.contains) + table.respondents.filter(people.contains)
        guard seen.isEmpty else { throw .tunedOnReported(seen) }
        guard let candidate = candidates.firstIndex(of: model.choice.candidate) else {
            throw .misshapen("'\(model.choice.candidate)' is none of the candidates")
        }
        guard level > 0, level < 0.5 else { throw .misshapen("The level must be above 0 and below 0.5") }
        let judge = HeldOutJudge(self, candidate: candidate, model)
        guard let values = judge.rows(judge.distances(nil, nil), nil) else {
            throw .tooFew("answers of people and personas to the held-out questions")
        }
        var draws: [[[Double]]] = []
        for _ in 0..<repeats {
            let times = table.units.draw(using: &generator)
            var personas = table.respondentOfPersona.map { $0.map { times[$0] } ?? 0 }
            let free = personas.indices.filter { table.respondentOfPersona[$0] == nil }
            for _ in free { personas[free[Int.random(in: 0..<free.count, using: &generator)]] += 1 }
            var asked = [Double](repeating: 0, count: table.questions.count)
            for _ in asked.indices { asked[Int.random(in: 0..<asked.count, using: &generator)] += 1 }
            if let drawn = judge.rows(judge.distances(times, personas), asked) { draws.append(drawn) }
        }
        let overall = row(nil, values[0], draws.map { $0[0] }, level)
        let rows = table.groups.indices.compactMap { group in
            values[group + 1][0].isFinite ? row(group, values[group + 1], draws.map { $0[group + 1] }, level) : nil
        }
        let better = [("raw", overall.overRaw), ("uniform", overall.overUniform), ("anchor", overall.overAnchor)]
        let failed = better.filter { !$0.1.isCertain }.map(\.0)
        let losses = holmAdjusted(rows.map { 1 - ($0.overRaw.p ?? 0) })
        return CalibrationReport(
            choice: model.choice, tried: model.tried, scale: table.questions[0].scale,
            verdict: failed.isEmpty ? .improvement : .noImprovementFound(notBetterThan: failed),
            beatsMarginal: overall.overMarginal?.isCertain ?? false, overall: overall, groups: rows,
            worse: rows.filter { $0.overRaw.value < 0 }.compactMap(\.group),
            certainlyWorse: zip(rows, losses).filter { $0.overRaw.p != nil && $1 <= level }.compactMap(\.0.group),
            leftOut: leftOut, calibrationQuestions: model.questions, heldOutQuestions: questions,
            calibrationRespondents: model.respondents.count, heldOutRespondents: table.respondents.count, level: level)
    }

    private func row(_ group: Int?, _ values: [Double], _ draws: [[Double]], _ level: Double) -> CalibrationReport.Row {
        let count = table.questions.count
        func gain(_ other: HeldOutJudge.Model) -> HeldOutGain {
            HeldOutGain(
                values[other.rawValue] - values[HeldOutJudge.Model.calibrated.rawValue],
                draws: draws.map { $0[other.rawValue] - $0[HeldOutJudge.Model.calibrated.rawValue] }, questions: count,
                level: level)
        }
        func similarity(_ model: HeldOutJudge.Model) -> Double { 1 - values[model.rawValue] }
        let (raw, floor) = (HeldOutJudge.Model.raw.rawValue, HeldOutJudge.Model.floor.rawValue)
        let gap = values[raw] - values[floor]
        var closed: ComparisonCell.Estimate?
        if gap >= 0.02 {
            let gained = values[raw] - values[HeldOutJudge.Model.calibrated.rawValue]
            let share = gained / gap
            // The ratio's linearisation: (gain - share x gap) / gap.
            let spread = HeldOutGain(
                share,
                draws: draws.map {
                    (($0[raw] - $0[HeldOutJudge.Model.calibrated.rawValue]) - share * ($0[raw] - $0[floor])) / gap
                }, questions: count, level: level)
            closed = .init(value: share, low: spread.low, high: spread.high)
        }
        let groups = group.map { [$0] } ?? Array(table.groups.indices)
        let people = table.weights.indices.filter { index in
            groups.contains(table.groupOfRespondent[index]) && table.chosen.contains { $0[index] >= 0 }
        }
        let marginal = values[HeldOutJudge.Model.marginal.rawValue]
        return CalibrationReport.Row(
            group: group.map { table.groups[$0] }, raw: similarity(.raw), calibrated: similarity(.calibrated),
            uniform: similarity(.uniform), anchor: similarity(.anchor), marginal: marginal.isFinite ? 1 - marginal : nil,
            noiseFloor: similarity(.floor), closed: closed, overRaw: gain(.raw), overUniform: gain(.uniform),
            overAnchor: gain(.anchor), overMarginal: marginal.isFinite ? gain(.marginal) : nil, humanCount: people.count,
            humanEffectiveSize: effectiveSize(weights: people.map { table.weights[$0] }) ?? 0,
            modelEffectiveSize: groups.reduce(0) { $0 + (table.personaSize($1) ?? 0) })
    }
}
