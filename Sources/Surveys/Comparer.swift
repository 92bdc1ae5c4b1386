/// Sets a panel's answers beside the people it stands for, over all and group by group.
///
/// The human side must have been filtered by the panel's universe. Intervals resample respondents (with their weights,
/// within strata and by cluster) and personas together; distances of resamples are biased upwards, so each interval is
/// moved to be centred on its estimate. The estimate keeps its own bias: an interval says what panels and samples of
/// these sizes score, so read it beside the noise floor; it does not cover 1 for a panel that answers as people do.
///
/// - Complexity: O(B q (n + m k)) for B repeats, q questions of k options, n respondents and m personas.
public struct Comparer: Sendable {
    public var codebook: Codebook
    public var questions: [Question]
    public var humans: [Respondent]
    public var people: [PersonAnswer]
    /// Name of the correction the people's shares carry.
    public var correction: String
    /// 0 for no intervals.
    public var repeats: Int
    /// Split halves of the human sample averaged for description.
    public var halves = 100
    /// By question: a fit of a few variables on ``humans``, out of sample.
    public var yardsticks: [String: Yardstick] = [:]

    public init(
        codebook: Codebook, questions: [Question], humans: [Respondent], people: [PersonAnswer], correction: String,
        repeats: Int
    ) {
        self.codebook = codebook
        self.questions = questions
        self.humans = humans
        self.people = people
        self.correction = correction
        self.repeats = repeats
    }

    /// - Parameter variable: Also group by group, by a variable of the codebook.
    /// - Returns: A cell that no human or no persona stands behind is left out.
    public func compare(by variable: String?, using generator: inout some RandomNumberGenerator) -> ComparedPanel {
        compared(by: variable, using: &generator).panel
    }

    /// - Returns: Also the resampled similarities: over all under `nil`, then by group.
    func compared(
        by variable: String?, using generator: inout some RandomNumberGenerator
    ) -> (panel: ComparedPanel, inputs: [Scale: [StandingInput]]) {
        let groups = variable.map { codebook.groups(of: $0, among: humans) } ?? []
        let tally = Tally(self, variable: variable, groups: groups)
        let resamples = (0..<repeats).map { _ in tally.resample(using: &generator) }
        let splits = (0..<halves).map { _ in tally.split(using: &generator) }
        let itemDraws = (0..<repeats).map { _ in questions.map { _ in generator.next() } }
        var cells: [ComparisonCell] = []
        var summaries: [ComparisonSummary] = []
        var inputs: [Scale: [StandingInput]] = [:]
        for group in 0...groups.count {
            let name = group == 0 ? nil : label(groups[group - 1], of: variable)
            var made: [(question: Int, cell: ComparisonCell, drawn: [Double])] = []
            for question in questions.indices {
                if let (cell, drawn) = cell(question, group, name, tally, resamples, splits) {
                    made.append((question, cell, drawn))
                }
            }
            cells += made.map(\.cell)
            for scale in [Scale.ordinal, .nominal] {
                let ofScale = made.filter { $0.cell.scale == scale }
                guard let summary = summary(ofScale, scale, name, group, tally, itemDraws) else { continue }
                summaries.append(summary)
                inputs[scale, default: []].append(input(name, summary, ofScale))
            }
        }
        let standings = [Scale.ordinal, .nominal].flatMap { scale in
            Surveys.standings(inputs[scale] ?? [], scale: scale, correction: correction)
        }
        let panel = ComparedPanel(
            cells: cells, summaries: summaries, standings: standings, persons: personByPerson(yardsticks),
            flattening: flattening(cells))
        return (panel, inputs)
    }

    private func input(
        _ group: String?, _ summary: ComparisonSummary,
        _ made: [(question: Int, cell: ComparisonCell, drawn: [Double])]
    ) -> StandingInput {
        var items: [String: (similarity: Double, floor: Double, draws: [Double])] = [:]
        for (_, cell, drawn) in made {
            items[cell.question] = (cell.similarity.value, cell.mirrors.noiseFloor ?? 1, drawn)
        }
        return StandingInput(
            group: group, items: items, humanCount: summary.humanCount,
            humanEffectiveSize: summary.humanEffectiveSize, modelCount: summary.modelCount)
    }

    /// `nil` where nothing was asked.
    private func flattening(_ cells: [ComparisonCell]) -> PanelFlattening? {
        let whole = cells.filter { $0.group == nil }
        guard !whole.isEmpty else { return nil }
        var found: [StereotypeFlattening] = []
        for question in questions {
            guard let positions = question.positions else { continue }
            let groups = cells.filter { $0.question == question.id && $0.group != nil }
            guard groups.count > 1 else { continue }
            if let one = stereotypeFlattening(
                model: groups.map(\.model.shares), human: groups.map(\.human.shares),
                shares: groups.map(\.human.effectiveSize), positions: positions)
            {
                found.append(one)
            }
        }
        func average(_ values: [Double?]) -> Double? {
            let defined = values.compactMap(\.self)
            return defined.count == values.count ? mean(defined) : nil
        }
        let ratios = questions.compactMap { question in
            question.scale == .ordinal ? whole.first { $0.question == question.id }?.spread?.varianceRatio : nil
        }
        return PanelFlattening(
            correction: correction, questions: ratios.count,
            overall: mean(ratios), within: average(found.map(\.within)), between: average(found.map(\.between)),
            compressed: compressedShare(model: whole.map(\.model.shares), human: whole.map(\.human.shares)))
    }

    private func label(_ cell: String, of variable: String?) -> String? {
        variable.flatMap { codebook.variable($0) }.map { $0.words(for: cell) } ?? cell
    }

    private func cell(
        _ index: Int, _ group: Int, _ name: String?, _ tally: Tally, _ resamples: [Tally.Resample], _ splits: [Tally.Split]
    ) -> (ComparisonCell, drawn: [Double])? {
        let question = questions[index]
        let measure = Similarity(question)
        // A scale without length has no similarity: no data is never a figure.
        guard measure.range > 0, let human = tally.human(index, group), let model = tally.model(index, group)
        else { return nil }
        let distance = measure.distance(human.shares, model.shares)
        let count = question.options.count
        let uniform = [Double](repeating: 1 / Double(count), count: count)
        var modal = [Double](repeating: 0, count: count)
        modal[human.shares.indices.max { human.shares[$0] < human.shares[$1] } ?? 0] = 1
        let floor = measure.floor(human.shares, n: human.effectiveSize, m: model.effectiveSize)
        let toUniform = measure.distance(human.shares, uniform)

        var drawn: [Double] = []
        var humanDraws = [[Double]](repeating: [], count: count)
        var modelDraws = humanDraws
        for resample in resamples {
            guard let h = resample.human(index, group, tally), let m = resample.model(index, group, tally) else {
                drawn.append(.nan)
                continue
            }
            drawn.append(1 - measure.distance(h, m))
            for option in 0..<count {
                humanDraws[option].append(h[option])
                modelDraws[option].append(m[option])
            }
        }
        let halves = splits.compactMap { split -> Double? in
            guard let a = split.first(index, group, tally), let b = split.second(index, group, tally) else { return nil }
            return 1 - measure.distance(a, b)
        }
        let own = tally.drawnPeople(index, group).map { 1 - measure.distance(human.shares, $0.shares) }
        let everybody = group == 0 ? nil : tally.human(index, 0).map { 1 - measure.distance(human.shares, $0.shares) }
        let members = tally.members(group)
        let foretold = yardsticks[question.id].flatMap { tally.yardstick($0, group) }
        return (
            ComparisonCell(
                question: question.id, scale: question.scale, options: question.options.map(\.text), group: name,
                correction: correction, human: human, model: model,
                humanIntervals: repeats > 0 ? shareIntervals(human.shares, humanDraws) : nil,
                modelIntervals: repeats > 0 ? shareIntervals(model.shares, modelDraws) : nil,
                similarity: centred(1 - distance, drawn), totalVariation: totalVariation(human.shares, model.shares),
                jensenShannonBits: jensenShannonDivergence(human.shares, model.shares),
                skill: skill(model: distance, uniform: toUniform, floor: floor),
                mirrors: ComparisonCell.Mirrors(
                    noiseFloor: 1 - floor, splitHalf: mean(halves), uniform: 1 - toUniform,
                    modal: 1 - measure.distance(human.shares, modal), drawnPeople: own,
                    everybody: everybody, yardstick: foretold.map { 1 - measure.distance(human.shares, $0) }),
                spread: .init(
                    question, human: human.shares, model: model.shares,
                    answers: members.map { tally.answer(index, $0) }, design: tally.design)),
            drawn
        )
    }

    private func shareIntervals(_ shares: [Double], _ draws: [[Double]]) -> [ComparisonCell.Estimate] {
        zip(shares, draws).map { share, draws in
            let range = interval(draws)
            return ComparisonCell.Estimate(value: share, low: range?.low, high: range?.high)
        }
    }

    private func summary(
        _ made: [(question: Int, cell: ComparisonCell, drawn: [Double])], _ scale: Scale, _ name: String?, _ group: Int,
        _ tally: Tally, _ itemDraws: [[UInt64]]
    ) -> ComparisonSummary? {
        guard !made.isEmpty else { return nil }
        let cells = made.map(\.cell)
        let average = { (value: (ComparisonCell) -> Double?) -> Double? in
            let values = cells.compactMap(value)
            return values.count == cells.count ? mean(values) : nil
        }
        guard let similarity = average({ $0.similarity.value }), let uniform = average({ $0.mirrors.uniform }),
            let modal = average({ $0.mirrors.modal }), let floor = average({ $0.mirrors.noiseFloor })
        else { return nil }
        let drawn = (0..<repeats).map { b in mean(made.map { $0.drawn[b] }) ?? .nan }
        let overItems = made.count < 3 ? [] : (0..<repeats).map { b in
            mean(made.indices.map { slot in
                let pick = Int(itemDraws[b][slot] % UInt64(made.count))
                return made[pick].drawn[b]
            }) ?? .nan
        }
        let asked = tally.answered(made.map(\.question), group)
        return ComparisonSummary(
            scale: scale, group: name, correction: correction, questions: made.count,
            similarity: centred(similarity, drawn),
            similarityOverItems: overItems.isEmpty ? nil : centred(similarity, overItems),
            skill: skill(model: 1 - similarity, uniform: 1 - uniform, floor: 1 - floor),
            mirrors: ComparisonCell.Mirrors(
                noiseFloor: floor, splitHalf: average { $0.mirrors.splitHalf }, uniform: uniform, modal: modal,
                drawnPeople: average { $0.mirrors.drawnPeople }, everybody: average { $0.mirrors.everybody },
                yardstick: average { $0.mirrors.yardstick }),
            humanCount: asked.count, humanEffectiveSize: effectiveSize(weights: asked) ?? 0,
            modelCount: tally.personas(in: group))
    }
}

/// `nil` without values.
func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// An estimate with the interval of its resamples, moved so that their mean is the estimate; never above 1.
private func centred(_ value: Double, _ draws: [Double]) -> ComparisonCell.Estimate {
    let finite = draws.filter(\.isFinite)
    guard let middle = mean(finite), let range = interval(finite) else { return .init(value: value) }
    return .init(
        value: value, low: max(0, value + range.low - middle), high: min(1, value + range.high - middle))
}
