/// Answers laid out flat, so that a resample of everybody is one pass over whole numbers.
///
/// Group 0 is everybody; group g is the g-th of the grouping variable.
struct Tally {
    /// Sums of weight by (question, group, option), before division.
    typealias Sums = [Double]

    let questionCount: Int
    let groupCount: Int
    let most: Int
    let optionCounts: [Int]
    private let humans: [Respondent]
    private let weights: [Double]
    /// Group of each respondent, 0 for none.
    private let humanGroup: [Int]
    /// Option by (question, respondent); -1 for none.
    private let chosen: [Int16]
    private let people: [PersonAnswer]
    private let personGroup: [Int]
    private let personWeight: [Double]
    /// By person and question.
    private let shares: [[[Double]?]]
    /// Places of the drawn respondents.
    private let respondentOfPerson: [Int?]
    /// Strata of sampling units (clusters, else people) of respondents.
    private let strata: [[[Int]]]

    init(_ comparer: Comparer, variable: String?, groups: [String]) {
        humans = comparer.humans
        people = comparer.people
        questionCount = comparer.questions.count
        groupCount = groups.count + 1
        optionCounts = comparer.questions.map(\.options.count)
        most = optionCounts.max() ?? 1
        weights = humans.map(\.weight)
        let place = Dictionary(zip(groups, 1...), uniquingKeysWith: { first, _ in first })
        humanGroup = humans.map { human in variable.flatMap { human.variables[$0] }.flatMap { place[$0] } ?? 0 }
        personGroup = people.map { person in variable.flatMap { person.attributes[$0] }.flatMap { place[$0] } ?? 0 }
        personWeight = people.map(\.weight)
        chosen = comparer.questions.flatMap { question in
            comparer.humans.map { human in
                if case .option(let index)? = human.answers[question.id] { Int16(index) } else { -1 }
            }
        }
        shares = people.map { person in comparer.questions.map { person.shares[$0.id] } }
        let byId = Dictionary(zip(humans.map(\.id), humans.indices), uniquingKeysWith: { first, _ in first })
        respondentOfPerson = people.map { $0.respondent.flatMap { byId[$0] } }
        strata = Self.strata(humans)
    }

    private static func strata(_ humans: [Respondent]) -> [[[Int]]] {
        var order: [String] = []
        var units: [String: [String: [Int]]] = [:]
        var unitOrder: [String: [String]] = [:]
        for (index, human) in humans.enumerated() {
            let stratum = human.stratum ?? ""
            let unit = human.cluster.map { "c\($0)" } ?? "r\(index)"
            if units[stratum] == nil { order.append(stratum) }
            if units[stratum]?[unit] == nil { unitOrder[stratum, default: []].append(unit) }
            units[stratum, default: [:]][unit, default: []].append(index)
        }
        return order.map { stratum in (unitOrder[stratum] ?? []).map { units[stratum]?[$0] ?? [] } }
    }

    private func place(_ question: Int, _ group: Int) -> Int { (question * groupCount + group) * most }

    /// Weighted counts with every respondent taken `times` over.
    private func humanSums(_ times: [Double]) -> Sums {
        var sums = Sums(repeating: 0, count: questionCount * groupCount * most)
        let n = humans.count
        for question in 0..<questionCount {
            for index in 0..<n where chosen[question * n + index] >= 0 && times[index] > 0 {
                let option = Int(chosen[question * n + index])
                let weight = weights[index] * times[index]
                sums[place(question, 0) + option] += weight
                if humanGroup[index] > 0 { sums[place(question, humanGroup[index]) + option] += weight }
            }
        }
        return sums
    }

    private func modelSums(_ times: [Double]) -> Sums {
        var sums = Sums(repeating: 0, count: questionCount * groupCount * most)
        for person in people.indices where times[person] > 0 {
            for question in 0..<questionCount {
                guard let answer = shares[person][question] else { continue }
                let count = times[person] * personWeight[person]
                for option in answer.indices {
                    sums[place(question, 0) + option] += count * answer[option]
                    if personGroup[person] > 0 {
                        sums[place(question, personGroup[person]) + option] += count * answer[option]
                    }
                }
            }
        }
        return sums
    }

    /// `nil` where nobody answered.
    func divided(_ sums: Sums, _ question: Int, _ group: Int) -> [Double]? {
        let start = place(question, group)
        let counts = sums[start..<start + optionCounts[question]]
        let total = counts.reduce(0, +)
        return total > 0 ? counts.map { $0 / total } : nil
    }

    private func holds(_ group: Int, _ of: Int) -> Bool { group == 0 || group == of }

    /// Weights of those in a group who answered one of these questions at least.
    func answered(_ questions: [Int], _ group: Int) -> [Double] {
        humans.indices.filter { index in
            holds(group, humanGroup[index]) && questions.contains { chosen[$0 * humans.count + index] >= 0 }
        }.map { weights[$0] }
    }

    func personas(in group: Int) -> Int { personGroup.filter { holds(group, $0) }.count }

    func human(_ question: Int, _ group: Int) -> AnswerDistribution? {
        distribution(question, of: humans.indices.filter { holds(group, humanGroup[$0]) })
    }

    private func distribution(_ question: Int, of people: [Int]) -> AnswerDistribution? {
        let answered = people.filter { chosen[question * humans.count + $0] >= 0 }
        guard let size = effectiveSize(weights: answered.map { weights[$0] }) else { return nil }
        var sums = [Double](repeating: 0, count: optionCounts[question])
        for index in answered { sums[Int(chosen[question * humans.count + index])] += weights[index] }
        let total = sums.reduce(0, +)
        return AnswerDistribution(shares: sums.map { $0 / total }, count: answered.count, effectiveSize: size)
    }

    /// The weighted mean of the personas' shares; a respondent drawn several times counts as one person, of the summed
    /// weight, in the effective size.
    func model(_ question: Int, _ group: Int) -> AnswerDistribution? {
        var sums = [Double](repeating: 0, count: optionCounts[question])
        var (count, total) = (0, 0.0)
        var draws = SummedWeights()
        for person in people.indices where holds(group, personGroup[person]) {
            guard let answer = shares[person][question] else { continue }
            count += 1
            let weight = personWeight[person]
            total += weight
            for option in answer.indices { sums[option] += weight * answer[option] }
            draws.add(weight, to: people[person].respondent ?? "persona \(people[person].persona)")
        }
        guard let size = effectiveSize(weights: draws.sums) else { return nil }
        return AnswerDistribution(shares: sums.map { $0 / total }, count: count, effectiveSize: size)
    }

    /// The drawn respondents' own answers, each by the summed weight of the personas it was drawn for.
    func drawnPeople(_ question: Int, _ group: Int) -> AnswerDistribution? {
        var (count, draws) = (0, SummedWeights())
        var sums = [Double](repeating: 0, count: optionCounts[question])
        for person in people.indices where holds(group, personGroup[person]) {
            guard let index = respondentOfPerson[person], chosen[question * humans.count + index] >= 0 else { continue }
            sums[Int(chosen[question * humans.count + index])] += personWeight[person]
            draws.add(personWeight[person], to: humans[index].id)
            count += 1
        }
        let total = sums.reduce(0, +)
        guard total > 0, let size = effectiveSize(weights: draws.sums) else { return nil }
        return AnswerDistribution(shares: sums.map { $0 / total }, count: count, effectiveSize: size)
    }
}

extension Tally {
    /// The sample's design; a group is a domain of it.
    var design: SamplingDesign { SamplingDesign(humans) }

    /// Everybody, with those outside the group as `nil`.
    func members(_ group: Int) -> [Int?] { humans.indices.map { holds(group, humanGroup[$0]) ? $0 : nil } }

    /// A member's option; `nil` for none.
    func answer(_ question: Int, _ member: Int?) -> Int? {
        guard let member, chosen[question * humans.count + member] >= 0 else { return nil }
        return Int(chosen[question * humans.count + member])
    }

    /// The weighted mean of what a fit foretells for the members of a group; `nil` where it has none of them.
    func yardstick(_ fit: Yardstick, _ group: Int) -> [Double]? {
        var sums = [Double](repeating: 0, count: fit.predictions.first?.count ?? 0)
        for (slot, index) in fit.respondents.enumerated() where holds(group, humanGroup[index]) {
            for (option, share) in fit.predictions[slot].enumerated() { sums[option] += fit.weights[slot] * share }
        }
        let total = sums.reduce(0, +)
        return total > 0 ? sums.map { $0 / total } : nil
    }

    /// Everybody drawn anew.
    struct Resample {
        var humans: Sums
        var models: Sums

        func human(_ question: Int, _ group: Int, _ tally: Tally) -> [Double]? { tally.divided(humans, question, group) }
        func model(_ question: Int, _ group: Int, _ tally: Tally) -> [Double]? { tally.divided(models, question, group) }
    }

    /// The human sample in two random halves.
    struct Split {
        var a: Sums
        var b: Sums

        func first(_ question: Int, _ group: Int, _ tally: Tally) -> [Double]? { tally.divided(a, question, group) }
        func second(_ question: Int, _ group: Int, _ tally: Tally) -> [Double]? { tally.divided(b, question, group) }
    }

    func resample(using generator: inout some RandomNumberGenerator) -> Resample {
        var times = [Double](repeating: 0, count: humans.count)
        for units in strata {
            for _ in units.indices {
                for index in units[Int.random(in: 0..<units.count, using: &generator)] { times[index] += 1 }
            }
        }
        var drawn = [Double](repeating: 0, count: people.count)
        for _ in people.indices { drawn[Int.random(in: 0..<people.count, using: &generator)] += 1 }
        return Resample(humans: humanSums(times), models: modelSums(drawn))
    }

    func split(using generator: inout some RandomNumberGenerator) -> Split {
        let order = humans.indices.shuffled(using: &generator)
        var first = [Double](repeating: 0, count: humans.count)
        for index in order.prefix(humans.count / 2) { first[index] = 1 }
        return Split(a: humanSums(first), b: humanSums(first.map { 1 - $0 }))
    }
}
