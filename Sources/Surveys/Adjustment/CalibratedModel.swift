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

/// One setting of a calibrated model: a candidate's shares q become (1 - pull) q^(1/T) / sum + pull x anchor, and a
/// group's then lambda of itself + (1 - lambda) of everybody's, lambda = n / (n + n0) for n personas.
public struct CalibrationChoice: Codable, Hashable, Sendable {
    public var candidate: String
    /// Above 1 evens answers out, under 1 sharpens them; > 0.
    public var temperature: Double
    public var anchor: CalibrationAnchor
    /// 0 (the candidate alone) to 1 (the anchor alone).
    public var pull: Double
    /// n0 of the shrinkage of groups toward the whole, in personas; 0 for none. Finite.
    public var priorSize: Double

    public init(
        candidate: String, temperature: Double = 1, anchor: CalibrationAnchor = .uniform, pull: Double = 0,
        priorSize: Double = 0
    ) {
        self.candidate = candidate
        self.temperature = temperature
        self.anchor = anchor
        self.pull = pull
        self.priorSize = priorSize
    }
}

/// A choice, with what it was chosen on, so that nothing of that is reported.
public struct CalibratedModel: Codable, Hashable, Sendable {
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

func pulled(_ shares: [Double], toward anchor: [Double], by pull: Double) -> [Double] {
    pull == 0 ? shares : zip(shares, anchor).map { (1 - pull) * $0 + pull * $1 }
}

func anchorShares(_ anchor: CalibrationAnchor, _ options: Int, _ pooled: [Int: [Double]]) -> [Double] {
    let uniform = [Double](repeating: 1 / Double(options), count: options)
    return switch anchor {
    case .uniform: uniform
    case .pooled: pooled[options] ?? uniform
    }
}

extension CalibratedModel {
    /// Other answers of the chosen candidate, calibrated: each person's own shares, then those of people in a group of
    /// the variable moved toward everybody's by as much as the group's size leaves it untrusted.
    ///
    /// - Parameters:
    ///   - people: With the chosen candidate's shares; any questions.
    ///   - variable: Whose groups were calibrated; `nil` for none.
    public func applied(to people: [PersonAnswer], by variable: String?) -> [PersonAnswer] {
        var people = people
        for index in people.indices { people[index].shares = people[index].shares.mapValues { shares($0) } }
        guard let variable, choice.priorSize > 0 else { return people }
        let shrinkage = GroupShrinkage(priorSize: choice.priorSize)
        var (sizes, wholes) = ([String: SummedWeights](), [String: (sums: [Double], weight: Double)]())
        for person in people {
            if let group = person.attributes[variable] {
                sizes[group, default: SummedWeights()].add(
                    person.weight, to: person.respondent ?? "persona \(person.persona)")
            }
            for (question, shares) in person.shares {
                var whole = wholes[question] ?? (shares.map { _ in 0 }, 0)
                for option in shares.indices { whole.sums[option] += person.weight * shares[option] }
                whole.weight += person.weight
                wholes[question] = whole
            }
        }
        let trust = sizes.mapValues { shrinkage.trust(size: effectiveSize(weights: $0.sums) ?? 0) }
        for index in people.indices {
            guard let trust = people[index].attributes[variable].flatMap({ trust[$0] }) else { continue }
            for (question, shares) in people[index].shares {
                guard let whole = wholes[question] else { continue }
                people[index].shares[question] = zip(shares, whole.sums).map { own, sum in
                    trust * own + (1 - trust) * sum / whole.weight
                }
            }
        }
        return people
    }
}
