/// How far a group's answers are trusted against the whole's: lambda = n / (n + n0).
///
/// | n0 | n = 10 | 50 | 200 |
/// |---|---|---|---|
/// | 0 | 1 | 1 | 1 |
/// | 20 | .33 | .71 | .91 |
/// | 100 | .09 | .33 | .67 |
/// | infinite | 0 | 0 | 0 |
///
/// - Source: Ghosh and Rao 1994, "Small Area Estimation: An Appraisal", doi:10.1214/ss/1177010647.
public struct GroupShrinkage: Hashable, Sendable {
    /// What one n0 of the grid scored.
    public struct Trial: Hashable, Sendable {
        public var priorSize: Double
        /// Mean over held-out answers of the summed squared difference of shares and answer, 0...2.
        public var loss: Double

        public init(priorSize: Double, loss: Double) {
            self.priorSize = priorSize
            self.loss = loss
        }
    }

    /// n0, in people: the group size at which group and whole count alike. 0 or more, possibly infinite.
    public var priorSize: Double
    /// In the grid's order; empty where n0 was given.
    public var trials: [Trial]

    public init(priorSize: Double, trials: [Trial] = []) {
        self.priorSize = priorSize
        self.trials = trials
    }

    /// The group's own part, 0...1.
    ///
    /// - Parameter size: Of the group, as Kish counts it.
    public func trust(size: Double) -> Double {
        guard priorSize.isFinite, size > 0 else { return 0 }
        return size / (size + priorSize)
    }

    /// lambda p_group + (1 - lambda) p_whole.
    public func shares(of group: AnswerDistribution, toward whole: [Double]) -> [Double] {
        let trust = trust(size: group.effectiveSize)
        return zip(group.shares, whole).map { trust * $0 + (1 - trust) * $1 }
    }

    public static let grid: [Double] = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, .infinity]

    /// Chooses one n0 for all these questions and groups by how well shrunken shares foretell people left out.
    ///
    /// Each question's answers are dealt into folds; each fold is predicted, group by group, from the others. The
    /// loss is Brier's, which is proper and finite where a group has never given an answer. Of equal losses the
    /// larger n0 wins. The whole contains the group.
    ///
    /// - Parameter variable: Whoever has no value of it is left out.
    /// - Complexity: O(questions x n x grid).
    public init(
        crossValidatedOn questions: [Question], of respondents: [Respondent], by variable: String,
        grid: [Double] = Self.grid, folds: Int = 10, using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) {
        guard !grid.isEmpty, grid.allSatisfy({ $0 >= 0 }) else { throw .misshapen("The grid of n0 is empty or below 0") }
        let people = respondents.filter { $0.variables[variable] != nil }
        let fold = dealtFolds(people.count, into: max(2, folds), using: &generator)
        var (losses, total) = ([Double](repeating: 0, count: grid.count), 0.0)
        for question in questions {
            for held in 0..<max(2, folds) {
                let training = people.indices.filter { fold[$0] != held }.map { people[$0] }
                guard let whole = question.distribution(of: training) else { continue }
                let groups = Dictionary(grouping: training) { $0.variables[variable] ?? "" }
                    .compactMapValues { question.distribution(of: $0) }
                let absent = AnswerDistribution(shares: whole.shares, count: 0, effectiveSize: 0)
                let tested = people.indices.filter { fold[$0] == held }.map { people[$0] }
                for (_, person, option) in answered(question, tested) {
                    let group = groups[person.variables[variable] ?? ""] ?? absent
                    total += person.weight
                    for (place, priorSize) in grid.enumerated() {
                        let shares = GroupShrinkage(priorSize: priorSize).shares(of: group, toward: whole.shares)
                        for (index, share) in shares.enumerated() {
                            let miss = (index == option ? 1 : 0) - share
                            losses[place] += person.weight * miss * miss
                        }
                    }
                }
            }
        }
        guard total > 0 else { throw .tooFew("answers of people with a value of '\(variable)'") }
        trials = zip(grid, losses).map { Trial(priorSize: $0, loss: $1 / total) }
        let best = trials.min { ($0.loss, -$0.priorSize) < ($1.loss, -$1.priorSize) }
        priorSize = best?.priorSize ?? .infinity
    }
}
