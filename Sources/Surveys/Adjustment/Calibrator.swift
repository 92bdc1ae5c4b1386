#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What answers are drawn toward where a model is too sure of itself.
///
/// What may be known of a held-out question is its words and options, never anybody's answers to it: so there is no
/// anchor on the question's own human marginal. That marginal is a mirror of the report, to be beaten.
public enum CalibrationAnchor: String, Codable, Hashable, Sendable, CaseIterable {
    case uniform
    /// The mean of the human marginals of calibration questions with as many options: how people use a scale's
    /// places whatever is asked. Uniform where no calibration question has as many.
    case pooled
}

/// One setting of a calibrated model: a candidate's shares q become (1 - pull) q^(1/T) / sum + pull x anchor.
public struct CalibrationChoice: Codable, Hashable, Sendable {
    public var candidate: String
    /// Above 1 evens answers out, under 1 sharpens them; > 0.
    public var temperature: Double
    public var anchor: CalibrationAnchor
    /// 0 (the candidate alone) to 1 (the anchor alone).
    public var pull: Double

    public init(candidate: String, temperature: Double = 1, anchor: CalibrationAnchor = .uniform, pull: Double = 0) {
        self.candidate = candidate
        self.temperature = temperature
        self.anchor = anchor
        self.pull = pull
    }
}

/// A choice, with what it was chosen on, so that nothing of that is reported.
public struct CalibratedModel: Hashable, Sendable {
    public let choice: CalibrationChoice
    /// Settings compared, the raw model among them.
    public let tried: Int
    /// Mean distance of the choice and of the raw model on the calibration part, 0...1: flattering, not a result.
    public let tunedDistance: Double
    public let rawTunedDistance: Double
    public let questions: [String]
    public let respondents: [String]
    /// By number of options.
    let pooled: [Int: [Double]]

    /// Calibrated shares of one answer of the chosen candidate.
    public func shares(_ raw: [Double]) -> [Double] {
        pulled(tempered(raw, choice.temperature), toward: anchor(options: raw.count), by: choice.pull)
    }

    /// The chosen anchor for a question of so many options.
    public func anchor(options: Int) -> [Double] { anchorShares(choice.anchor, options, pooled) }
}

/// q^(1/T) normalised; nothing changes at T = 1.
func tempered(_ shares: [Double], _ temperature: Double) -> [Double] {
    guard temperature != 1, let top = shares.max(), top > 0 else { return shares }
    let powers = shares.map { pow($0 / top, 1 / temperature) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
}

private func pulled(_ shares: [Double], toward anchor: [Double], by pull: Double) -> [Double] {
    pull == 0 ? shares : zip(shares, anchor).map { (1 - pull) * $0 + pull * $1 }
}

private func anchorShares(_ anchor: CalibrationAnchor, _ options: Int, _ pooled: [Int: [Double]]) -> [Double] {
    let uniform = [Double](repeating: 1 / Double(options), count: options)
    return switch anchor {
    case .uniform: uniform
    case .pooled: pooled[options] ?? uniform
    }
}

/// The questions and respondents a model may be tuned on. It has no report.
public struct CalibrationPart: Sendable {
    let table: CalibrationTable
    let candidates: [String]

    /// Those with enough people, which the choice gives equal weight.
    public var groups: [String] { table.groups }
    public var questions: [String] { table.questions.map(\.id) }
}

/// Chooses candidate, temperature, anchor and pull by the mean distance to human answers on a calibration part.
///
/// Every group and every question counts alike. Of equal settings the one tried first wins: earlier candidates, then
/// temperatures nearest 1, then smaller pulls.
public struct Calibrator: Hashable, Sendable {
    public var temperatures: [Double] = [0.5, 0.7, 1, 1.4, 2, 3, 5]
    public var pulls: [Double] = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
    public var anchors: [CalibrationAnchor] = CalibrationAnchor.allCases

    public init() {}

    /// - Complexity: O(candidates x temperatures x (questions x personas + settings x cells)).
    public func choose(on part: CalibrationPart) throws(AdjustmentError) -> CalibratedModel {
        guard temperatures.allSatisfy({ $0 > 0 && $0.isFinite }), pulls.allSatisfy({ (0...1).contains($0) }),
            !temperatures.isEmpty, !pulls.isEmpty
        else { throw .misshapen("Temperatures must be above 0 and pulls 0...1") }
        let table = part.table
        let pooled = pooledMarginals(table)
        let human = table.humanShares()
        var settings: [(anchor: CalibrationAnchor, pull: Double)] = []
        for pull in pulls.sorted() {
            if pull == 0 { settings.append((.uniform, 0)) } else { settings += anchors.map { ($0, pull) } }
        }
        let ordered = temperatures.sorted { (abs(log($0)), $0) < (abs(log($1)), $1) }
        var raw: Double?
        var best: (distance: Double, choice: CalibrationChoice)?
        var tried = 0
        func consider(_ distance: Double?, _ choice: CalibrationChoice) {
            tried += 1
            guard let distance else { return }
            if best.map({ distance < $0.distance - 1e-12 }) ?? true { best = (distance, choice) }
        }
        for (index, name) in part.candidates.enumerated() {
            for temperature in ordered {
                let shares = table.shares[index].map { $0.map { $0.map { tempered($0, temperature) } } }
                let model = table.modelShares(shares)
                for (anchor, pull) in settings {
                    let distance = distance(model, human, table, anchor, pull, pooled)
                    consider(distance, .init(candidate: name, temperature: temperature, anchor: anchor, pull: pull))
                }
            }
            if index == 0 { raw = distance(table.modelShares(table.shares[0]), human, table, .uniform, 0, pooled) }
        }
        guard let best, let raw else { throw .tooFew("answers of people and personas to the calibration questions") }
        return CalibratedModel(
            choice: best.choice, tried: tried, tunedDistance: best.distance, rawTunedDistance: raw,
            questions: table.questions.map(\.id), respondents: table.respondents, pooled: pooled)
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
    private func distance(
        _ model: [[Double]?], _ human: [[Double]?], _ table: CalibrationTable, _ anchor: CalibrationAnchor,
        _ pull: Double, _ pooled: [Int: [Double]]
    ) -> Double? {
        var distances: [Double] = []
        for cell in model.indices {
            guard let model = model[cell], let human = human[cell] else { continue }
            let shares = pulled(model, toward: anchorShares(anchor, model.count, pooled), by: pull)
            distances.append(table.measures[cell / table.groups.count].distance(human, shares))
        }
        return mean(distances)
    }
}
