/// Distances of a model and its mirrors to human answers, as they are or redrawn.
struct HeldOutJudge {
    enum Model: Int, CaseIterable { case raw, calibrated, uniform, anchor, marginal, floor }

    private let table: CalibrationTable
    private let raw: [[[Double]?]]
    private let calibrated: [[[Double]?]]
    private let priorSize: Double
    /// By question.
    private let mirrors: [[Model: [Double]]]
    /// By cell.
    private let floors: [Double]

    init(_ part: HeldOutPart, candidate: Int, _ model: CalibratedModel) {
        let table = part.table
        self.table = table
        raw = table.shares[0]
        priorSize = model.choice.priorSize
        calibrated = table.shares[candidate].map { $0.map { $0.map(model.shares) } }
        mirrors = table.questions.enumerated().map { index, question in
            let count = question.options.count
            var mirrors: [Model: [Double]] = [
                .uniform: [Double](repeating: 1 / Double(count), count: count), .anchor: model.anchor(options: count),
            ]
            mirrors[.marginal] = part.marginals[index]
            return mirrors
        }
        let sizes = table.groups.indices.map(table.personaSize)
        let human = table.humanShares()
        floors = human.indices.map { cell in
            let (question, group) = (cell / table.groups.count, cell % table.groups.count)
            guard let shares = human[cell], let m = sizes[group],
                let n = effectiveSize(weights: table.answerWeights(question, group))
            else { return .nan }
            return table.measures[question].floor(shares, n: n, m: m)
        }
    }

    /// Model x cell; not a number where nobody answered, or no persona.
    func distances(_ times: [Double]?, _ personas: [Double]?) -> [[Double]] {
        let human = table.humanShares(times)
        let raw = table.modelShares(raw, personas)
        let calibrated = table.modelShares(calibrated, personas, priorSize: priorSize)
        var distances = [[Double]](repeating: [Double](repeating: .nan, count: table.cells), count: Model.allCases.count)
        for cell in 0..<table.cells {
            guard let people = human[cell], let before = raw[cell], let after = calibrated[cell] else { continue }
            let question = cell / table.groups.count
            let measure = table.measures[question]
            distances[Model.raw.rawValue][cell] = measure.distance(people, before)
            distances[Model.calibrated.rawValue][cell] = measure.distance(people, after)
            for model in [Model.uniform, .anchor, .marginal] {
                guard let shares = mirrors[question][model] else { continue }
                distances[model.rawValue][cell] = measure.distance(people, shares)
            }
            distances[Model.floor.rawValue][cell] = floors[cell]
        }
        return distances
    }

    /// Row (all groups, then each) x model: means over questions, then over groups; `nil` where there is no cell.
    ///
    /// - Parameter asked: How often each question counts.
    func rows(_ distances: [[Double]], _ asked: [Double]?) -> [[Double]]? {
        let groups = table.groups.count
        var rows = [[Double]](repeating: [Double](repeating: .nan, count: distances.count), count: groups + 1)
        for (model, cells) in distances.enumerated() {
            var (sum, present) = (0.0, 0.0)
            for group in 0..<groups {
                var (total, count) = (0.0, 0.0)
                for question in table.questions.indices {
                    let cell = question * groups + group
                    let times = asked?[question] ?? 1
                    // Cells without the raw model are out for all, so that rows stay comparable.
                    guard times > 0, distances[0][cell].isFinite else { continue }
                    total += times * cells[cell]
                    count += times
                }
                guard count > 0 else { continue }
                rows[group + 1][model] = total / count
                sum += total / count
                present += 1
            }
            if present > 0 { rows[0][model] = sum / present }
        }
        return rows[0][0].isFinite ? rows : nil
    }
}
