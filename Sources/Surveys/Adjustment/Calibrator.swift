#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The questions and respondents a model may be tuned on. It has no report.
public struct CalibrationPart: Sendable {
    let table: CalibrationTable
    let candidates: [String]

    /// Those with enough people, which the choice gives equal weight.
    public var groups: [String] { table.groups }
    public var questions: [String] { table.questions.map(\.id) }
}

/// Chooses candidate, temperature, anchor, pull and shrinkage by the mean distance to human answers on a calibration part.
///
/// Every group and every question counts alike. Of equal settings the one tried first wins: earlier candidates, then
/// temperatures nearest 1, then smaller pulls. Where several n0 are tried, n0 is chosen by cross-validation: each
/// question is left out in turn, the rest chosen without it, and the n0 whose choices do best on the questions left out
/// wins, the smaller of equals.
public struct Calibrator: Hashable, Sendable {
    public var temperatures: [Double] = [0.5, 0.7, 1, 1.4, 2, 3, 5]
    public var pulls: [Double] = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
    public var anchors: [CalibrationAnchor] = CalibrationAnchor.allCases
    /// n0 in personas, each 0 or more; `[0]` for no shrinkage.
    public var priorSizes: [Double] = [0]

    public init() {}

    /// - Complexity: O(candidates x temperatures x (questions x personas + n0 x settings x cells)); with several n0 the settings are gone through
    ///   again for each question.
    public func choose(on part: CalibrationPart) throws(AdjustmentError) -> CalibratedModel {
        guard temperatures.allSatisfy({ $0 > 0 && $0.isFinite }), pulls.allSatisfy({ (0...1).contains($0) }),
            priorSizes.allSatisfy({ $0 >= 0 && $0.isFinite }), !temperatures.isEmpty, !pulls.isEmpty, !priorSizes.isEmpty
        else { throw .misshapen("Temperatures must be above 0, pulls 0...1 and n0 0 or more") }
        let pooled = pooledMarginals(part.table)
        let trials = trials(part, pooled)
        guard let raw = trials.first?.mean, let best = Self.best(trials, priorSizes.sorted(), part.table) else {
            throw .tooFew("answers of people and personas to the calibration questions")
        }
        return CalibratedModel(
            choice: best.choice, tried: trials.count, tunedDistance: best.mean ?? .infinity, rawTunedDistance: raw,
            questions: part.table.questions.map(\.id), respondents: part.table.respondents, pooled: pooled)
    }

    /// One setting's distance from the humans in each cell; not a number where nobody answered.
    private struct Trial {
        var choice: CalibrationChoice
        var cells: [Double]

        var mean: Double? { mean { _ in true } }

        func mean(_ kept: (Int) -> Bool) -> Double? {
            var (sum, count) = (0.0, 0)
            for (cell, distance) in cells.enumerated() where distance.isFinite && kept(cell) {
                sum += distance
                count += 1
            }
            return count > 0 ? sum / Double(count) : nil
        }
    }

    /// Every setting; the first is the raw model.
    private func trials(_ part: CalibrationPart, _ pooled: [Int: [Double]]) -> [Trial] {
        let table = part.table
        let human = table.humanShares()
        var settings: [(anchor: CalibrationAnchor, pull: Double)] = []
        for pull in pulls.sorted() {
            if pull == 0 { settings.append((.uniform, 0)) } else { settings += anchors.map { ($0, pull) } }
        }
        let ordered = temperatures.sorted { (abs(log($0)), $0) < (abs(log($1)), $1) }
        var trials: [Trial] = []
        for (index, name) in part.candidates.enumerated() {
            for temperature in ordered {
                let shares = table.shares[index].map { $0.map { $0.map { tempered($0, temperature) } } }
                for priorSize in priorSizes.sorted() {
                    let model = table.modelShares(shares, priorSize: priorSize)
                    trials += settings.map { anchor, pull in
                        Trial(
                            choice: CalibrationChoice(
                                candidate: name, temperature: temperature, anchor: anchor, pull: pull,
                                priorSize: priorSize),
                            cells: distances(model, human, table, anchor, pull, pooled))
                    }
                }
            }
        }
        return trials
    }

    private static func best(_ trials: [Trial], _ priorSizes: [Double], _ table: CalibrationTable) -> Trial? {
        func first(_ trials: [Trial], _ kept: (Int) -> Bool) -> Trial? {
            var best: (distance: Double, trial: Trial)?
            for trial in trials {
                guard let distance = trial.mean(kept) else { continue }
                if best.map({ distance < $0.distance - 1e-12 }) ?? true { best = (distance, trial) }
            }
            return best?.trial
        }
        guard priorSizes.count > 1 else { return first(trials) { _ in true } }
        var chosen: (loss: Double, trials: [Trial])?
        for priorSize in priorSizes {
            let own = trials.filter { $0.choice.priorSize == priorSize }
            var (sum, count) = (0.0, 0)
            for question in table.questions.indices {
                let isLeftOut = { (cell: Int) in cell / table.groups.count == question }
                guard let trial = first(own, { !isLeftOut($0) }), let loss = trial.mean(isLeftOut) else { continue }
                sum += loss
                count += 1
            }
            let loss = count > 0 ? sum / Double(count) : Double.infinity
            if chosen.map({ loss < $0.loss - 1e-12 }) ?? true { chosen = (loss, own) }
        }
        return chosen.flatMap { first($0.trials) { _ in true } }
    }

    private func pooledMarginals(_ table: CalibrationTable) -> [Int: [Double]] {
        var (sums, counts) = ([Int: [Double]](), [Int: Double]())
        for question in table.questions.indices {
            guard let marginal = table.marginal(question) else { continue }
            sums[marginal.count] = zip(sums[marginal.count] ?? marginal.map { _ in 0 }, marginal).map { $0 + $1 }
            counts[marginal.count, default: 0] += 1
        }
        return sums.reduce(into: [:]) { pooled, pair in
            pooled[pair.key] = pair.value.map { $0 / (counts[pair.key] ?? 1) }
        }
    }

    /// The pull acts on a group's mean as on its members, being linear.
    private func distances(
        _ model: [[Double]?], _ human: [[Double]?], _ table: CalibrationTable, _ anchor: CalibrationAnchor,
        _ pull: Double, _ pooled: [Int: [Double]]
    ) -> [Double] {
        model.indices.map { cell in
            guard let model = model[cell], let human = human[cell] else { return .nan }
            let shares = pulled(model, toward: anchorShares(anchor, model.count, pooled), by: pull)
            return table.measures[cell / table.groups.count].distance(human, shares)
        }
    }
}
