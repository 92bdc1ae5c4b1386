#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// How well a person's answer follows from a few of their variables: a logit fitted on other people.
///
/// The row to print beside a model's predictions of persons: what party alone gives, a model has not found.
public struct Yardstick: Hashable, Sendable {
    public let variables: [String]
    public let folds: Int
    /// Of those who answered, in the respondents' order: index, option chosen, weight.
    public let respondents: [Int]
    public let truth: [Int]
    public let weights: [Double]
    /// Shares predicted for each by the fit without their fold.
    public let predictions: [[Double]]
    /// Share of people whose likeliest option is what they chose, by weight, 0...1; ties go to the earlier option.
    public let accuracy: Double
    /// The same for the commonest answer of the other folds.
    public let majorityAccuracy: Double
    /// Mean of -ln of the share predicted for the answer given: nats, 0 or more.
    public let logLoss: Double
    /// Mean over people of the summed squared difference of shares and answer, halved: for two options the usual
    /// Brier score of one of them, 0...1.
    public let brier: Double

    /// The option predicted for each.
    public var hard: [Int] { predictions.map(likeliest) }

    /// Weighted counts by predicted option (rows) and true option (columns).
    public var table: [[Double]] {
        var table = [[Double]](
            repeating: [Double](repeating: 0, count: predictions[0].count), count: predictions[0].count)
        for index in truth.indices { table[likeliest(predictions[index])][truth[index]] += weights[index] }
        return table
    }

    /// Fits one logit a fold on everybody else and predicts the fold.
    ///
    /// - Parameters:
    ///   - respondents: Those without an answer to the question are left out; a missing variable counts as average.
    ///   - folds: 2 or more; no more than there are answers.
    public init(
        _ question: Question, on variables: [String], of respondents: [Respondent], folds: Int = 10, ridge: Double = 1,
        using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) {
        let people = answered(question, respondents)
        guard folds > 1, people.count >= folds else { throw .tooFew("answers to '\(question.id)' for \(folds) folds") }
        let fold = dealtFolds(people.count, into: folds, using: &generator)
        let rows = people.map { person in variables.map { person.respondent.variables[$0] } }
        let options = question.options.count
        var predictions = [[Double]](repeating: [], count: people.count)
        var majority = [Int](repeating: 0, count: people.count)
        for held in 0..<folds {
            let others = people.indices.filter { fold[$0] != held }
            let logit = try MultinomialLogit(
                rows: others.map { rows[$0] }, outcomes: others.map { people[$0].option },
                weights: others.map { people[$0].respondent.weight }, classes: options, ridge: ridge)
            var sums = [Double](repeating: 0, count: options)
            for other in others { sums[people[other].option] += people[other].respondent.weight }
            for index in people.indices where fold[index] == held {
                predictions[index] = logit.shares(for: rows[index])
                majority[index] = likeliest(sums)
            }
        }
        self.variables = variables
        self.folds = folds
        self.respondents = people.map(\.place)
        truth = people.map(\.option)
        weights = people.map(\.respondent.weight)
        self.predictions = predictions
        var (hits, common, loss, squares, total) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (index, person) in people.enumerated() {
            let (weight, shares) = (person.respondent.weight, predictions[index])
            total += weight
            if likeliest(shares) == person.option { hits += weight }
            if majority[index] == person.option { common += weight }
            loss -= weight * log(shares[person.option])
            for (option, share) in shares.enumerated() {
                let miss = (option == person.option ? 1 : 0) - share
                squares += weight * miss * miss / 2
            }
        }
        (accuracy, majorityAccuracy, logLoss, brier) = (hits / total, common / total, loss / total, squares / total)
    }

    /// The mean prediction beside the mean answer, group by group, out of sample.
    ///
    /// - Parameter group: Of a respondent, by index; `nil` leaves them out.
    /// - Returns: In the order of first appearance; `count` and `effectiveSize` are the people behind both.
    public func distributions(
        by group: (Int) -> String?
    ) -> [(group: String, predicted: AnswerDistribution, human: AnswerDistribution)] {
        var (order, members) = ([String](), [String: [Int]]())
        for (slot, respondent) in respondents.enumerated() {
            guard let name = group(respondent) else { continue }
            if members[name] == nil { order.append(name) }
            members[name, default: []].append(slot)
        }
        return order.map { name in
            let slots = members[name] ?? []
            var predicted = [Double](repeating: 0, count: predictions[0].count)
            var human = predicted
            for slot in slots {
                human[truth[slot]] += weights[slot]
                for (option, share) in predictions[slot].enumerated() { predicted[option] += weights[slot] * share }
            }
            let weight = slots.reduce(0) { $0 + weights[$1] }
            let size = effectiveSize(weights: slots.map { weights[$0] }) ?? 0
            let made = { (sums: [Double]) in
                AnswerDistribution(shares: sums.map { $0 / weight }, count: slots.count, effectiveSize: size)
            }
            return (name, made(predicted), made(human))
        }
    }
}

/// The option with the largest share; the earlier of equals.
func likeliest(_ shares: [Double]) -> Int {
    shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }
}
